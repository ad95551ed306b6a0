"""What must hold before an applicant may act: the call is open, and nobody saved in between."""

from django.utils.translation import gettext as _

from core.errors import Stale, WrongState
from core.formats import brussels, brussels_clock, milliseconds, span
from programmes.states import CallPhase


def require_open_call(call, at):
    """Published, and within its two times; who comes late is told by how much."""
    require_before_closing(call, at)
    if at < call.opens_at:
        words = {"call": call, "opens": brussels(call.opens_at)}
        raise WrongState(_("The call %(call)s opens on %(opens)s; come back then.") % words)


def require_before_closing(call, at):
    if call.stands_in(CallPhase.PREPARING):
        raise WrongState(_("The call %(call)s is not published yet.") % {"call": call})
    if call.stands_in(CallPhase.CANCELLED):
        raise WrongState(_("The call %(call)s was cancelled; its page says why.") % {"call": call})
    if at >= call.closes_at:
        words = {
            "call": call, "closes": brussels(call.closes_at), "at": milliseconds(at),
            "late": lateness(at - call.closes_at),
        }  # fmt: skip
        raise WrongState(
            _(
                "The call %(call)s closed on %(closes)s. It is %(at)s: %(late)s too late. "
                "Nothing was changed; what you submitted before the closing time counts."
            )
            % words
        )
    if not call.stands_in(CallPhase.PUBLISHED):
        raise WrongState(_("The applications of the call %(call)s are open already.") % {"call": call})


def lateness(distance):
    """Short ones to the millisecond: “0 seconds too late” would be no answer."""
    seconds = distance.total_seconds()
    return _("%(number)s seconds") % {"number": f"{seconds:.3f}"} if seconds < 60 else span(distance)


def require_fresh(since, sections):
    """Refuse to save over what somebody saved in the same sections; `since`: the records since this page was loaded."""
    for entry in since:
        if set(entry.changes.get("sections", [None, []])[1]) & set(sections):
            words = {"who": entry.actor_name, "at": brussels_clock(entry.at)}
            sentence = _(
                "%(who)s saved this part at %(at)s (Brussels time), after you opened it. "
                "Yours was not saved over it: compare the two, then save again."
            )
            raise Stale(sentence % words, since=since)
