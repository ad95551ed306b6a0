"""What must hold before an applicant may act: the call is open, and nobody saved in between."""

from contextlib import contextmanager

from django.db import connection, transaction
from django.utils.translation import gettext as _

from audit.models import AuditRecord
from core.errors import WrongState
from core.formats import brussels, brussels_clock, milliseconds, span
from programmes.states import CallPhase


@contextmanager
def call_kept_closed(call_id):
    """Until the transaction ends the clock cannot open the applications of this call: it waits for us.

    Taken before the moment of the act is read, so that whoever is in time by the database's clock also gets in.
    """
    with transaction.atomic():
        lock_by_name("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", f"closing:{call_id}")
        yield


@contextmanager
def call_held_for_opening(call_id):
    """Alone with the call: every submission that came in time has ended, none begins."""
    with transaction.atomic():
        lock_by_name("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", f"closing:{call_id}")
        yield


def hold_numbers(call_id):
    """One submission of a call takes its number at a time; a transaction that fails gives the number back."""
    lock_by_name("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", f"number:{call_id}")


def lock_by_name(statement, name):
    with connection.cursor() as cursor:
        cursor.execute(statement, [name])


def require_open_call(call, at):
    """Published, and within its two times; who comes late is told by how much."""
    require_before_closing(call, at)
    if at < call.opens_at:
        words = {"call": call, "opens": brussels(call.opens_at)}
        raise WrongState(_("The call %(call)s opens on %(opens)s; come back then.") % words)


def require_before_closing(call, at):
    if call.stands_in(CallPhase.PREPARING):
        raise WrongState(_("The call %(call)s is not published yet.") % {"call": call})
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


def require_fresh(application, stamp, sections):
    """Refuse to save over what somebody saved in the same sections after this page was loaded."""
    if stamp is None or int(stamp) == application.stamp:
        return
    for entry in saved_since(application, stamp):
        if set(entry.changes.get("sections", [None, []])[1]) & set(sections):
            words = {"who": entry.actor_name, "at": brussels_clock(entry.at)}
            raise WrongState(
                _(
                    "%(who)s saved this part at %(at)s (Brussels time), after you opened it. "
                    "Yours was not saved over it: compare the two, then save again."
                )
                % words
            )


def saved_since(application, stamp):
    return AuditRecord.objects.of_chain(application.chain).filter(
        act="application.edit", changes__stamp__1__gt=int(stamp)
    )
