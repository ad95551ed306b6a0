"""Admissibility, eligibility, exclusion: the system proposes, an officer confirms or overrides with a reason."""

from django.utils.translation import gettext as _

from applications.actions.hearings import require_heard_on, require_no_exclusion_intended
from applications.models import Check
from applications.states import APPLICATION, CHECK, ApplicationPhase, ApplicationStatus
from core.errors import Incomplete, WrongState
from core.formats import brussels_day
from programmes.states import CallPhase

propose_check = CHECK.plain("propose")


def require_undecided(check):
    """A check of an application whose eligibility is settled is refused."""
    application = check.application
    if not application.stands_in(ApplicationPhase.IN_CHECKS):
        words = {"row": application, "status": application.get_status_display()}
        raise WrongState(_("%(row)s is “%(status)s”: its checks cannot be changed now.") % words)


@CHECK.action("confirm")
def confirm_check(check, *, by, at):
    """The officer agrees with what the system found."""
    require_undecided(check)
    decide(check, passed=check.passed_by_system, by=by, at=at)
    check.reason = ""


@CHECK.action("override")
def override_check(check, *, by, at, reason):
    """The officer finds the opposite, and says why."""
    require_undecided(check)
    decide(check, passed=not check.passed_by_system, by=by, at=at)
    check.reason = reason


@CHECK.action("agree")
def agree_with_finding(check, *, by, at, batch=None):
    """As one of many. What somebody has overridden is not confirmed by it: the table has no such step."""
    require_undecided(check)
    decide(check, passed=check.passed_by_system, by=by, at=at, batch=batch)


@CHECK.action("take_back")
def take_back_confirmation(check, *, by, at, reason):
    """As if nobody had looked; one that somebody confirmed by itself is overridden instead."""
    require_undecided(check)
    if check.batch_id is None:
        raise WrongState(_("%(row)s was confirmed by itself: override it, with your reason.") % {"row": check})
    decide(check, passed=check.passed_by_system, by=None, at=None)


def decide(check, *, passed, by, at, batch=None):
    check.passed, check.officer, check.decided_at, check.batch = passed, by, at, batch


def add_condition(application, *, criterion, found, by, at=None, key=None):
    """An officer finds an announced condition not met that no automatic check looks at; kept as a failed check."""
    return add_check(Check(application=application), criterion=criterion, found=found, by=by, at=at, key=key)


@CHECK.action("add")
def add_check(check, *, by, at, criterion, found):
    missing = {"criterion": criterion.strip(), "found": found.strip()}
    if not all(missing.values()):
        raise Incomplete({name: _("Fill this in.") for name, text in missing.items() if not text})
    require_undecided(check)
    number = check.application.checks.count()
    check.code, check.order, check.kind = f"OWN_{number}", number, Check.Kind.ELIGIBILITY
    check.criterion, check.found = missing["criterion"][:300], missing["found"][:500]
    check.passed_by_system = False
    decide(check, passed=False, by=by, at=at)


@APPLICATION.action("accept")
def accept_application(application, *, by, at):
    """Every condition is met: what the officer has not decided one by one is confirmed with this step."""
    require_no_exclusion_intended(application)
    if failed := list(application.checks.failed()):
        raise Incomplete(
            {check.code: f"{check.criterion} {check.found}" for check in failed},
            _("Not every condition is met. Override the failed checks with your reasons, or exclude the application."),
        )
    confirm_the_rest(application, by=by, at=at)
    if application.consensus_reports.approved().exists():  # put back after it was judged: what was judged stands
        application.status = ApplicationStatus.EVALUATED


@APPLICATION.action("exclude")
def exclude_application(application, *, by, at):
    """At least one announced condition is not met; the record and the letter name each one. Where the office found that
    itself, the applicant was heard before."""
    failed = list(application.checks.failed())
    if not failed:
        raise Incomplete(
            {"checks": _("Override the check that fails, or add the announced condition that is not met.")},
            _("No announced condition is marked as failed, so there is nothing to exclude the application for."),
        )
    require_none_asked(application)
    require_heard_on(application, failed)
    confirm_the_rest(application, by=by, at=at)
    return {"failed conditions": [None, [check.criterion for check in failed]]}


def require_none_asked(application):
    """What the office asked may still change what it finds: nobody is excluded before the answer, or the last day."""
    if one := application.clarifications.waiting().first():
        words = {"row": application, "day": brussels_day(one.due_on)}
        raise WrongState(
            _("%(row)s may answer a clarification until %(day)s. Exclude it after that, or withdraw what you asked.")
            % words
        )


def confirm_the_rest(application, *, by, at):
    for check in application.checks.waiting():
        confirm_check(check, by=by, at=at)


@APPLICATION.action("put_back")
def put_back_application(application, *, by, at):
    """What was accepted or excluded is checked again: a mistake found, or a condition that turns out not to be met.

    Until the decision; no list is drawn up and no decision sent on while it is open. A list that waits has to be drawn
    up anew, one that is signed stays, and the decision follows the new checks.
    """
    if application.call.stands_in(CallPhase.DECIDED):
        raise WrongState(
            _("The award decision on %(call)s is taken. Correct the outcome of %(row)s by a later decision.")
            % {"call": application.call, "row": application}
        )


conclude_application = APPLICATION.plain("conclude")
reopen_application = APPLICATION.plain("reopen")  # in a round of its own
