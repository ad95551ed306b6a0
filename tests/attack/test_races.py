"""Four eyes and “once only” by two people, or one person twice, at the same moment, on the real database."""

from functools import partial

import pytest

from awards.actions import confirm_letter_read, decide, deviate, prepare_decision, propose_decision
from awards.models import Decision, Letter
from core.errors import Refused
from tests.awards.factories import (
    DECIDED,
    ISSUED,
    RANKED,
    a_prepared_decision,
    a_proposed_decision,
    a_ranked_call,
    issue_letters,
)
from tests.awards.factories import a_taken_decision as a_taken
from tests.evaluation.test_races import at_once
from tests.factories import an_applicant, an_authorising_officer, an_officer

pytestmark = pytest.mark.usefixtures("transactional_db")


def refused(results):
    return sum(isinstance(one, Refused) for one in results)


def test_one_call_gets_one_decision():
    call = a_ranked_call()
    acts = [partial(prepare_decision, Decision(call=call), by=an_officer(), at=RANKED) for _ in range(4)]
    assert refused(at_once(*acts)) == 3
    assert Decision.objects.count() == 1


def test_a_decision_is_taken_once_and_its_letters_are_issued_once():
    decision = a_proposed_decision()
    acts = [partial(decide, decision, by=an_authorising_officer(), reason="So.", at=DECIDED) for _ in range(4)]
    assert refused(at_once(*acts)) == 3
    acts = [partial(issue_letters, decision, by=an_officer(), at=ISSUED) for _ in range(4)]
    assert refused(at_once(*acts)) == 3
    assert Letter.objects.count() == decision.lines.count()


def test_no_line_changes_while_the_decision_leaves_its_preparer():
    """Either the change came first and stands in what was sent, or it is refused."""
    officer, other = an_officer(), an_officer()
    decision = a_prepared_decision(officer=officer)
    line = decision.lines.awards().first()
    less = line.contribution - 1000
    changes = partial(
        deviate, decision, by=other, at=DECIDED, reason="Less.", line=line, outcome="AWARD", contribution=less
    )
    results = at_once(changes, partial(propose_decision, decision, by=officer, at=DECIDED))
    decision.refresh_from_db()
    line.refresh_from_db()
    assert decision.status == "PROPOSED"
    assert (line.contribution == less) == (not isinstance(results[0], Refused))
    assert (str(other.pk) in decision.handler_ids) == (line.contribution == less)


def test_a_letter_is_read_once():
    letter = a_taken_letter()
    readers = [an_applicant(letter.application.applicant) for _ in range(3)]
    acts = [partial(confirm_letter_read, letter, by=one, at=ISSUED) for one in readers]
    assert refused(at_once(*acts)) == 2


def a_taken_letter():
    decision = issue_letters(a_taken(), by=an_officer(), at=ISSUED)
    Letter.objects.filter(decision=decision).update(
        status="SENT", sent_at=ISSUED, drawn_at=ISSUED, counts_as_read_at=ISSUED, pdf_path="x", pdf_sha256="0" * 64
    )
    return decision.letters.first()
