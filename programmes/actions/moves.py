"""Nobody is forgotten: a call moves on only when each of its applications stands where the move expects it."""

from django.utils.translation import gettext as _

from core.counting import CAP
from core.errors import WrongState
from core.formats import NAMED, shortened


def require_nobody_forgotten(call, move):
    """Refuse a move of the call while an application stands in a group that the move does not name."""
    if left := forgotten(call, move):
        raise WrongState(
            _("Not settled yet: %(list)s. Every application of %(call)s must be settled before this, or its end.")
            % {"list": left, "call": call}
        )


def forgotten(call, move):
    """Number and status of the first applications that this move would leave behind, and how many more there are; an
    empty text if there is none."""
    left = call.applications.forgotten_by(move)[: CAP + 1]
    rows = call.applications.filter(pk__in=left.values("pk")).order_by("reference", "pk").only("reference", "status")
    # Whoever never had a number is not named by anything its owner wrote: nobody else may read that.
    named = [f"{one.reference or _('one without a number')} (“{one.get_status_display()}”)" for one in rows[:NAMED]]
    return shortened(named, of=left.count()) if named else ""
