"""What the libraries that sign people and programs in must know of our house."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils.translation import gettext as _
from knox.auth import TokenAuthentication
from rest_framework.authentication import get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS

from accounts.actions import end_other_sessions, note_use, shut_out_programs
from accounts.looks import note_failed_sign_in, note_sign_in
from accounts.models import Token
from accounts.roles import needs_second_factor
from core import clock
from core.errors import NotAllowed
from core.recognition import BROWSER


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """People come in by registering their authority or by an invitation."""
        return False

    def login(self, request, user):
        super().login(request, user)
        note_sign_in(user)

    def authentication_failed(self, request, **credentials):
        super().authentication_failed(request, **credentials)
        note_failed_sign_in(credentials.get("email") or "")

    def set_password(self, user, password):
        """Whoever knew the old one may have made tokens with it, or be signed in; this very session goes on."""
        super().set_password(user, password)
        shut_out_programs(user, by=user)
        end_other_sessions(by=user, keep=self.request and self.request.session.session_key)


class SecondFactorAdapter(DefaultMFAAdapter):
    def can_delete_authenticator(self, authenticator):
        """Whose role needs a second factor cannot switch it off."""
        return not (settings.SECOND_FACTOR_REQUIRED and needs_second_factor(authenticator.user))


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
