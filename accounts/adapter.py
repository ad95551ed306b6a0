"""What allauth must know of our house: nobody becomes a user through its sign-up page."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """People come in by registering their authority or by an invitation."""
        return False
