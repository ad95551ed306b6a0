"""What the frame around every page shows: where one can go, who one is, what time it is in Brussels."""

from types import SimpleNamespace

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.roles import (
    is_a_person,
    is_admin,
    is_any_auditor,
    is_applicant,
    is_auditor,
    is_commission,
    is_evaluator,
    is_officer,
)
from core import unsent
from promises.notices import kinds_for

EVERYBODY = None
OFFICE = is_commission | is_any_auditor

# fmt: off
MENU = [
    # label             address          who sees it (none: visitors too)
    (_("Desk"),         "desk",          is_a_person),
    (_("Programmes"),   "funds",         EVERYBODY),
    (_("Calls"),        "calls",         EVERYBODY),
    (_("Applications"), "applications",  is_applicant | OFFICE),
    (_("Taking part"),  "participations", is_applicant),
    (_("Evaluation"),   "evaluation",    is_commission | is_evaluator | is_auditor),
    (_("Decisions"),    "awards",        OFFICE),
    (_("Letters"),      "letters",       is_applicant | OFFICE),
    (_("Reports"),      "reports",       OFFICE),
    (_("Deliveries"),   "promises",      is_officer),
    (_("Accounts"),     "accounts",      is_admin | is_applicant),
]
# fmt: on
FOOTER = [
    (_("Published awards"), "published"),
    (_("Accessibility"), "accessibility"),
    (_("Status of the proofs"), "status"),
    (_("Interface for programs (API)"), "api_docs"),
]  # fmt: skip


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
        mails=address_of("mails") if person and kinds_for(person) else None,
        search=address_of("search"),
        searched=request.GET.get("q", "") if request.path == address_of("search") else "",
        provider=settings.OIDC_NAME if settings.OIDC_ISSUER else "",
        sign_in=address_of("account_login"),
        sign_out=address_of("account_logout"),
        now=timezone.now(),
        language=address_of("language"),
        languages=[(code, name, code == get_language()) for code, name in settings.LANGUAGES],
        unsent=unsent.waiting(request) if person else None,
        typed=SimpleLazyObject(lambda: unsent.typed(request)),  # asked by the pages of refusals alone
    )
    return {"frame": frame}  # not "site": the sign-in pages bring one of their own


def menu_of(person, path):
    """The entries for this person whose pages exist, the one we are in marked."""
    entries = ((label, address_of(name)) for label, name, who in MENU if who is EVERYBODY or who(person))
    return [(label, url, path.startswith(url)) for label, url in entries if url]


def address_of(name):
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
