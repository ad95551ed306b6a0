"""Admissibility, eligibility, exclusion: the system proposes, an officer confirms or overrides with a reason."""

from functools import wraps

from django.db import transaction
from django.utils.translation import gettext as _

from applications.models import Application, Check
from applications.states import APPLICATION, CHECK, ApplicationPhase
from core import clock
from core.errors import Incomplete, WrongState

propose_check = CHECK.plain("propose")


def below_its_application(name):
    """A check is decided while its application is held: two officers cannot accept and override at once."""

    def decorate(body):
        act = CHECK.action(name)(body)

        @wraps(body)
        def take(check, *, by, at=None, reason=""):
            with transaction.atomic():
                hold_under_check(check.application_id)
                return act(check, by=by, at=at, reason=reason)

        CHECK.actions[name] = take
        return take

    return decorate


def hold_under_check(application_id):
    """Lock the application; a check of one whose eligibility is settled is refused."""
    application = Application._base_manager.select_for_update().get(pk=application_id)
    if not application.stands_in(ApplicationPhase.IN_CHECKS):
        words = {"row": application, "status": application.get_status_display()}
        raise WrongState(_("%(row)s is “%(status)s”: its checks cannot be changed now.") % words)
    return application


@below_its_application("confirm")
def confirm_check(check, *, by, at):
    """The officer agrees with what the system found."""
    decide(check, passed=check.passed_by_system, by=by, at=at)
    check.reason = ""


@below_its_application("override")
def override_check(check, *, by, at, reason):
    """The officer finds the opposite, and says why."""
    decide(check, passed=not check.passed_by_system, by=by, at=at)
    check.reason = reason


def decide(check, *, passed, by, at):
    check.passed, check.officer, check.decided_at = passed, by, at


def add_condition(application, *, criterion, found, by, at=None):
    """An officer finds an announced condition not met that no automatic check looks at; kept as a failed check."""
    missing = {"criterion": criterion.strip(), "found": found.strip()}
    if not all(missing.values()):
        raise Incomplete({name: _("Fill this in.") for name, text in missing.items() if not text})
    with transaction.atomic():
        application = hold_under_check(application.pk)
        number = application.checks.count()
        check = Check(
            application=application, code=f"OWN_{number}", kind=Check.Kind.ELIGIBILITY, order=number,
            criterion=criterion.strip()[:300], found=found.strip()[:500], passed_by_system=False, passed=False,
        )  # fmt: skip
        at = at or clock.now()
        return confirm_check(propose_check(check, by=by, at=at), by=by, at=at)


@APPLICATION.action("accept")
def accept_application(application, *, by, at):
    """Every condition is met: what the officer has not decided one by one is confirmed with this step."""
    if failed := list(application.checks.failed()):
        raise Incomplete(
            {check.code: f"{check.criterion} {check.found}" for check in failed},
            _("Not every condition is met. Override the failed checks with your reasons, or exclude the application."),
        )
    confirm_the_rest(application, by=by, at=at)


@APPLICATION.action("exclude")
def exclude_application(application, *, by, at):
    """At least one announced condition is not met; the record and the letter name each one."""
    failed = list(application.checks.failed())
    if not failed:
        raise Incomplete(
            {"checks": _("Override the check that fails, or add the announced condition that is not met.")},
            _("No announced condition is marked as failed, so there is nothing to exclude the application for."),
        )
    confirm_the_rest(application, by=by, at=at)
    return {"failed conditions": [None, [check.criterion for check in failed]]}


def confirm_the_rest(application, *, by, at):
    for check in application.checks.waiting():
        confirm_check(check, by=by, at=at)


conclude_application = APPLICATION.plain("conclude")
