"""One file of settings, fed by the environment; `.env.example` documents every variable."""

import os
from pathlib import Path

import django.conf.locale
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env, validate

from core.logs import log_settings
from isf_police.environment import (
    cache_address,
    celery_address,
    database_limits,
    development_secret,
    require_complete_environment,
    with_secrets,
)
from isf_police.openapi import DOCUMENT

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"

os.environ |= with_secrets(os.environ)
env = Env()
DEVELOPMENT = env.str("ISF_ENV", "production") == "development"
require_complete_environment(os.environ, development=DEVELOPMENT)

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", "") or development_secret(VAR)
CHECKPOINT_KEY = env.str("CHECKPOINT_KEY", "") or development_secret(VAR, "checkpoint_key")
CHECKPOINT_KEYS_BEFORE = env.list("CHECKPOINT_KEYS_BEFORE", [])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])
SITE_NAME = _("Grant programme management")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",  # its widget templates, beneath ours in templates/django/forms
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "audit",
    "core",
    "promises",
    "accounts",
    "programmes",
    "applications",
    "evaluation",
    "awards",
    "reports",
    "isf_police",
    *(["demo"] if DEVELOPMENT else []),  # the production image has no such folder
]

MIDDLEWARE = [
    "core.observed.ObservedMiddleware",
    "core.middleware.ArrivalMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",  # before whatever answers in words
    "core.middleware.NoStoreMiddleware",
    "core.admission.AdmissionMiddleware",
    "core.middleware.ReadOnlyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.LanguageMiddleware",
    "audit.middleware.DoorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.PresenceMiddleware",
    "core.middleware.SignInFirstMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "isf_police.urls"
WSGI_APPLICATION = "isf_police.wsgi.application"
FORM_RENDERER = "core.forms.EclRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "isf_police.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "core.templatetags.ecl"],
        },
    }
]

# The database. Migrations run as the owner, everything else as a role that cannot rewrite the trail.
AS_OWNER = env.bool("DATABASE_AS_OWNER", False)
DATABASE = env.dj_db_url("DATABASE_URL")
DATABASES = {"default": env.dj_db_url("DATABASE_OWNER_URL", DATABASE) if AS_OWNER else DATABASE}
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
DATABASES["default"]["OPTIONS"] = database_limits(one_request=env.int("STATEMENT_TIMEOUT", 0))
DATABASES["default"]["TEST"] = {"NAME": f"test_{env.str('TEST_DB', DATABASES['default']['NAME'])}"}
DATABASE_APP_ROLE, DATABASE_RIGHTS = env.str("DATABASE_APP_ROLE", "isf_app"), "isf_police.rights"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": cache_address(REDIS_URL)}}
SESSION_ENGINE = "accounts.models.sessions"
SESSION_COOKIE_AGE = 12 * 3600  # the longest day of a session
# Minutes without a request after which nobody is signed in any more: whoever needs a second factor, everybody else
IDLE_MINUTES = env.list("IDLE_MINUTES", [60, 240], subcast=int)
# Minutes for which whoever has shown who it is may take steps that bind
RECOGNISED_MINUTES = env.int("RECOGNISED_MINUTES", 15)
# Days for which the access log keeps who looked at what; then its digests alone stay
ACCESS_LOG_DAYS = env.int("ACCESS_LOG_DAYS", 5 * 366, validate=validate.Range(min=180))
# Days after which the desk of an account administrator asks for another review of who has access
ACCESS_REVIEW_DAYS = env.int("ACCESS_REVIEW_DAYS", 366, validate=validate.Range(min=1))

CELERY_BROKER_URL = celery_address(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env.int("WORKER_SLOTS", 3)  # one for openings, one for the rest, one that files may take
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 500_000  # KiB; WeasyPrint keeps some memory per letter
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,  # then a dead worker's message comes again; the rows do not wait for it
    "socket_connect_timeout": 2,  # whoever submits does not wait for a broker that is gone
}
CELERY_BEAT_SCHEDULER = "promises.schedule:Beat"
CELERY_BEAT_SCHEDULE = {
    name: {"task": name, "schedule": seconds} for name, seconds in {"look": 1.0, "alarm": 60.0, "nights": 60.0}.items()
}
CELERY_TIMEZONE = "UTC"

# How many requests of a kind may be under way in one process of eight threads; what changes something always may.
ADMITTED = {"page": 6, "list": 3}

