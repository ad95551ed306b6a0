"""What the environment must say, and the sentence for what it left out.

In production nothing secret has a default: the process refuses to start and names each missing variable.
In development a secret is drawn once and kept in `var/`, outside version control. Nothing here starts a server: who
starts Django (manage.py, `tools`) starts the private ones first and hands their addresses on.
"""

import secrets
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured

REQUIRED_IN_PRODUCTION = {
    "SECRET_KEY": "a long random text, e.g. from `openssl rand -base64 48`",
    "CHECKPOINT_KEY": "another one, with which checkpoints of the audit trail are signed; keep it for ever",
    "ALLOWED_HOSTS": "the host names of the site, separated by commas",
    "SITE_URL": "the address people type, e.g. https://grants.example.eu",
    "DATABASE_URL": "postgres://user:password@host:5432/name",
    "REDIS_URL": "redis://host:6379/0",
    "FILES_ROOT": "the folder (or mounted volume) that keeps attachments and letters",
    "EMAIL_URL": "smtp://user:password@host:587/?tls=True",
    "DEFAULT_FROM_EMAIL": "the sender of our mails",
}


REQUIRED_IN_DEVELOPMENT = ("DATABASE_URL", "REDIS_URL")
# An address may leave its password to a variable of its own; of each of these a file may be named instead.
PASSWORDS = {
    "DATABASE_URL": "DATABASE_APP_PASSWORD",
    "DATABASE_OWNER_URL": "DATABASE_OWNER_PASSWORD",
    "REDIS_URL": "REDIS_PASSWORD",
}
SECRETS = (
    "SECRET_KEY",
    "CHECKPOINT_KEY",
    "ARRIVAL_SECRET",
    "EMAIL_URL",
    "METRICS_TOKEN",
    "OIDC_CLIENT_SECRET",
    *PASSWORDS,
    *PASSWORDS.values(),
)


def with_secrets(environ):
    """What the environment says, with what stands in files: SECRET_KEY_FILE=/run/secrets/secret_key, and so on.

    So no secret stands in a file of settings, in what `docker inspect` shows, or in a unit that everybody may read.
    """
    whole = dict(environ)
    for name in SECRETS:
        if path := environ.get(f"{name}_FILE"):
            whole[name] = written_in(Path(path), name)
    for address, password in PASSWORDS.items():
        if whole.get(address) and whole.get(password):
            whole[address] = with_password(whole[address], whole[password])
    return whole


def written_in(path, name):
    """Without the line's end that editors add."""
    try:
        text = path.read_text().rstrip("\r\n")
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE names {path}, which cannot be read: {error.strerror}.") from None
    if not text:
        raise ImproperlyConfigured(f"{name}_FILE names {path}, which is empty. Write the secret into it.")
    return text


def with_password(address, password):
    """The address as it is where it has a password, or names no host to give one to."""
    parts = urlsplit(address)
    if not parts.hostname or parts.password:
        return address
    name, _, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{name.rstrip(':')}:{quote(password, safe='')}@{host}"))


def require_complete_environment(environ, *, development):
    """Raise ImproperlyConfigured and say what to do."""
    if development:
        require_servers(environ)
    else:
        require_every_variable(environ)


PROVIDER = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")


def require_whole_provider(environ, *, development):
    """Asked by the web server, which alone is given the secret: all of OpenID Connect or none, and nothing said in
    clear on the way there. A secret alone, as `docker/secrets.sh` draws it, is none."""
    if not any(environ.get(name) for name in PROVIDER[:2]):
        return
    if missing := [name for name in PROVIDER if not environ.get(name)]:
        raise ImproperlyConfigured(f"Set {' and '.join(missing)} too, or none of {', '.join(PROVIDER)}.")
    if not is_issuer(urlsplit(environ["OIDC_ISSUER"]), development=development):
        raise ImproperlyConfigured(
            "OIDC_ISSUER has to be the address by which the provider calls itself, e.g. https://login.example.eu: with "
            "https, and without a user, “?” or “#”."
        )


def is_issuer(parts, *, development):
    plain = parts.hostname and not (parts.query or parts.fragment or parts.username)
    return bool(plain) and (parts.scheme == "https" or (development and parts.scheme == "http"))


def require_servers(environ):
    if missing := [name for name in REQUIRED_IN_DEVELOPMENT if not environ.get(name)]:
        raise ImproperlyConfigured(
            f"There is no {' and no '.join(missing)}: use manage.py, which starts the private servers, "
            "or write `.venv/bin/python -m tools.services run --instance test --` before your command."
        )


def require_every_variable(environ):
    missing = [f"  {name}: {what}" for name, what in REQUIRED_IN_PRODUCTION.items() if not environ.get(name)]
    if missing:
        raise ImproperlyConfigured(
            "Set these environment variables (see .env.example), or ISF_ENV=development on your own machine:\n"
            + "\n".join(missing)
        )


def development_secret(folder, name="secret_key"):
    """Draw a secret once and keep it readable for its owner only."""
    kept = folder / name
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text()


def celery_address(redis_url):
    """kombu names a Unix socket its own way: redis+socket:///path?virtual_host=0."""
    if redis_url.startswith("unix://"):
        path, _, _ = redis_url.removeprefix("unix://").partition("?")
        return f"redis+socket://{path}?virtual_host={socket_database(redis_url)}"
    return redis_url


def cache_address(redis_url):
    """The cache uses the database after the broker's, 1 after 0."""
    if redis_url.startswith("unix://"):
        return f"{redis_url.split('?')[0]}?db={socket_database(redis_url) + 1}"
    return redis_url.rsplit("/", 1)[0] + "/1" if redis_url.count("/") > 2 else f"{redis_url}/1"


def socket_database(redis_url):
    """The private Valkey gives each test run a pair of databases: unix:///path?db=6."""
    return int(dict(parse_qsl(urlsplit(redis_url).query)).get("db", 0))


def database_limits(*, one_request):
    """How long a session waits, in seconds: for a lock always, for a statement where `one_request` is not 0.

    A host that vanished is noticed within some fifteen seconds, and lets go of what its workers held.
    """
    limits = {
        "lock_timeout": "10s",
        "statement_timeout": f"{one_request}s",
        "idle_in_transaction_session_timeout": f"{one_request}s",
        "tcp_keepalives_idle": "5",
        "tcp_keepalives_interval": "3",
        "tcp_keepalives_count": "3",
        "max_parallel_workers_per_gather": "0",  # people wait side by side: each has one core, no more
        "random_page_cost": "1.1",  # pages are in memory or on a disk without arms: walking an index is no detour
        "jit": "off",  # where the server can compile a query, it takes longer over ours than they run
    }
    return {"connect_timeout": 5, "options": " ".join(f"-c {name}={limit}" for name, limit in limits.items())}
