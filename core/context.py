"""What the frame around every page shows: where one can go, who one is, what time it is in Brussels."""

from types import SimpleNamespace

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

EVERYBODY = None
COMMISSION = {"OFFICER", "AUTHORISING"}
AUDITORS = {"AUDITOR", "NAT_AUDITOR"}
PEOPLE = {"APPLICANT", "EVALUATOR", "ADMIN"} | COMMISSION | AUDITORS

# fmt: off
MENU = [
    # label             address          who sees it (none: visitors too)
    (_("Desk"),         "desk",          PEOPLE),
    (_("Programmes"),   "funds",         EVERYBODY),
    (_("Calls"),        "calls",         EVERYBODY),
    (_("Applications"), "applications",  {"APPLICANT"} | COMMISSION | AUDITORS),
    (_("Evaluation"),   "evaluation",    {"OFFICER", "EVALUATOR", "AUTHORISING", "AUDITOR"}),
    (_("Decisions"),    "awards",        COMMISSION | AUDITORS),
    (_("Letters"),      "letters",       {"APPLICANT"} | COMMISSION | AUDITORS),
    (_("Reports"),      "reports",       COMMISSION | AUDITORS),
    (_("Deliveries"),   "promises",      {"OFFICER"}),
    (_("Accounts"),     "accounts",      {"ADMIN", "APPLICANT"}),
]
# fmt: on
FOOTER = [(_("Accessibility"), "accessibility"), (_("Interface for programs (API)"), "api_docs")]


def site(request):
    user = getattr(request, "user", None)
    person = user if user is not None and user.is_authenticated else None
    frame = SimpleNamespace(
        name=getattr(settings, "SITE_NAME", _("Grant programme management")),
        desk=address_of("desk") or "/",
        menu=menu_of(person, request.path),
        footer=[(label, url) for label, name in FOOTER if (url := address_of(name))],
        person=person,
        security=address_of("mfa_index"),
        sign_in=address_of("account_login"),
        sign_out=address_of("account_logout"),
        now=timezone.now(),
    )
    return {"frame": frame}  # not "site": the sign-in pages bring one of their own


def menu_of(person, path):
    """The entries of this person's role whose pages exist, the one we are in marked."""
    role = getattr(person, "role", None)
    entries = ((label, address_of(name)) for label, name, who in MENU if who is EVERYBODY or role in who)
    return [(label, url, path.startswith(url)) for label, url in entries if url]


def address_of(name):
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
