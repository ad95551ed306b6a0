"""Who is let on: nobody who was away for long, and whoever judges, decides or audits only with a second factor."""

import re
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models.sessions import LONGEST_DAY, TWO_FACTORS_SEEN, idle_limit
from core import unsent
from core.errors import NotRecognised
from core.formats import span
from core.recognition import BROWSER

NOTED_EACH = timedelta(minutes=3)  # that a session is in use: a request does not each write
BROWSERS = (
    ("Edge", r"\bEdg"),
    ("Opera", r"\bOPR/"),
    ("Firefox", r"\bFirefox/"),
    ("Chrome", r"\bChrom"),
    ("Safari", r"\bSafari/"),
)
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("macOS", "Mac OS X"),
    ("Linux", "Linux"),
)  # fmt: skip
OPEN_WITHOUT = {
    "account_logout",
    "account_reauthenticate",
    "identity_again",
    "provider_back",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
}


class PresenceMiddleware:
    """Ends a session that nobody has used for too long, and notes now and then that, whence and with what it is used.

    What a page asks for by itself, a bar that follows, keeps nobody signed in.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if SESSION_KEY in request.session and (why := over(request)):
            logout(request)
            messages.info(request, why)
        acting = BROWSER.set(request.session if SESSION_KEY in request.session else None)
        try:
            response = self.get_response(request)
        finally:
            BROWSER.reset(acting)
        if SESSION_KEY in request.session and (request.session.modified or is_due(request)):
            request.session.update({"address": address_of(request), "device": device_of(request)})
        return response

    def process_exception(self, request, exception):
        """Whoever is to show first who it is does so, and comes back to what was typed; nothing is done by coming."""
        if not isinstance(exception, NotRecognised):
            return None
        ways = get_adapter().get_reauthentication_methods(request.user)
        if not ways or "text/html" not in request.headers.get("Accept", ""):
            way = redirect_to_login(unsent.page_of(request), ways[-1]["url"]).url if ways else ""
            return render(request, "refused.html", {"refusal": exception, "way": way}, status=exception.status)
        unsent.keep(request, is_signed_in=True)
        messages.warning(request, str(exception.sentence))
        return redirect_to_login(unsent.page_of(request), ways[-1]["url"])  # the code, where there is one


def over(request):
    """Why this session has run out, in a sentence; empty while it has not."""
    if since(request, "since") > LONGEST_DAY:
        return _("A day here ends after %(time)s. Sign in to go on.") % {"time": span(LONGEST_DAY)}
    away = since(request, "seen")
    if away > timedelta(minutes=min(settings.IDLE_MINUTES)) and away > idle_limit(request.user):
        return _("You were signed out: for %(time)s nobody did anything here. Sign in to go on.") % {
            "time": span(idle_limit(request.user))
        }
    return ""


def since(request, moment):
    return timezone.now() - datetime.fromisoformat(request.session[moment])


def is_due(request):
    asks_itself = request.method == "GET" and request.headers.get("Accept") == "application/json"
    return not asks_itself and since(request, "seen") > NOTED_EACH


def address_of(request):
    try:
        return get_adapter().get_client_ip(request).strip()[:45]
    except PermissionDenied:  # none came with it
        return ""


def device_of(request):
    """“Firefox on Linux”: what its owner recognises, and no more than that is kept."""
    told = request.headers.get("User-Agent", "")
    browser, system = (first_in(told, names) for names in (BROWSERS, SYSTEMS))
    return _("%(browser)s on %(system)s") % {
        "browser": browser or _("another browser"), "system": system or _("another system")
    }  # fmt: skip


def first_in(told, names):
    return next((name for name, sign in names if re.search(sign, told)), None)


class LanguageMiddleware:
    """Whoever is signed in and chose a language reads in it, in each browser; else the browser's wish stands."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and request.user.language:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)


class SecondFactorMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        person = request.user
        if not person.is_authenticated or not person.needs_second_factor or request.session.get(TWO_FACTORS_SEEN):
            return None
        if person.owes_second_factor:
            return None if request.resolver_match.view_name in OPEN_WITHOUT else self.lead(request)
        request.session[TWO_FACTORS_SEEN] = True
        return None

    def lead(self, request):
        messages.warning(request, _("Your role needs a second factor. Set it up here; then you can go on."))
        return redirect("mfa_activate_totp")
