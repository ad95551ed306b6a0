"""Decided again: a reserve taken up, a review, an error corrected; what is in force is what was decided last."""

import json
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import AuditRecord
from awards.actions import (
    decide,
    deviate,
    prepare_decision,
    propose_decision,
    replace_letter,
    send_letter,
)
from awards.desk import waiting_for
from awards.documents import context_of, draw_letter, title_of
from awards.documents.formats import READERS
from awards.documents.letters import digest_of
from awards.models import Decision, DecisionLine, Letter
from awards.querysets import calls_to_decide
from core.errors import Incomplete, NotAllowed, WrongState
from evaluation.actions import evaluate_again
from promises.models import Promise
from tests.applications.factories import heard
from tests.awards.factories import DECIDED, ISSUED, a_prepared_decision, a_ranked_call, a_taken_decision, issue_letters
from tests.awards.factories import an_issued_decision as an_issued
from tests.awards.test_documents import text_of
from tests.evaluation.test_races import at_once
from tests.factories import an_applicant, an_auditor, an_authorising_officer, an_officer, the_clock

pytestmark = pytest.mark.django_db

LATER = ISSUED + timedelta(days=40)
GROWN = Decimal(1_300_000)  # the money of three awards
WHY = "The amount was copied from the wrong line of the budget."


def a_decided_call(**fields):
    """A call whose first decision is issued: two awards of 400,000, one on the reserve, two rejections."""
    return an_issued(a_ranked_call(**{"budget": GROWN, **fields})).call


def outcomes(call):
    """{place: (outcome, euro)} of what is in force."""
    lines = DecisionLine.objects.of_call(call).in_force()
    return {place_of(line): (line.outcome, int(line.contribution)) for line in lines}


def place_of(line):
    """Its rank, or where it failed before it could have one."""
    return line.rank or line.stage


def application_of(call, place):
    return next(line for line in call.decisions.get(ordinal=1).lines.all() if place_of(line) == place).application


def prepared(call, cause, *ranks, by=None):
    about = [application_of(call, rank) for rank in ranks]
    call.refresh_from_db()
    return prepare_decision(Decision(call=call, cause=cause), by=by or an_officer(), applications=about, at=LATER)


def taken(decision, *, reason="The money is there."):
    decision = propose_decision(decision, by=an_officer(), at=LATER)
    return decide(decision, by=an_authorising_officer(), reason=reason, at=LATER)


def issued(decision, **words):
    return issue_letters(taken(decision, **words), by=an_officer(), at=LATER)


def corrected(call, rank, contribution, *, reason=WHY):
    """A correction of one amount, its letter issued."""
    decision = prepared(call, "CORRECTION", rank)
    decision = deviate(
        decision, by=an_officer(), reason=reason, line=decision.lines.get(), outcome="AWARD", at=LATER,
        contribution=Decimal(contribution),
    )  # fmt: skip
    heard(decision.lines.get().application, by=an_officer(), at=LATER + timedelta(minutes=1), measure="LESS")
    return issued(decision, reason=reason)


def sent(letter, at=ISSUED):
    return send_letter(letter, by=the_clock(), at=at, path="letters/x", sha256="0" * 64)


FIRST = {
    1: ("AWARD", 400_000), 2: ("AWARD", 400_000), 3: ("RESERVE", 0), "THRESHOLD": ("REJECTION", 0),
    "ELIGIBILITY": ("REJECTION", 0),
}  # fmt: skip


# the first one


def test_the_first_decision_is_the_initial_one_and_in_force_once_it_is_taken():
    decision = a_prepared_decision()
    assert (decision.ordinal, decision.cause) == (1, "INITIAL")
    assert outcomes(decision.call) == {}
    taken(decision)
    assert outcomes(decision.call) == FIRST


def test_its_number_is_what_it_always_was():
    decision = a_taken_decision()
    assert decision.number == f"{decision.call.reference}/DEC-2021"


# a reserve taken up


