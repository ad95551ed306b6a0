"""A second factor for whoever judges, decides, audits or keeps the accounts: without it they get no further."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

OPEN_WITHOUT = {"account_logout", "account_reauthenticate", "mfa_activate_totp", "mfa_reauthenticate"}
SEEN = "second_factor"  # in the session: asked once, not with each page


class SecondFactorMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        person = request.user
        if not person.is_authenticated or not person.needs_second_factor or request.session.get(SEEN):
            return None
        if person.owes_second_factor:
            return None if request.resolver_match.view_name in OPEN_WITHOUT else self.lead(request)
        request.session[SEEN] = True
        return None

    def lead(self, request):
        messages.warning(request, _("Your role needs a second factor. Set it up here; then you can go on."))
        return redirect("mfa_activate_totp")
