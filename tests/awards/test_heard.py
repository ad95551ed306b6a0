"""An award decision treats nobody worse unheard, and its letter says what came of the notice, where it is so."""

from copy import deepcopy
from datetime import timedelta
from decimal import Decimal

import pytest

from applications.models import Hearing
from awards.actions import decide, deviate, prepare_decision, propose_decision
from awards.documents import page_of
from awards.models import Decision
from awards.proofs import Sources, counted_from, faults_of, faults_of_page
from core.days import day_of
from core.errors import WrongState
from tests.applications.factories import a_notice, heard
from tests.awards.factories import ISSUED, RANKED, a_prepared_decision, an_issued_decision, issue_letters
from tests.factories import an_authorising_officer, an_officer

pytestmark = pytest.mark.django_db
LATER = ISSUED + timedelta(days=40)
WHY = "A judgment for fraud was found."


def beside_the_list(decision, *, officer):
    """The first of the list is to be rejected on a ground for exclusion."""
    line = decision.lines.get(rank=1)
    change = {"outcome": "REJECTION", "stage": "EXCLUSION", "reason": WHY, "line": line}
    return deviate(decision, by=officer, at=RANKED, **change), line.application


def taken(decision, *, at=RANKED):
    decision = propose_decision(decision, by=an_officer(), at=at)
    return decide(decision, by=an_authorising_officer(), at=at, reason="As proposed.")


def faults(letter, facts=None):
    source = Sources(letter.decision, [letter.application_id]).of(letter.application_id)
    return faults_of(facts or letter.facts, source, days=counted_from(day_of(letter.written_at), source.call))


def test_nobody_is_rejected_beside_the_list_unheard_and_the_letter_says_so():
    officer = an_officer()
    decision, application = beside_the_list(a_prepared_decision(), officer=officer)
    with pytest.raises(WrongState, match="Not heard before this decision"):
        taken(decision)
    row = a_notice(application, by=officer, at=RANKED, measure="REJECTION")
    with pytest.raises(WrongState, match="is open on"):
        taken(decision)
    Hearing.objects.filter(pk=row.pk).update(status="WITHDRAWN", because="Said badly.")
    heard(application, by=officer, at=RANKED, measure="REJECTION")
    letters = issue_letters(taken(decision), by=officer, at=ISSUED).letters
    letter = letters.get(application=application)
    assert letter.facts["hearing"]["reference"] == f"{application.reference}/N2"
    assert faults(letter) == faults_of_page(letter.facts) == []
    page = page_of(letter.facts)
    assert "Your observations of" in page
    assert "Its statutes say otherwise." in page
    others = letters.exclude(application=application)
    assert {str(one.facts["hearing"]) for one in others} == {"None"}


def test_the_prover_finds_a_word_about_a_hearing_that_is_not_so():
    officer = an_officer()
    decision, application = beside_the_list(a_prepared_decision(), officer=officer)
    heard(application, by=officer, at=RANKED, measure="REJECTION")
    letters = issue_letters(taken(decision), by=officer, at=ISSUED).letters
    letter, other = letters.get(application=application), letters.get(kind="RESERVE")
    for name, value in letter.facts["hearing"].items():
        facts = deepcopy(letter.facts)
        facts["hearing"][name] = "2020-01-01" if name.endswith("_on") else f"{value}x"
        assert faults(letter, facts), name
    assert faults(letter, {**letter.facts, "hearing": None})
    assert faults(other, {**other.facts, "hearing": letter.facts["hearing"]})


def test_without_observations_the_letter_says_that_none_came():
    officer = an_officer()
    decision, application = beside_the_list(a_prepared_decision(), officer=officer)
    row = a_notice(application, by=officer, at=RANKED, measure="REJECTION")
    Hearing.objects.filter(pk=row.pk).update(status="CLOSED", settled_by=officer, settled_at=RANKED)
    letter = issue_letters(taken(decision), by=officer, at=ISSUED).letters.get(application=application)
    assert "No observations came until the end of" in page_of(letter.facts)
    assert faults(letter) == []


@pytest.mark.parametrize("change", [
    {"outcome": "AWARD", "contribution": Decimal(300_000)},
    {"outcome": "REJECTION", "stage": "EXCLUSION"},
], ids=["lowered", "taken back"])  # fmt: skip
def test_an_award_in_force_is_neither_lowered_nor_taken_back_unheard(change):
    call, officer = an_issued_decision().call, an_officer()
    application = call.decisions.get().lines.get(rank=1).application
    heard(application, by=officer, at=RANKED, measure="REJECTION")  # it was about something else
    decision = prepare_decision(
        Decision(call=call, cause="CORRECTION"), by=officer, at=LATER, applications=[application]
    )
    deviate(decision, by=officer, at=LATER, line=decision.lines.get(), reason=WHY, **change)
    with pytest.raises(WrongState, match="taking back or lowering an award"):
        taken(decision, at=LATER)
    heard(application, by=officer, at=LATER, measure="LESS")
    letter = issue_letters(taken(decision, at=LATER), by=officer, at=LATER).letters.get()
    assert letter.facts["hearing"]["reference"].endswith("/N2")
    assert faults(letter) == faults_of_page(letter.facts) == []


def test_a_call_is_not_decided_while_one_of_its_applicants_may_still_say_something():
    decision = a_prepared_decision()
    a_notice(decision.lines.get(rank=2).application, by=an_officer(), at=RANKED, measure="REJECTION")
    with pytest.raises(WrongState, match="is open on"):
        taken(decision)
