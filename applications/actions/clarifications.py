"""After the opening: an officer asks, the applicant answers in time, and not a letter of the proposal changes."""

from functools import partial

from django.utils.translation import gettext as _

from applications import notices
from applications.actions.asked import (
    LONGEST,
    MOST_FILES,
    answer_with,
    ask,
    over_at,
    owe_the_look,
    require_day,
    require_later_day,
    take_answer,
    tell_applicant,
)
from applications.states import CLARIFICATION, IN_PROCEDURE
from core.errors import WrongState
from programmes.states import CallPhase
from promises.actions import write_mail

__all__ = ["LONGEST", "MOST_FILES", "over_at"]
OVER = CallPhase.DECIDED + CallPhase.CANCELLED


@CLARIFICATION.action("ask")
def ask_clarification(clarification, *, by, at, text, due_on):
    """Everybody who speaks for the applicant is told; whoever judges the proposal is not."""
    application = clarification.application
    if not application.stands_in(IN_PROCEDURE) or application.call.stands_in(OVER):
        raise WrongState(_("%(row)s is not in the procedure now: there is nothing to clarify.") % {"row": application})
    require_day(due_on, at)
    ask(clarification, by=by, at=at, text=text, due_on=due_on)
    tell_applicant(clarification, notices.clarification_mail(clarification))


@CLARIFICATION.action("reply")
def reply_to_clarification(clarification, *, by, at, text, stored=()):
    told = take_answer(clarification, by=by, at=at, text=text, stored=stored)
    write_mail(to=clarification.asked_by.email, about=clarification, **notices.answered_mail(clarification))
    return told


answer_clarification = partial(answer_with, reply_to_clarification)


@CLARIFICATION.action("extend")
def extend_clarification(clarification, *, by, at, reason, due_on):
    """A later last day, also when the first one is over."""
    require_later_day(clarification, due_on, at)
    clarification.due_on, clarification.because = due_on, reason
    owe_the_look(clarification, at)
    tell_applicant(clarification, notices.clarification_mail(clarification))


@CLARIFICATION.action("withdraw")
def withdraw_clarification(clarification, *, by, at, reason):
    """No answer is wanted any more; the question stays to be read with the reason."""
    clarification.because = reason
    tell_applicant(clarification, notices.clarification_withdrawn_mail(clarification))


@CLARIFICATION.action("expire")
def expire_clarification(clarification, *, by, at):
    """The clock, once its last day is over; whoever asked is told, and may give more time."""
    write_mail(to=clarification.asked_by.email, about=clarification, **notices.expired_mail(clarification))
