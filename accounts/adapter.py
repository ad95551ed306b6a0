"""What allauth must know of our house: nobody becomes a user through its sign-up page."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from accounts.roles import needs_second_factor


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """People come in by registering their authority or by an invitation."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    def can_delete_authenticator(self, authenticator):
        """Whose role needs a second factor cannot switch it off."""
        return not (settings.SECOND_FACTOR_REQUIRED and needs_second_factor(authenticator.user))
