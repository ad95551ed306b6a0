"""Second factors are set up and taken away by the library's own pages: each change is told by the trail, and the last
one of somebody who must have one stays."""

from functools import partial, wraps

from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.mfa.adapter import get_adapter
from allauth.mfa.recovery_codes.views import generate_recovery_codes
from allauth.mfa.totp.views import activate_totp, deactivate_totp
from allauth.mfa.webauthn.views import add_webauthn, edit_webauthn, remove_webauthn
from django.utils.translation import gettext as _

from accounts.actions import tell_of_factors
from accounts.states import USER
from core.errors import NotAllowed
from core.recognition import require_recognised


def require_known(person):
    """The library asks nobody who has neither a password nor a factor yet; this house asks, by the provider."""
    if person.is_authenticated and not get_reauthentication_flows(person):
        require_recognised(USER.steps["change_factors"].label)


def told(view):
    """One after the other: of two factors not both go at once."""

    @wraps(view)
    def page(request, *args, **kwargs):
        require_known(request.user)
        shown = partial(view, request, *args, **kwargs)
        if request.method != "POST" or not request.user.is_authenticated:
            return shown()
        return tell_of_factors(request.user, shown)

    return page


@told
def remove_passkey(request, pk):
    """The library asks its adapter before it switches off the code from an app, and not before this."""
    if request.method == "POST":
        found = request.user.authenticator_set.filter(pk=pk).first()
        if found and not get_adapter().can_delete_authenticator(found):
            raise NotAllowed(
                _("This is your last second factor, and your role needs one. Add another one first, then remove it.")
            )
    return remove_webauthn(request, pk=pk)


switch_off_app = told(deactivate_totp)
set_up_app = told(activate_totp)
add_passkey = told(add_webauthn)
rename_passkey = told(edit_webauthn)
draw_recovery_codes = told(generate_recovery_codes)
