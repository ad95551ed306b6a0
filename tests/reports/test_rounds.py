"""Reports after a second decision and a second round: both are shown, what is in force counts, and once."""

from datetime import timedelta
from decimal import Decimal

import pytest

from awards.actions import decide, deviate, prepare_decision, propose_decision
from awards.models import Decision
from evaluation.actions import draw_up_list, evaluate_again, sign_record
from reports.catalogue import REPORTS
from reports.proofs import PROOFS
from reports.querysets import places_on_the_list
from tests.applications.factories import heard
from tests.awards.factories import issue_letters
from tests.evaluation import factories
from tests.evaluation.factories import DAY, an_evaluated
from tests.factories import a_national_auditor, an_auditor, an_authorising_officer, an_officer
from tests.reports.factories import about
from tests.reports.test_proofs import sql
from tests.reports.test_rows import told

pytestmark = pytest.mark.django_db

LATER = DAY + timedelta(days=60)
LESS = Decimal("280000.00")


@pytest.fixture(autouse=True)
def _later(monkeypatch):
    """Whoever judges again does so after the first decision, in the order of the trail."""
    monkeypatch.setattr(factories, "DAY", LATER)


@pytest.fixture
def corrected(decided):
    """The amount of the second award is corrected by a decision of its own; its letter is issued."""
    officer = decided.officer
    decision = prepare_decision(
        Decision(call=decided.call, cause="CORRECTION"), by=officer, at=LATER, applications=[decided.entries[1]]
    )
    change = {"line": decision.lines.get(), "outcome": "AWARD", "contribution": LESS}
    decision = deviate(decision, by=officer, at=LATER, reason="One flight too many.", **change)
    heard(decided.entries[1], by=officer, at=LATER, measure="LESS")
    propose_decision(decision, by=officer, at=LATER)
    decision = decide(decision, by=an_authorising_officer(), at=LATER, reason="An error of calculation.")
    return issue_letters(decision, by=officer, at=LATER)


def ranked_again(decided, points):
    """The last of the list is judged anew, and the list signed again."""
    application, officer = decided.entries[3], an_officer()
    evaluate_again(decided.call, [application], by=officer, cause="REDRESS", reason="An error of fact.", at=LATER)
    application.refresh_from_db()
    an_evaluated(application, points=points)
    ranked_list = draw_up_list(decided.call, by=officer, at=LATER)
    for seat in decided.call.seats.sitting():
        sign_record(seat, by=seat.member, at=LATER)
    return ranked_list


def test_the_decision_file_shows_both_decisions_and_what_is_in_force(decided, corrected):
    rows = [row for row in told("award-decision", decided.call, an_auditor()) if row["acronym"] == "CANARYDE"]
    assert [(row["cause"], row["contribution"], row["in_force"]) for row in rows] == [
        ("first decision", Decimal("287900.00"), "no"), ("correction of an error", LESS, "yes"),
    ]  # fmt: skip
    assert [row["decision"] for row in rows] == [decided.decision.number, f"{decided.decision.number}-2"]
    figures = REPORTS["award-decision"].figures(about(decided.call), an_auditor())
    assert figures[-1][1].replace("\u00a0", " ") == "EUR 568 900.00"
    assert [text for label, text in figures if label == "Decision"] == [row["decision"] for row in rows]


def test_an_open_decision_is_in_no_report(decided):
    before = told("award-decision", decided.call, an_auditor())
    prepare_decision(
        Decision(call=decided.call, cause="CORRECTION"), by=decided.officer, at=LATER, applications=[decided.entries[1]]
    )
    assert told("award-decision", decided.call, an_auditor()) == before
    assert {row["in_force"] for row in before} == {"yes"}


def test_statistics_count_each_award_once(decided, corrected):
    whole = told("statistics", decided.call, an_auditor())[0]
    assert (whole["successful"], whole["awarded"]) == (2, Decimal("288900.00") + LESS)


def test_the_days_of_the_law_are_those_of_the_first_decision(decided):
    before = REPORTS["statistics"].figures(about(decided.call), an_auditor())[6:]
    officer, judged = decided.officer, [decided.entries[3]]
    decision = prepare_decision(Decision(call=decided.call, cause="REDRESS"), by=officer, at=LATER, applications=judged)
    propose_decision(decision, by=officer, at=LATER)
    decide(decision, by=an_authorising_officer(), at=LATER, reason="The review changes nothing.")
    assert REPORTS["statistics"].figures(about(decided.call), an_auditor())[6:] == before


def test_the_register_of_letters_says_what_replaces_what(decided, corrected):
    rows = [row for row in told("notifications", decided.call, an_auditor()) if row["acronym"] == "CANARYDE"]
    first, second = rows
    assert [first["reference"][-3:], second["reference"][-3:]] == ["/L1", "/L2"]
    assert (first["replaces"], second["replaces"]) == ("", f"{first['reference']}: An error of calculation.")
    assert (second["reject_by"], second["in_time"]) == (None, "")


def test_the_score_matrix_sets_each_round_beside_its_own_agreement(decided):
    ranked_again(decided, {"REL": "40", "QUA": "36", "IMP": "18"})
    rows = [
        (row["round"], row["points"], row["agreed"])
        for row in told("score-matrix", decided.call, an_auditor())
        if row["acronym"] == "HERMES" and row["criterion"].startswith("REL")
    ]
    assert rows == [*2 * [(1, Decimal(20), Decimal(20))], *2 * [(2, Decimal(40), Decimal(40))]]
    declared = [row["round"] for row in told("conflicts", decided.call, an_auditor()) if row["acronym"] == "HERMES"]
    assert sorted(declared) == [1, 1, 2, 2]


def test_the_ranked_list_is_the_last_one_signed(decided):
    ranked_list = ranked_again(decided, {"REL": "40", "QUA": "40", "IMP": "20"})
    rows = told("ranked-list", decided.call, an_auditor())
    assert [row["acronym"] for row in rows] == ["HERMES", "GRIFON", "CANARYDE", "CANARYFR"]
    assert dict(REPORTS["ranked-list"].figures(about(decided.call), an_auditor()))["SHA-256 of the signed list"] == (
        ranked_list.sha256
    )
    assert [entry.position for entry in places_on_the_list(decided.call, a_national_auditor("FR"))] == [4]


@pytest.mark.usefixtures("people_of_before")
def test_everything_is_proved_after_a_second_round_and_decision(decided, corrected):
    ranked_again(decided, {"REL": "40", "QUA": "36", "IMP": "18"})
    assert [sentence for proof in PROOFS.values() for sentence in proof()] == []


def test_a_place_changed_behind_a_seal_is_found(decided):
    sql("UPDATE evaluation_rankedentry SET contribution = contribution + 1 WHERE ranked_list_id = %s",
        decided.ranked_list.pk)  # fmt: skip
    assert list(PROOFS["signed lists have the seal of their places"]()) == [
        f"The places of {decided.ranked_list} do not have the SHA-256 that the committee signed."
    ]
