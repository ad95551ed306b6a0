"""Questions about calls: each gives exactly the states of its group."""

import pytest

from programmes.models import Call
from programmes.states import CallStatus
from tests.factories import a_call

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("question", "states"),
    [
        ("published", {"PUBLISHED", "CHECKING", "EVALUATION", "RANKED", "DECIDED", "CANCELLED"}),
        ("awaited", {"PUBLISHED"}),
        ("opened", {"CHECKING", "EVALUATION", "RANKED", "DECIDED"}),
        ("in_checks", {"CHECKING"}),
        ("under_evaluation", {"EVALUATION"}),
        ("judged", {"EVALUATION", "RANKED", "DECIDED"}),
        ("ranked", {"RANKED"}),
        ("decided", {"DECIDED"}),
    ],
)
def test_a_question_gives_the_states_of_its_group(question, states):
    for status in CallStatus:
        a_call(status=status)
    assert {one.status for one in getattr(Call.objects, question)()} == states