# Deliveries: what is about a row of this kind shows once the promise is kept that opens the row; and what is the office's
SEALS = {"call": "open_call"}
KEPT_FROM_ADMINISTRATORS = ["application"]
KEPT_APART = [
    ("application", "evaluation.querysets.kept_from"), ("call", "evaluation.querysets.calls_in_conflict"),
    ("finding", "reports.querysets.findings_kept_from"),
]  # fmt: skip

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [  # the first keeps; the second reads what was kept before, and the next sign-in keeps it anew
    "isf_police.passwords.Argon2id",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "accounts.models.display_name"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
# A link holds for one address and one password. The library's own would note the address in a table of its own first,
# which is empty here and stays so: the person's row has it.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/300s/key",
    "login_failed_anywhere": "30/300s/key",
    "provider": "60/m/ip",
    "provider_failed": "10/m/ip,5/300s/key",
}
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", not DEVELOPMENT)
# Signing in by OpenID Connect; without an issuer nothing of it is there, and workers are not given the secret
OIDC_CLIENT_ID, OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_ID", ""), env.str("OIDC_CLIENT_SECRET", "")
OIDC_ISSUER, OIDC_NAME = OIDC_CLIENT_SECRET and env.str("OIDC_ISSUER", ""), env.str("OIDC_NAME", "EU Login")
# What of the provider's `acr` or `amr` counts as two factors; nothing, unless said
OIDC_TWO_FACTORS = env.list("OIDC_TWO_FACTORS", [])
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "accounts.adapter.FirstCodeForm",
    "add_webauthn": "accounts.adapter.NewPasskeyForm",
    "authenticate_webauthn": "accounts.adapter.ShownPasskeyForm",
    "reauthenticate_webauthn": "accounts.adapter.PasskeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEVELOPMENT  # http://localhost
MFA_TOTP_ISSUER = "Grant programme management"

# Words, numbers, places
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("fr", "Français")]  # each by its own name
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"  # deadlines are said in Brussels time; rows keep UTC
django.conf.locale.LANG_INFO.setdefault("mt", {"bidi": False, "code": "mt", "name": "Maltese", "name_local": "Malti"})

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
FILES_ROOT = Path(env.str("FILES_ROOT", str(VAR / "files")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES_ROOT}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEVELOPMENT
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEVELOPMENT
UPLOAD_LIMIT = 10 * 1024 * 1024  # bytes for one attachment
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_HANDLERS = ["core.files.BoundedUploadHandler"]

# Mail
EMAIL = env.dj_email_url("EMAIL_URL", "console://" if not DEVELOPMENT else f"file://{VAR / 'mail'}")
EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = EMAIL["EMAIL_HOST"], EMAIL["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_USER"], EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL.get("EMAIL_USE_TLS", False), EMAIL.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = str(VAR / "mail")
EMAIL_TIMEOUT = 10  # seconds; a mail server that hangs holds up one place of a worker no longer
OPERATORS = env.list("OPERATORS", [])  # told by mail when deliveries are late
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "grants@localhost.localdomain")

# The doors
# Limits count attempts by network address: without a proxy of ours, what X-Forwarded-For says is anybody's invention.
TRUSTED_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = int(env.bool("TRUST_PROXY", False))
# What the front server says of when a request arrived is believed with this secret beside it; without one, never.
ARRIVAL_SECRET = env.str("ARRIVAL_SECRET", "")
LONGEST_WAY_IN = env.int("LONGEST_WAY_IN", 25)  # seconds; the opening of a call waits a fifth longer
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "core.views.csrf_failure"
if not DEVELOPMENT:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(health|live|ready)/"]
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    if TRUSTED_PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.adapter.TokenOfAPerson",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "core.parsers.PlainJSONParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_SCHEMA_CLASS": "core.described.Described",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "core.negotiation.SayWhatThereIs",
    "EXCEPTION_HANDLER": "core.problems.refusal_handler",
    "NUM_PROXIES": TRUSTED_PROXIES,
    "DEFAULT_THROTTLE_RATES": {"token": "10/min", "open": "120/min"},
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = DOCUMENT
REST_KNOX = {"TOKEN_TTL": None, "TOKEN_LIMIT_PER_USER": 20}

# What the house tells whoever runs it
LOG_FORMAT = env.str("LOG_FORMAT", "lines", validate=validate.OneOf(["lines", "json"]))
LOGGING = log_settings(level=env.str("LOG_LEVEL", "INFO"), form=LOG_FORMAT)
METRICS_TOKEN = env.str("METRICS_TOKEN", "")  # without one nobody reads the figures
