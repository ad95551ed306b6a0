"""Questions about applications: each gives exactly the states of its group, whatever else stands in the table."""

import pytest

from applications.models import Application, Check
from applications.querysets import calls_to_check
from applications.states import ApplicationStatus, CheckStatus
from awards.models import DecisionLine
from tests.awards.factories import a_prepared_decision, a_ranked_call, a_submitted_application
from tests.factories import AFTER, CLOSES, NOON, a_call, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def one_of_each():
    call = a_call(status="EVALUATION")
    return [a_submitted_application(call, status=status) for status in ApplicationStatus]


@pytest.mark.parametrize(
    ("question", "states"),
    [
        ("drafts", {"DRAFT"}),
        ("submitted", {"SUBMITTED"}),
        ("in_checks", {"CHECKING"}),
        ("evaluable", {"ELIGIBLE"}),
        ("excluded", {"INELIGIBLE"}),
        ("evaluated", {"EVALUATED"}),
        ("judged", {"ELIGIBLE", "EVALUATED"}),
        ("in_procedure", {"CHECKING", "ELIGIBLE", "INELIGIBLE", "EVALUATED"}),
        ("handed_in", {"SUBMITTED", "CHECKING", "ELIGIBLE", "INELIGIBLE", "EVALUATED", "RETRACTED"}),
        ("opened", {"SUBMITTED", "CHECKING", "ELIGIBLE", "INELIGIBLE", "EVALUATED", "RETRACTED"}),
        ("retracted", {"RETRACTED"}),
        ("taken_back", {"WITHDRAWN", "UNSENT"}),
    ],
)
def test_a_question_gives_the_states_of_its_group(one_of_each, question, states):
    assert {one.status for one in getattr(Application.objects, question)()} == states


@pytest.mark.parametrize(
    ("move", "states"),
    [
        ("start_evaluation", {"DRAFT", "SUBMITTED", "CHECKING", "EVALUATED"}),
        ("draw_up", {"DRAFT", "SUBMITTED", "CHECKING", "ELIGIBLE"}),
        ("issue", {"DRAFT", "SUBMITTED", "CHECKING"}),  # what was decided on may be judged again already
    ],
)
def test_a_move_would_forget_whoever_it_does_not_name(one_of_each, move, states):
    assert {one.status for one in Application.objects.forgotten_by(move)} == states


@pytest.mark.parametrize("status", ["DRAFT", "PUBLISHED"])
@pytest.mark.parametrize("question", ["opened", "taken_back"])
def test_before_its_call_is_opened_nothing_is_told(status, question):
    call = a_call(status=status)
    for state in ApplicationStatus:
        a_submitted_application(call, status=state)
    assert not getattr(Application.objects, question)().exists()


def test_a_draft_that_was_never_submitted_was_not_taken_back():
    a_submitted_application(a_call(status="CHECKING"), status="UNSENT", versions=0)
    assert not Application.objects.taken_back().exists()


def test_calls_are_open_until_their_closing_time():
    draft = a_submitted_application(a_call(), status="DRAFT")
    a_submitted_application(a_call(status="CHECKING"), status="DRAFT")
    assert list(Application.objects.of_open_calls(NOON)) == [draft]
    assert not Application.objects.of_open_calls(CLOSES).exists()


def test_whoever_is_in_no_line_is_without_outcome():
    decision = a_prepared_decision(a_ranked_call())
    left = a_submitted_application(decision.call)
    a_submitted_application(decision.call, status="WITHDRAWN")
    assert list(Application.objects.without_outcome(DecisionLine.objects.all())) == [left]


def test_calls_to_check_count_what_waits():
    call, settled = a_call(status="CHECKING"), a_call(status="CHECKING")
    for status in ("CHECKING", "CHECKING", "ELIGIBLE"):
        a_submitted_application(call, status=status)
    a_submitted_application(settled, status="INELIGIBLE")
    a_submitted_application(a_call(status="EVALUATION"), status="CHECKING")
    assert [(one, one.waiting) for one in calls_to_check(an_officer())] == [(call, 2)]


def test_checks_wait_until_an_officer_decides():
    application = a_submitted_application(a_call(status="CHECKING"), status="CHECKING")
    for order, status in enumerate(CheckStatus):
        Check.objects.create(
            application=application, status=status, kind="ELIGIBILITY", code=f"C{order}", criterion="A condition",
            found="", passed_by_system=True, passed=True, order=order, decided_at=AFTER,
        )  # fmt: skip
    assert [one.status for one in Check.objects.waiting()] == ["PROPOSED"]
