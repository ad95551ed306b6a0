"""Nobody is forgotten when a call moves on to its evaluation."""

import pytest

from applications.states import BEFORE_EVALUATION, NAMED_BY, ApplicationStatus
from audit.models import AuditRecord
from core.errors import WrongState
from programmes.actions import start_evaluation
from programmes.actions.moves import forgotten, require_nobody_forgotten
from programmes.models import Call
from tests.awards.factories import a_submitted_application
from tests.factories import a_call, an_officer

pytestmark = pytest.mark.django_db


def a_checked_call():
    call = a_call(status="CHECKING")
    a_submitted_application(call, status="ELIGIBLE")
    return call


@pytest.mark.parametrize("status", [state for state in ApplicationStatus if state not in BEFORE_EVALUATION])
def test_whoever_stands_in_no_group_of_the_evaluation_is_named_and_the_call_waits(status):
    call = a_checked_call()
    left = a_submitted_application(call, status=status)
    with pytest.raises(WrongState) as refusal:
        start_evaluation(call, by=an_officer())
    assert refusal.value.sentence == (
        f"Not settled yet: {left.reference} (“{status.label}”). "
        f"Every application of {call} must be settled before this, or its end."
    )
    assert Call.objects.get().status == "CHECKING"
    assert not AuditRecord.objects.exists()


@pytest.mark.parametrize("status", BEFORE_EVALUATION)
def test_whoever_is_settled_stops_nothing(status):
    call = a_checked_call()
    a_submitted_application(call, status=status)
    assert start_evaluation(call, by=an_officer()).status == "EVALUATION"


def test_of_many_the_first_five_are_named():
    call = a_checked_call()
    for _number in range(7):
        a_submitted_application(call, status="CHECKING")
    with pytest.raises(WrongState, match=r"-006 \(“checks under way”\) and 2 more\."):
        start_evaluation(call, by=an_officer())


def test_a_draft_that_nobody_set_aside_is_named_by_nothing_that_its_owner_wrote():
    call = a_checked_call()
    a_submitted_application(call, status="DRAFT", reference=None, acronym="SECRET")
    assert forgotten(call, "start_evaluation") == "one without a number (“draft”)"


@pytest.mark.parametrize("move", NAMED_BY)
def test_applications_of_another_call_stop_nothing(move):
    a_submitted_application(a_call(status="CHECKING"), status="CHECKING")
    require_nobody_forgotten(a_call(status="CHECKING"), move)
