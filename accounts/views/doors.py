"""Who finds the pages about people at all, and how somebody new is signed in."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.roles import is_admin, is_applicant
from core.errors import NotAllowed, Refused
from core.views import try_act

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
REGISTRATIONS_PER_HOUR = 20  # from one address: hashing a password costs a quarter of a second


def require_admin(user):
    if not is_admin(user):
        raise NotAllowed(_("Only an account administrator makes and closes accounts."))


def require_inside(user):
    """Applicants see to their colleagues, administrators to everybody; to others these pages do not exist."""
    if not (is_applicant | is_admin)(user):
        raise Http404


def require_patience(request):
    key = f"registrations:{get_adapter().get_client_ip(request)}"
    cache.add(key, 0, 3600)
    if cache.incr(key) > REGISTRATIONS_PER_HOUR:
        raise Refused(_("Too many registrations from this address. Try again in an hour."))


def sent(request, form, act):
    """The row of the act, when a valid form was sent and the act was not refused; else None, and the form says why."""
    return try_act(form, act) if request.method == "POST" and form.is_valid() else None


def said_by(request):
    """Who acts, on which edition of the row, and the sender's key: two equal requests make one row."""
    return {"by": request.user, "base": request.POST.get("stamp"), "key": request.POST.get("key")}
