"""Back from the provider of OpenID Connect: signed in, connected, recognised, or at the end of an invitation."""

import logging
from datetime import UTC, datetime, timedelta

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts import actions, provider
from accounts.looks import note_failed_identity, note_failed_sign_in
from accounts.models import Identity
from accounts.models.sessions import SHOWN_AT, TWO_FACTORS_SEEN
from accounts.states import UserPhase
from accounts.views.provider import JOINING, UNDER_WAY, is_over, of_provider, require_patience
from core.errors import NotAllowed, WrongState

log = logging.getLogger(__name__)
LEEWAY = timedelta(minutes=1)  # by which the provider's clock may differ from ours
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@login_not_required
@require_GET
@of_provider
def back(request):
    require_patience(request)
    kept = taken_up(request)
    try:
        shown = provider.shown(kept, request.GET.dict())
    except provider.NotShown as refusal:
        log.warning("an answer of the provider was not accepted: %s", refusal.why)
        require_patience(request, "provider_failed", key=get_adapter().get_client_ip(request))
        raise
    return ARRIVALS[kept["for"]](request, kept, shown)


def taken_up(request):
    """What this browser began, once: an answer that was heard does not count again."""
    kept = request.session.pop(UNDER_WAY, None)
    if kept is None or request.GET.get("state") != kept["state"] or is_over(kept["at"]):
        raise NotAllowed(_("This way to sign in was not begun in this browser, or long ago. Begin again."))
    return kept


def enter(request, kept, shown):
    if request.user.is_authenticated:  # by another way, in another window
        return redirect("desk")
    found = Identity.objects.connected().showing(shown.issuer, shown.subject).select_related("person").first()
    if found is None:
        note_failed_identity(shown.issuer, shown.subject)
        require_patience(request, "provider_failed", key=shown.subject)
        raise NotAllowed(nobody_here())
    return let_in(request, found.person, shown, after=kept["next"])


def nobody_here():
    return _(
        "%(provider)s knows you, and nobody here is connected with that identity. If you have an account, sign in with "
        "your password and connect it under “Security”. Else ask a colleague of your authority, or the programme "
        "office, for an invitation."
    ) % {"provider": settings.OIDC_NAME}


def let_in(request, person, shown, *, after):
    """As with a password: a closed account stays closed, and a second factor is asked for."""
    if not person.stands_in(UserPhase.OPEN):
        note_failed_sign_in(person.email)
    request.session[SHOWN_AT] = (shown.at or LONG_AGO).isoformat()
    request.has_shown_two_factors = shown.by_two_factors
    answer = perform_login(request, Login(user=person, redirect_url=after or None))
    if shown.by_two_factors and request.user.is_authenticated:
        request.session[TWO_FACTORS_SEEN] = True
    return answer


def require_the_same(request, kept):
    if str(request.user.pk) != kept["person"]:
        raise NotAllowed(_("Somebody else has signed in meanwhile. Nothing was done."))


def arrive_connected(request, kept, shown):
    require_the_same(request, kept)
    new = Identity(person=request.user, issuer=shown.issuer, subject=shown.subject)
    actions.connect_identity(new, by=request.user)
    messages.success(request, _("Your account is connected with %(provider)s.") % {"provider": settings.OIDC_NAME})
    return redirect("identity")


def arrive_again(request, kept, shown):
    """Only where the provider says when it has asked, and that was after this house wished it."""
    require_the_same(request, kept)
    if not Identity.objects.of(request.user).showing(shown.issuer, shown.subject).exists():
        raise NotAllowed(_("This is not the identity with which your account is connected. Nothing was done."))
    if shown.at is None or shown.at < datetime.fromisoformat(kept["at"]) - LEEWAY:
        raise NotAllowed(
            _("%(provider)s did not ask anew who you are. Use your code or your password; a mail lets you set one.")
            % {"provider": settings.OIDC_NAME}
        )
    record_authentication(request, request.user, method="provider", reauthenticated=True)
    return redirect(kept["next"] or "desk")


def arrive_invited(request, kept, shown):
    if request.user.is_authenticated:
        raise NotAllowed(_("Sign out first: an invitation is taken up by somebody who has no account yet."))
    if Identity.objects.connected().showing(shown.issuer, shown.subject).exists():
        raise WrongState(_("This identity is connected with an account already. Nothing was changed."))
    request.session[JOINING] = {
        "invitation": kept["invitation"], "issuer": shown.issuer, "subject": shown.subject, "at": kept["at"],
    }  # fmt: skip
    return redirect("provider_join")


ARRIVALS = {"enter": enter, "connect": arrive_connected, "again": arrive_again, "join": arrive_invited}
