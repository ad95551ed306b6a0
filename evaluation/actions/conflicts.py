"""Conflicts of interest, whenever they are learnt: access ends at once, and what rests on the judgement falls."""

from django.utils.translation import gettext as _

from core.errors import WrongState
from evaluation.actions.committee import recuse_member, strike_member
from evaluation.actions.falling import let_fall
from evaluation.actions.guards import round_of
from evaluation.actions.telling import tell_it_ended
from evaluation.models import Assessment, Seat
from evaluation.states import ASSESSMENT
from programmes.states import OPENED


@ASSESSMENT.action("stand_aside")
def stand_aside(assessment, *, by, at, reason):
    """An officer with a conflict gives up everything about an application; `evaluator` is the officer.

    At any time from the opening of the application on, also after the award: a conflict may be learnt late.
    """
    require_no_own_assessment(assessment)
    note_conflict(assessment, by=by, at=at, reason=reason)
    leave_committee(assessment, by=by, at=at, reason=reason)


def require_no_own_assessment(assessment):
    known = Assessment.objects.on(assessment.application_id).filter(evaluator=assessment.evaluator_id)
    if known.counting().exists():
        raise WrongState(
            _("%(person)s assesses this application: the conflict belongs on that assessment.")
            % {"person": assessment.evaluator}
        )
    if known.conflicted().exists():
        raise WrongState(_("This conflict of %(person)s is on file already.") % {"person": assessment.evaluator})


def note_conflict(assessment, *, by, at, reason):
    application = assessment.application
    if not application.call.stands_in(OPENED):
        raise WrongState(_("Nobody reads the applications of %(call)s yet.") % {"call": application.call})
    assessment.round = round_of(application)
    assessment.assigned_by, assessment.assigned_at, assessment.due_at = by, at, at
    assessment.ended_reason = reason


@ASSESSMENT.action("bar")
def bar_person(assessment, *, by, at, reason):
    """An officer records what somebody else did not declare; that person's access ends at once."""
    require_no_own_assessment(assessment)
    note_conflict(assessment, by=by, at=at, reason=reason)
    end_seats(assessment, by=by, at=at, reason=reason)
    tell_it_ended(assessment)


@ASSESSMENT.action("recuse")
def recuse_evaluator(assessment, *, by, at, reason):
    """All access ends with this act (FR Art. 61), a seat on the committee too; a score that was signed is struck."""
    assessment.ended_reason = reason
    leave_committee(assessment, by=by, at=at, reason=reason)
    return strike(assessment, at=at, reason=reason)


def leave_committee(assessment, *, by, at, reason):
    for seat in Seat.objects.filter(call=assessment.application.call, member=by).sitting():
        recuse_member(seat, by=by, at=at, reason=reason)


@ASSESSMENT.action("strike")
def strike_assessment(assessment, *, by, at, reason):
    """A conflict learnt late, at any time up to and after the award: what was scored is kept and counts no more.

    What rests on it falls in the same act, also a signed list, and is made anew by others.
    """
    assessment.ended_reason = reason
    end_seats(assessment, by=by, at=at, reason=reason)
    tell_it_ended(assessment)
    return strike(assessment, at=at, reason=reason)


def strike(assessment, *, at, reason):
    """Only what was signed bears anything."""
    assessment.save(update_fields=["status", "ended_reason"])  # what falls is counted without it
    return let_fall(assessment, at=at, reason=reason) if assessment.signed_at else {}


def end_seats(assessment, *, by, at, reason):
    """Its evaluator leaves the committee of the call with it."""
    for seat in Seat.objects.filter(call=assessment.application.call, member=assessment.evaluator_id).sitting():
        strike_member(seat, by=by, at=at, reason=reason)
