"""Second factors are taken away by the library's own pages; the last one of somebody who must have one stays."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.views import deactivate_totp
from allauth.mfa.webauthn.views import remove_webauthn
from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from core.holds import hold_name


@transaction.atomic
def remove_passkey(request, pk):
    """The library asks its adapter before it switches off the code from an app, and not before this."""
    if request.method == "POST":
        hold_name(f"second factors:{request.user.pk}")
        found = request.user.authenticator_set.filter(pk=pk).first()
        if found and not get_adapter().can_delete_authenticator(found):
            raise NotAllowed(
                _("This is your last second factor, and your role needs one. Add another one first, then remove it.")
            )
    return remove_webauthn(request, pk=pk)


@transaction.atomic
def switch_off_app(request):
    """One after the other: of two factors not both go at once."""
    if request.method == "POST":
        hold_name(f"second factors:{request.user.pk}")
    return deactivate_totp(request)
