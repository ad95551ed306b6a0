"""Around the publication of a call: which steps are left, what publishing does, for how long, and what is odd in it."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formats import brussels
from programmes.states import CALL

JUST_NOW = timedelta(minutes=5)  # somebody who opens a call “now” needs them until the button is pressed
SHORT = timedelta(days=1)


def buttons_of(call, user, at):
    """The steps that can be taken now: what is open is not taken back any more."""
    return [one for one in CALL.buttons(user, call) if not one.is_shut(call, at)]


def publication_of(call, at):
    """In sentences."""
    begins = max(call.opens_at, at)
    words = {"opens": brussels(call.opens_at), "closes": brussels(call.closes_at), "long": how_long(begins, call)}
    back = _("Until it opens, another person of the Commission can take it back for correction.")
    over = _("It is open at once and cannot be taken back: only a corrigendum changes it, or it is cancelled.")
    return [
        _("Everybody reads the call from now on.")
        if begins > at
        else _("Everybody reads the call and applies at once."),
        _("Applications can be sent from %(opens)s to %(closes)s: %(long)s.") % words,
        back if begins > at else over,
    ]


def how_long(begins, call):
    left = call.closes_at - begins
    if left >= timedelta(days=2):
        return ngettext("%(number)d day", "%(number)d days", left.days) % {"number": left.days}
    hours, minutes = divmod(int(left.total_seconds()) // 60, 60)
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}


def odd_in(call, at):
    """What is hardly ever meant: it has to be ticked."""
    odd = []
    if call.opens_at < at - JUST_NOW:
        odd.append(_("The opening lies in the past: %(opens)s.") % {"opens": brussels(call.opens_at)})
    if call.closes_at - max(call.opens_at, at) < SHORT:
        odd.append(_("There is less than a day to apply: %(long)s.") % {"long": how_long(max(call.opens_at, at), call)})
    return odd
