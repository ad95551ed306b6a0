"""What the libraries that sign people and programs in must know of our house."""

from contextlib import contextmanager

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from knox.auth import TokenAuthentication
from rest_framework.authentication import get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS

from accounts import provider
from accounts.actions import end_other_sessions, note_use, shut_out_programs
from accounts.looks import note_failed_sign_in, note_sign_in
from accounts.models import Identity, Token
from accounts.roles import needs_second_factor
from core import clock
from core.errors import NotAllowed
from core.recognition import BROWSER


class AccountAdapter(DefaultAccountAdapter):
    """Failed attempts on an account are counted for each network address: a stranger's lock nobody out of theirs. From
    everywhere together they are counted too, more patiently (ACCOUNT_RATE_LIMITS)."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": gettext_lazy(
            "Too many failed attempts to sign in. Try again in five minutes, or set a new password."
        )
    }

    def _get_login_attempts_cache_key(self, request, **credentials):
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{self.get_client_ip(request)}"

    def pre_authenticate(self, request, **credentials):
        super().pre_authenticate(request, **credentials)
        key = super()._get_login_attempts_cache_key(request, **credentials)
        self.anywhere = ratelimit.consume(request, app="allauth.account", action="login_failed_anywhere", key=key)
        if not self.anywhere:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self):
        super()._rollback_login_failed_rl_usage()
        self.anywhere.rollback()

    def is_open_for_signup(self, request):
        """People come in by registering their authority or by an invitation."""
        return False

    def login(self, request, user):
        super().login(request, user)
        note_sign_in(user)

    def authentication_failed(self, request, **credentials):
        super().authentication_failed(request, **credentials)
        note_failed_sign_in(credentials.get("email") or "")

    def get_login_stages(self):
        """Whoever has shown two factors elsewhere, and whoever runs this house trusts that, is not asked for more."""
        stages = super().get_login_stages()
        has_shown = getattr(self.request, "has_shown_two_factors", False)
        return [one for one in stages if not (has_shown and one == "allauth.mfa.stages.AuthenticateStage")]

    def get_reauthentication_methods(self, user):
        """The provider first: what is asked for by itself is the last one, which is ours where there is one."""
        ours = super().get_reauthentication_methods(user)
        if not (provider.is_set() and user.is_authenticated and Identity.objects.of(user).exists()):
            return ours
        words = _("Use %(provider)s") % {"provider": settings.OIDC_NAME}
        return [{"id": "provider", "description": words, "url": reverse("identity_again")}, *ours]

    def set_password(self, user, password):
        """Whoever knew the old one may have made tokens with it, or be signed in; this very session goes on."""
        super().set_password(user, password)
        if self.request:
            self._delete_login_attempts_cached_email(self.request, email=user.email)
        shut_out_programs(user, by=user)
        end_other_sessions(by=user, keep=self.request and self.request.session.session_key)


class SecondFactorAdapter(DefaultMFAAdapter):
    def can_delete_authenticator(self, authenticator):
        """Whose role needs a second factor keeps one: recovery codes alone are none."""
        person = authenticator.user
        if not (settings.SECOND_FACTOR_REQUIRED and needs_second_factor(person)):
            return True
        others = person.authenticator_set.exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


@contextmanager
def read_with_care():
    """What no browser would send breaks the library's reader; here it is a wrong code like any other."""
    try:
        yield
    except ValidationError:
        raise
    except Exception as unreadable:
        raise get_adapter().validation_error("incorrect_code") from unreadable


class FirstCodeForm(ActivateTOTPForm):
    """The code that sets the app up is used up like any other: nobody signs in with it within its seconds."""

    def clean_code(self):
        code = super().clean_code()
        TOTP(Authenticator(user=self.user))._mark_code_used(code)
        return code


class NewPasskeyForm(AddWebAuthnForm):
    def clean(self):
        with read_with_care():
            return super().clean()


class ShownPasskeyForm(AuthenticateWebAuthnForm):
    def clean_credential(self):
        with read_with_care():
            return super().clean_credential()


class PasskeyAgainForm(ShownPasskeyForm, ReauthenticateWebAuthnForm):
    """Before what binds."""


class TokenOfAPerson(TokenAuthentication):
    def authenticate_header(self, request):
        """“Bearer”, as every library writes it; “Token” means the same."""
        said = get_authorization_header(request).split() if request else []
        return "Token" if said and said[0].lower() == b"token" else "Bearer"

    def authenticate(self, request):
        if not get_authorization_header(request).isascii():
            raise AuthenticationFailed(_("A token has letters, figures and signs of ASCII only."))
        found = super().authenticate(request)
        if found:
            token = Token.objects.in_use().filter(digest=found[1].digest).first()
            if token is None:
                raise AuthenticationFailed(_("This token is not in use any more."))
            if token.reads_only and request.method not in SAFE_METHODS:
                raise NotAllowed(_("This token only reads. Make one that may also change things."))
            BROWSER.set(None)  # a cookie that came with it does not act
            note_use(token, at=clock.now())
        return found