def test_a_reserve_taken_up_changes_the_outcome_of_that_one_alone():
    call = a_decided_call()
    decision = prepared(call, "RESERVE", 3)
    line = decision.lines.get()
    assert (decision.ordinal, line.outcome, line.contribution, line.deviates) == (2, "AWARD", 400_000, False)
    assert line.reason == "Place 3 on the ranked list with 77.00 points: taken up from the reserve list."
    assert outcomes(call) == FIRST
    decision = taken(decision)
    assert outcomes(call) == {**FIRST, 3: ("AWARD", 400_000)}
    assert decision.number == f"{call.reference}/DEC-2021-2"
    call.refresh_from_db()
    assert call.status == "DECIDED"
    assert DecisionLine.objects.of_call(call).in_force().awarded() == Decimal(1_200_000)


def test_its_letter_is_the_second_of_that_applicant_and_replaces_none():
    call = a_decided_call()
    decision = issued(prepared(call, "RESERVE", 3))
    letter = decision.letters.get()
    assert (letter.kind, letter.replaces, letter.facts["replaces"]) == ("AWARD", None, None)
    assert letter.reference == letter.facts["reference"] == f"{letter.application.reference}/L2"
    assert Letter.objects.get(application=letter.application, kind="RESERVE").reference.endswith("/L1")
    assert Promise.objects.filter(kind="letter", subject_id=letter.pk).exists()


def test_awards_of_all_decisions_together_stay_within_the_budget():
    call = a_decided_call(budget=Decimal(1_000_000))
    decision = prepared(call, "RESERVE", 3)
    with pytest.raises(Incomplete, match=r"200.000\.00 more than the budget"):
        propose_decision(decision, by=an_officer(), at=LATER)
    less = {"outcome": "AWARD", "contribution": Decimal(200_000), "reason": "What is left."}
    decision = deviate(decision, by=an_officer(), line=decision.lines.get(), at=LATER, **less)
    taken(decision)
    assert outcomes(call)[3] == ("AWARD", 200_000)


def test_only_who_is_on_the_reserve_is_taken_up_from_it():
    call = a_decided_call()
    for rank in (1, "THRESHOLD", "ELIGIBILITY"):
        with pytest.raises(Incomplete) as refusal:
            prepared(call, "RESERVE", rank)
        assert "not on the reserve list" in refusal.value.gaps["applications"]
    issued(prepared(call, "RESERVE", 3))
    with pytest.raises(Incomplete):
        prepared(call, "RESERVE", 3)
    assert call.decisions.count() == 2


# a correction


def test_a_correction_replaces_one_line_and_money_counts_once():
    call = a_decided_call()
    decision = corrected(call, 2, 350_000)
    assert outcomes(call) == {**FIRST, 2: ("AWARD", 350_000)}
    assert DecisionLine.objects.of_call(call).in_force().awarded() == Decimal(750_000)
    assert call.decisions.get(ordinal=1).lines.get(rank=2).contribution == 400_000
    assert decision.lines.get().deviates


def test_a_correction_begins_with_what_is_in_force():
    call = a_decided_call()
    corrected(call, 2, 350_000)
    lines = {place_of(line): line for line in prepared(call, "CORRECTION", 2, "ELIGIBILITY").lines.all()}
    assert (lines[2].contribution, lines[2].deviation_reason) == (350_000, WHY)
    assert (lines["ELIGIBILITY"].outcome, lines["ELIGIBILITY"].stage) == ("REJECTION", "ELIGIBILITY")


def test_a_corrected_letter_names_what_it_replaces_and_the_first_stays_readable(client):
    call = a_decided_call()
    first = sent(Letter.objects.get(application=application_of(call, 2)))
    reader = an_applicant(first.application.applicant)
    letter = corrected(call, 2, 350_000).letters.get()
    assert (letter.replaces, letter.replaced_because) == (first, WHY)
    assert letter.facts["replaces"] == {"reference": first.reference, "date": first.facts["date"], "because": WHY}
    text = text_of(draw_letter(letter.facts))
    assert f"This letter replaces our letter {first.reference} of 2 April 2021." in text
    assert WHY in text
    assert "replaces our letter" not in text_of(draw_letter(first.facts))

    client.force_login(reader)
    page = client.get(first.get_absolute_url()).content.decode()
    assert letter.reference not in page  # nothing is said of a letter before it is sent
    sent(letter, at=LATER)
    page = client.get(first.get_absolute_url()).content.decode()
    assert "Replaced by" in page
    assert letter.get_absolute_url() in page
    page = client.get(letter.get_absolute_url()).content.decode()
    assert first.get_absolute_url() in page
    assert WHY in page


