"""Closing time and the checks: the clock opens what came in, the officers decide on each condition."""

from datetime import timedelta

from accounts.models import User
from applications.actions import (
    accept_application,
    confirm_check,
    exclude_application,
    open_application,
    override_check,
    set_aside_application,
)
from applications.models import Application
from demo.moments import a_while_before, at_work
from demo.people import officer, second_officer
from programmes.actions import open_applications, start_evaluation


def open_all(call):
    """What the clock does at closing time; here at that of the story, so that the clock finds nothing to do now."""
    clock, at = User.objects.clock(), call.opened_from
    open_applications(call, by=clock, at=at)
    for draft in Application.objects.of_call(call).drafts():
        set_aside_application(draft, by=clock, at=at)
    for application in Application.objects.of_call(call).submitted().order_by("submitted_at", "acronym"):
        open_application(application, by=clock, at=at)


def decide_all(call, said, *, at):
    """Two officers share the checks; what fails is excluded, save where a clerical error is overridden."""
    said = {one["acronym"]: one for one in said}
    officers = officer(), second_officer()
    for place, application in enumerate(Application.objects.of_call(call).in_checks()):
        moment = at_work(a_while_before(at, application.acronym, "check", hours=150))
        decide(application, said[application.acronym], by=officers[place % 2], at=moment)


def decide(application, said, *, by, at):
    if code := said.get("override"):
        override_check(application.checks.get(code=code), by=by, at=at, reason=said["override_reason"])
    failed = list(application.checks.filter(passed=False))
    for check in failed:
        confirm_check(check, by=by, at=at)
    if failed:
        exclude_application(application, by=by, at=at + timedelta(minutes=9), reason=why(failed))
    else:
        accept_application(application, by=by, at=at + timedelta(minutes=9))


def why(failed):
    return "Not eligible: " + " ".join(f"{check.criterion} {check.found}" for check in failed)


def begin_evaluation(call, *, at):
    return start_evaluation(call, by=officer(), at=at)
