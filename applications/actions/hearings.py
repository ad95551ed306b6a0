"""Before an adverse decision: the office says what it intends and why, the applicant may say something to it in time,
and the office says in words how it took that into account (FR Art. 133, 141)."""

from datetime import timedelta
from functools import partial

from django.utils.translation import gettext as _

from applications import notices
from applications.actions.asked import (
    answer_with,
    ask,
    owe_the_look,
    require_day,
    require_later_day,
    take_answer,
    tell_applicant,
)
from applications.models import Hearing
from applications.states import HEARING, IN_PROCEDURE, ApplicationPhase
from core.errors import Incomplete, WrongState
from core.formats import shortened
from programmes.states import RANKED, CallPhase
from promises.actions import write_mail

TO_ANSWER = timedelta(days=5)  # at the least, once the notice counts as read


@HEARING.action("send")
def send_notice(hearing, *, by, at, measure, text, intended, due_on):
    """One at a time on an application, so that its people know what they answer to."""
    application = hearing.application
    require_in_procedure(application)
    require_its_time(application, measure)
    before = Hearing.objects.filter(application=application)
    if before.under_way().exists():
        raise WrongState(_("A notice on %(row)s is open already: settle or withdraw it first.") % {"row": application})
    require_day(due_on, at, least=shortest(application.call))
    hearing.reference = f"{application.reference}/N{before.count() + 1}"
    hearing.measure, hearing.intended = measure, intended
    ask(hearing, by=by, at=at, text=text, due_on=due_on)
    tell_applicant(hearing, notices.notice_mail(hearing))


def require_in_procedure(application):
    """What is excluded already is put back to the checks before anything else is intended."""
    is_out = application.stands_in(ApplicationPhase.EXCLUDED) or not application.stands_in(IN_PROCEDURE)
    if is_out or application.call.stands_in(CallPhase.CANCELLED):
        raise WrongState(
            _("%(row)s is not in the procedure now: nothing adverse can be decided on it.") % {"row": application}
        )


def require_its_time(application, measure):
    """Nothing is intended that nobody could decide as things stand."""
    if sentence := too_soon_or_late(application, measure):
        raise Incomplete({"measure": sentence % {"row": application, "call": application.call}})


def too_soon_or_late(application, measure):
    is_in_checks = application.stands_in(ApplicationPhase.IN_CHECKS)
    if measure == Hearing.Measure.EXCLUSION and not is_in_checks:
        return _("The checks of %(row)s are over: put it back to the checks first.")
    if measure == Hearing.Measure.LESS and not application.decision_lines.in_force().awards().exists():
        return _("No award is in force for %(row)s: there is nothing to take back or lower.")
    if measure == Hearing.Measure.REJECTION and is_in_checks:
        return _("%(row)s is in the checks: nobody decides on its award before they are over.")
    if measure == Hearing.Measure.REJECTION and not application.call.stands_in(RANKED):
        return _("The ranked list of %(call)s is not signed yet: no award decision can reject %(row)s.")
    return ""


def shortest(call):
    """A notice that nobody opens counts as read after some days, as a letter does: nobody is late before."""
    return timedelta(days=call.read_after_days) + TO_ANSWER


@HEARING.action("reply")
def submit_observations(hearing, *, by, at, text, stored=()):
    told = take_answer(hearing, by=by, at=at, text=text, stored=stored)
    write_mail(to=hearing.asked_by.email, about=hearing, **notices.observed_mail(hearing))
    return told


observe = partial(answer_with, submit_observations)


@HEARING.action("extend")
def extend_notice(hearing, *, by, at, reason, due_on):
    """A later last day, also when the first one is over."""
    require_later_day(hearing, due_on, at, least=shortest(hearing.application.call))
    hearing.due_on, hearing.because = due_on, reason
    owe_the_look(hearing, at)
    tell_applicant(hearing, notices.notice_mail(hearing))


@HEARING.action("consider")
def consider_observations(hearing, *, by, at, reason):
    """Whatever is decided then; the applicant reads the words."""
    hearing.considered = reason
    settle(hearing, by=by, at=at)


@HEARING.action("close")
def close_notice(hearing, *, by, at):
    """Nobody said anything in time: the decision may go on."""
    settle(hearing, by=by, at=at)


def settle(hearing, *, by, at):
    hearing.settled_by, hearing.settled_at = by, at
    tell_applicant(hearing, notices.settled_mail(hearing))


@HEARING.action("withdraw")
def withdraw_notice(hearing, *, by, at, reason):
    """What was intended is not intended any more; the notice stays to be read with the reason."""
    hearing.because = reason
    tell_applicant(hearing, notices.notice_withdrawn_mail(hearing))


@HEARING.action("expire")
def expire_notice(hearing, *, by, at):
    """The clock, once its last day is over; whoever sent it is told, and may give more time or close it."""
    write_mail(to=hearing.asked_by.email, about=hearing, **notices.silent_mail(hearing))


# what the adverse acts ask


def require_none_open(applications):
    """Nothing is decided on an application (ids) while its people may still say something, or wait for an answer."""
    open_ones = Hearing.objects.under_way().filter(application__in=applications).select_related("application__call")
    if names := [f"{one.application} ({one.get_status_display()})" for one in open_ones]:
        raise WrongState(
            _("A notice before an adverse decision is open on %(names)s. Take the observations into account, close the "
              "notice after its last day, or withdraw it; then repeat this.") % {"names": shortened(names)}
        )  # fmt: skip


def require_no_exclusion_intended(application):
    """Who says at once that it is to go out and that it stays in says nothing."""
    intended = Hearing.objects.under_way().filter(application=application, measure=Hearing.Measure.EXCLUSION)
    if one := intended.first():
        words = {"number": one.reference, "row": application, "status": one.get_status_display()}
        raise WrongState(
            _("The notice %(number)s (%(status)s) tells the applicant that %(row)s is to be excluded. Withdraw it, or "
              "say how the observations were taken into account; then confirm.") % words
        )  # fmt: skip


def require_heard_on(application, checks):
    """On what the office found itself, and the applicant could not read in the call, it is heard before it is excluded;
    not on what follows from the application as it was received."""
    require_none_open([application.pk])
    found = [check for check in checks if is_of_the_office(check)]
    held = Hearing.objects.held().filter(application=application, measure=Hearing.Measure.EXCLUSION)
    last = held.order_by("asked_at").last()
    if new := [check for check in found if last is None or check.decided_at > last.asked_at]:
        raise Incomplete(
            {check.code: f"{check.criterion} {check.found}" for check in new},
            _("The office found this itself, so the applicant is heard first: send a notice from the page of the "
              "application, and go on when it is settled."),
        )  # fmt: skip


def is_of_the_office(check):
    """Found otherwise than the system did, or beside it; and every ground for exclusion in the sense of the law."""
    by_hand = check.passed_by_system or check.code.startswith("OWN_")
    return by_hand or check.kind == check.Kind.EXCLUSION