def test_the_preview_of_a_correction_names_the_letter_too(client):
    call = a_decided_call()
    decision = prepared(call, "CORRECTION", 2)
    client.force_login(an_officer())
    page = client.get(reverse("letter_preview", args=[decision.lines.get().pk])).content.decode()
    assert f"This letter replaces our letter {application_of(call, 2).reference}/L1" in page


def test_corrected_twice_each_letter_replaces_the_one_before():
    call = a_decided_call()
    corrected(call, 2, 350_000)
    last = corrected(call, 2, 340_000).letters.get()
    assert [last.reference[-2:], last.replaces.reference[-2:], last.replaces.replaces.reference[-2:]] == [
        "L3", "L2", "L1",
    ]  # fmt: skip
    assert outcomes(call)[2] == ("AWARD", 340_000)


# a letter alone


def test_a_letter_is_replaced_without_another_decision():
    call = a_decided_call()
    first = sent(Letter.objects.get(application=application_of(call, 3)))
    officer = an_officer()
    first = replace_letter(first, by=officer, reason="The name of the unit was wrong.", at=LATER)
    letter = first.replaced_by
    assert (letter.decision, letter.kind, letter.status) == (first.decision, "RESERVE", "WAITING")
    assert (letter.reference, first.status) == (f"{first.application.reference}/L2", "SENT")
    assert letter.replaced_because == "The name of the unit was wrong."
    record = AuditRecord.objects.get(act="letter.replace")
    assert record.changes["replaced by"] == [None, letter.reference]
    assert Promise.objects.filter(kind="letter", subject_id=letter.pk).exists()


def test_a_letter_is_replaced_once_after_it_was_sent_by_an_officer_with_a_reason():
    call = a_decided_call()
    waiting = Letter.objects.get(application=application_of(call, 3))
    with pytest.raises(WrongState):
        replace_letter(waiting, by=an_officer(), reason="Too early.")
    first = sent(waiting)
    with pytest.raises(Incomplete):
        replace_letter(first, by=an_officer(), reason=" ")
    for person in (an_authorising_officer(), an_auditor(), an_applicant(first.application.applicant)):
        with pytest.raises(NotAllowed):
            replace_letter(first, by=person, reason="Mine.")
    replace_letter(first, by=an_officer(), reason="Once.")
    with pytest.raises(WrongState, match="was replaced already"):
        replace_letter(first, by=an_officer(), reason="Twice.")
    assert Letter.objects.filter(application=first.application).count() == 2


# what may come when


def test_one_decision_is_open_at_a_time():
    call = a_decided_call()
    prepared(call, "RESERVE", 3)
    with pytest.raises(WrongState, match="was prepared already"):
        prepared(call, "CORRECTION", 1)


def test_a_second_initial_decision_is_refused():
    call = a_decided_call()
    with pytest.raises(WrongState, match="say what a later one is for"):
        prepare_decision(Decision(call=call), by=an_officer())


def test_nothing_follows_a_decision_that_was_not_taken():
    call = a_ranked_call()
    with pytest.raises(WrongState, match="no award decision yet"):
        prepare_decision(Decision(call=call, cause="CORRECTION"), by=an_officer())


def test_a_later_decision_is_about_applications_with_an_outcome_in_its_call():
    call, other = a_decided_call(), a_decided_call()
    call.refresh_from_db()
    for about in ([], [application_of(other, 1)], [application_of(call, 1), application_of(other, 1)]):
        with pytest.raises(Incomplete) as refusal:
            prepare_decision(Decision(call=call, cause="CORRECTION"), by=an_officer(), applications=about)
        assert "Name the applications" in refusal.value.gaps["applications"]
    assert call.decisions.count() == 1


