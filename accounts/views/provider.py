"""The way to the provider of OpenID Connect and back. Nobody is made by it: an identity opens the account with which
its person connected it, or takes up an invitation. Without a provider none of these pages is there."""

from datetime import datetime, timedelta
from functools import wraps

from allauth.account.views import login as library_login
from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import actions, provider
from accounts.models import Invitation
from core import clock
from core.errors import TooMany

UNDER_WAY, JOINING = "provider", "joining"  # in the session: on the way there; who came back with an invitation
PATIENCE = timedelta(minutes=10)  # from the button to the way back, and to the end of an invitation


def of_provider(view):
    """A page that is there where there is a provider, and whose buttons may lead to it."""

    @wraps(view)
    def page(request, *args, **kwargs):
        if not provider.is_set():
            raise Http404
        return leading_there(view(request, *args, **kwargs))

    return page


def leading_there(answer):
    """Browsers ask the policy of the page once more about the place to which its form is sent on."""
    if provider.is_set():
        answer._csp_update = {"form-action": [provider.origin()]}
    return answer


@login_not_required
def sign_in(request):
    """The library's page, with another button where there is a provider."""
    return leading_there(library_login(request))


# there


def lead(request, wanted, *, again=False, **more):
    require_patience(request)
    address, kept = provider.begin(again=again)
    request.session[UNDER_WAY] = {**kept, "for": wanted, "next": page_after(request), **more}
    return redirect(address)


def require_patience(request, action="provider", key=None):
    if not ratelimit.consume(request, app="allauth.account", action=action, key=key, limit_get=True):
        raise TooMany(_("Too many attempts to sign in. Try again in five minutes."), retry_after=300)


def page_after(request):
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else ""


@login_not_required
@require_POST
@of_provider
def go_to_provider(request):
    """A visitor's button: to sign in, or to take up the invitation behind whose link it stands."""
    if request.user.is_authenticated:
        return redirect("desk")
    if secret := request.POST.get("invitation"):
        return lead(request, "join", invitation=str(invitation_of(secret_hash=actions.hash_of(secret)).pk))
    return lead(request, "enter")


def invitation_of(**which):
    found = Invitation.objects.open(clock.now()).filter(**which).first()
    if found is None:
        raise Http404
    return found


def is_over(moment):
    return clock.now() - datetime.fromisoformat(moment) > PATIENCE
