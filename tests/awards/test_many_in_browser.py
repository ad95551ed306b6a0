"""What is confirmed for many at once, at a real browser, wide and narrow, without a violation."""

import pytest
from django.urls import reverse

from applications.actions import propose_checks
from applications.models import Check
from awards.actions import issue_letters
from core import clock
from evaluation.actions import propose_rapporteurs
from tests.awards.factories import a_submitted_application, a_taken_decision
from tests.evaluation.factories import a_call_under_evaluation, a_signed, an_eligible_application
from tests.evaluation.test_in_browser import browse, see  # noqa: F401 - a fixture
from tests.factories import a_call, an_evaluator, an_officer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]


def a_call_in_checks():
    call = a_call(status="CHECKING")
    application = a_submitted_application(call, status="CHECKING")
    for order, passed in enumerate([True, False]):
        Check.objects.create(
            application=application, status="PROPOSED", kind="ELIGIBILITY", code=f"C{order}", order=order,
            criterion="The requested contribution is at most EUR 900 000.00, whatever the budget of the call may hold.",
            found="Requested: EUR 400 000.00.", passed_by_system=passed, passed=passed,
        )  # fmt: skip
    return call


def test_looked_at_confirmed_and_watched(browse):  # noqa: F811
    officer, in_checks, judged = an_officer(), a_call_in_checks(), a_call_under_evaluation()
    application = an_eligible_application(judged)
    for name in ("Ana", "Ben"):
        a_signed(application, an_evaluator(name=name))
    decision, leaves = a_taken_decision(), a_taken_decision()
    gone = leaves.lines.first().application
    gone.status = "RETRACTED"
    gone.save()
    issued = issue_letters(leaves, by=officer, at=clock.now())
    looking = browse(officer)
    for name, address in {
        "issue": reverse("decision_step_preview", args=[decision.pk, "issue"]),
        "issued": reverse("batch_progress", args=[issued.pk]),
        "call_checks": reverse("call_checks", args=[in_checks.pk]),
        "check_batch": propose_checks(in_checks, by=officer).get_absolute_url(),
        "rapporteurs": reverse("appoint_rapporteur", args=[judged.pk]),
        "propose_rapporteurs": reverse("propose_rapporteurs", args=[judged.pk]),
        "rapporteurs_batch": propose_rapporteurs(judged, by=officer).get_absolute_url(),
    }.items():
        assert see(looking, address, name) == [], name