def test_nothing_is_decided_on_what_is_being_evaluated_again():
    call = a_ranked_call()
    about = [call.ranked_lists.get().entries.get(stage="THRESHOLD").application]
    evaluate_again(call, about, by=an_officer(), cause="REDRESS", reason=WHY, at=DECIDED)
    with pytest.raises(WrongState, match="Not settled yet"):
        a_prepared_decision(call)
    decided = a_decided_call()
    about = [application_of(decided, 3)]
    evaluate_again(decided, about, by=an_officer(), cause="REDRESS", reason=WHY, at=LATER)
    with pytest.raises(WrongState, match=about[0].reference):
        prepared(decided, "RESERVE", 3)
    assert prepared(decided, "CORRECTION", 1).lines.count() == 1


def test_decided_means_in_force_though_the_letters_are_not_out():
    call = a_taken_decision(a_ranked_call(budget=GROWN)).call
    taken(prepared(call, "RESERVE", 3))
    assert outcomes(call)[3] == ("AWARD", 400_000)
    assert {one.status for one in call.decisions.all()} == {"DECIDED"}


def test_what_was_in_force_before_a_decision_can_still_be_asked():
    call = a_decided_call()
    second = corrected(call, 2, 350_000)
    third = corrected(call, 2, 340_000)
    euro = [
        int(DecisionLine.objects.of_call(call).in_force(before=one).get(rank=2).contribution) for one in (second, third)
    ]
    assert euro == [400_000, 350_000]


# pages, desks, API


def test_the_pages_of_a_later_decision(client):
    call = a_decided_call()
    decision = prepared(call, "RESERVE", 3)
    client.force_login(an_officer())
    page = client.get(decision.get_absolute_url()).content.decode()
    assert "reserve list taken up" in page
    assert "Awarded by earlier decisions" in page
    assert "Applicants had to be informed" not in page
    first = call.decisions.get(ordinal=1)
    assert first.get_absolute_url() in page
    assert decision.get_absolute_url() in client.get(first.get_absolute_url()).content.decode()
    page = client.get(reverse("deviate", args=[decision.lines.get().pk])).content.decode().replace("\u00a0", " ")
    assert "EUR 100 000.00" in page  # left of the budget, the earlier awards counted
    assert client.get(reverse("prepare_decision", args=[call.pk])).url == decision.get_absolute_url()
    rows = client.get("/api/decisions/?sort=-prepared_at").json()["results"]
    assert [row["cause"] for row in rows] == ["RESERVE", "INITIAL"]


def test_a_decided_call_is_not_offered_for_its_first_decision():
    call = a_decided_call()
    officer = an_officer()
    assert call not in calls_to_decide(officer)
    decision = prepared(call, "RESERVE", 3)
    lines = [one for one in waiting_for(officer, LATER) if one.url == decision.get_absolute_url()]
    assert [one.until for one in lines] == [None]


def test_through_the_api(client):
    call = a_decided_call()
    officer = an_officer()
    client.force_login(officer)
    about = {"call": str(call.pk), "cause": "RESERVE", "applications": [str(application_of(call, 3).pk)]}
    answer = client.post("/api/decisions/", about, content_type="application/json")
    assert (answer.status_code, answer.json()["ordinal"], answer.json()["cause"]) == (201, 2, "RESERVE")
    assert [line["outcome"] for line in answer.json()["lines"]] == ["AWARD"]
    again = client.post("/api/decisions/", about, content_type="application/json")
    assert (again.status_code, "prepared already" in again.json()["detail"]) == (409, True)
    letter = sent(Letter.objects.get(application=application_of(call, 1)))
    answer = client.post(f"/api/letters/{letter.pk}/steps/replace/", {"reason": WHY}, content_type="application/json")
    assert answer.status_code == 200
    new = client.get(f"/api/letters/{letter.replaced_by.pk}/").json()
    assert (new["replaces"], new["replaced_because"]) == (str(letter.pk), WHY)


# what the database keeps


