"""Questions about decisions, their lines and letters: each gives exactly the states of its group."""

import pytest

from awards.models import Decision, DecisionLine, Letter
from awards.states import LetterStatus
from tests.awards.factories import a_prepared_decision, a_proposed_decision, a_taken_decision, an_issued_decision
from tests.factories import AFTER

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("question", "states"),
    [
        ("proposed", {"PROPOSED"}),
        ("of_officers", {"PREPARED", "DECIDED"}),
        ("taken", {"DECIDED", "ISSUED"}),
        ("issued", {"ISSUED"}),
    ],
)
def test_a_question_about_decisions_gives_the_states_of_its_group(question, states):
    for made in (a_prepared_decision, a_proposed_decision, a_taken_decision, an_issued_decision):
        made()
    assert {one.status for one in getattr(Decision.objects, question)()} == states


def test_lines_are_issued_with_their_decision():
    a_taken_decision()
    issued = an_issued_decision()
    assert set(DecisionLine.objects.issued()) == set(issued.lines.all())


@pytest.mark.parametrize(
    ("question", "states"), [("waiting", {"WAITING"}), ("unread", {"SENT"}), ("arrived", {"SENT", "READ"})]
)
def test_a_question_about_letters_gives_the_states_of_its_group(question, states):
    letters = an_issued_decision().letters.order_by("pk")
    for letter, status in zip(letters, LetterStatus, strict=False):
        moments = {"sent_at": AFTER, "read_at": AFTER, "counts_as_read_at": AFTER, "drawn_at": AFTER}
        Letter.objects.filter(pk=letter.pk).update(
            status=status, pdf_path="a", pdf_sha256="b", **(moments if status != "WAITING" else {})
        )
    assert {one.status for one in getattr(Letter.objects, question)()} == states