def test_two_open_decisions_of_a_call_cannot_be_stored():
    decision = a_prepared_decision()
    copy = {**{field.attname: getattr(decision, field.attname) for field in Decision._meta.concrete_fields}, "id": None}
    copy.pop("id")
    with pytest.raises(IntegrityError, match="one_decision_of_a_call_is_open"), transaction.atomic():
        Decision.objects.create(**{**copy, "ordinal": 2, "cause": "RESERVE"})
    for wrong in ({"ordinal": 2, "cause": "INITIAL"}, {"ordinal": 1, "cause": "RESERVE"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(**wrong)


def test_a_letter_says_why_it_replaces_another_and_keeps_saying_it():
    call = a_decided_call()
    letter = corrected(call, 2, 350_000).letters.get()
    other = Letter.objects.get(application=application_of(call, 1))
    for wrong in ({"replaces": other}, {"replaced_because": "Another reason."}, {"replaces": None}):
        with pytest.raises(InternalError, match="written once"), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(**wrong)
    copy = {field.attname: getattr(letter, field.attname) for field in Letter._meta.concrete_fields}
    copy.pop("id")
    for wrong in ({}, {"replaced_because": "", "replaces_id": other.pk}, {"replaces_id": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Letter.objects.create(**{**copy, "reference": "ANOTHER/L9", **wrong})


def test_in_force_is_one_question_from_an_index():
    call = a_decided_call()
    corrected(call, 2, 350_000)
    with CaptureQueriesContext(connection) as asked:
        assert len(DecisionLine.objects.of_call(call).in_force()) == 5
    assert len(asked) == 1
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = DecisionLine.objects.of_call(call).in_force().explain()
    assert "Seq Scan" not in plan


# facts of every format


@pytest.mark.parametrize("kind", ["AWARD", "RESERVE", "REJECTION"])
def test_a_letter_of_the_first_format_is_drawn_and_proved_for_ever(kind):
    """The very facts of letters as they were written then: other facts need a format of their own."""
    kept = json.loads((Path(__file__).parent / "data/letters_of_format_1.json").read_text())[kind]
    facts = kept["facts"]
    assert "format" not in facts
    assert digest_of(facts) == context_of(facts)["digest"] == kept["digest"]
    text = text_of(draw_letter(facts))
    assert [
        words for words in (kept["reference"], title_of(facts), "Brussels, 2 April 2021") if words not in text
    ] == []
    assert kept["digest"] in text.replace(" ", "")
    assert "replaces our letter" not in text


def test_letters_name_the_newest_format():
    letter = Letter.objects.filter(decision=an_issued()).first()
    assert letter.facts["format"] == max(READERS) == 5


# two at once


@pytest.mark.usefixtures("transactional_db")
class TestTwoAtOnce:
    def test_two_officers_prepare_one_later_decision(self):
        call = a_decided_call()
        results = at_once(*[partial(prepared, call, "RESERVE", 3, by=an_officer()) for _ in range(2)])
        assert sorted(type(one).__name__ for one in results) == ["Decision", "WrongState"]
        assert [one.lines.count() for one in call.decisions.order_by("ordinal")] == [5, 1]

    def test_two_officers_replace_one_letter(self):
        letter = sent(Letter.objects.get(application=application_of(a_decided_call(), 3)))
        results = at_once(*[partial(replace_letter, letter, by=an_officer(), reason=WHY) for _ in range(2)])
        assert sorted(type(one).__name__ for one in results) == ["Letter", "WrongState"]

    def test_a_letter_is_not_corrected_while_a_later_decision_tells_another_outcome(self):
        """The letters of that decision are issued at the same time: one number is taken, once."""
        call = a_decided_call()
        letter = sent(Letter.objects.get(application=application_of(call, 3)))
        decision = taken(prepared(call, "RESERVE", 3))
        results = at_once(
            partial(replace_letter, letter, by=an_officer(), reason=WHY),
            partial(issue_letters, decision, by=an_officer(), at=LATER),
        )
        assert sorted(type(one).__name__ for one in results) == ["Decision", "WrongState"]
        numbers = Letter.objects.filter(application=letter.application).values_list("reference", flat=True)
        assert sorted(number[-2:] for number in numbers) == ["L1", "L2"]

    def test_a_round_is_opened_while_a_decision_is_prepared(self):
        """Both hold the call, so one comes after the other; whichever does, both stand."""
        call = a_decided_call()
        about = application_of(call, "THRESHOLD")
        at_once(
            partial(prepared, call, "RESERVE", 3),
            partial(evaluate_again, call, [about], by=an_officer(), cause="REDRESS", reason=WHY, at=DECIDED),
        )
        assert (call.decisions.count(), call.rounds.count()) == (2, 2)
