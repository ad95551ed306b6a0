"""The award decision: prepared from the signed list, changed with reasons, taken by four eyes."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import partial

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from accounts.roles import Role
from applications.models import Application
from applications.states import AFTER_EVALUATION, ApplicationStatus
from audit.models import AuditRecord
from awards.actions import (
    decide,
    deviate,
    issue_letters,
    prepare_decision,
    propose_decision,
    refuse_decision,
)
from awards.models import Decision, DecisionLine
from awards.permissions import reasons_against
from core.days import BRUSSELS
from core.errors import Incomplete, NotAllowed, Refused, WrongState
from evaluation.models import Assessment, Seat
from promises.models import Promise
from tests.awards.factories import (
    DECIDED,
    ISSUED,
    a_prepared_decision,
    a_proposed_decision,
    a_ranked_call,
    a_submitted_application,
    a_taken_decision,
    an_issued_decision,
)
from tests.factories import a_call, an_authorising_officer, an_evaluator, an_officer, now_only

pytestmark = pytest.mark.django_db


def line_of(decision, outcome, place=0):
    return decision.lines.filter(outcome=outcome)[place]


def records_of(decision):
    return list(AuditRecord.objects.filter(subject_id=str(decision.pk)).values_list("act", flat=True).order_by("pk"))


# prepare


def test_one_line_for_each_application():
    decision = a_prepared_decision()
    said = [(line.rank, line.outcome, line.stage, line.contribution, line.rate) for line in decision.lines.all()]
    assert said == [
        (1, "AWARD", "", Decimal("400000.00"), Decimal("90.00")),
        (2, "AWARD", "", Decimal("400000.00"), Decimal("90.00")),
        (3, "RESERVE", "", Decimal(0), Decimal(0)),
        (None, "REJECTION", "THRESHOLD", Decimal(0), Decimal(0)),
        (None, "REJECTION", "ELIGIBILITY", Decimal(0), Decimal(0)),
    ]
    assert records_of(decision) == ["decision.prepare"]


def test_the_reasons_are_tied_to_what_was_announced():
    reasons = [line.reason for line in a_prepared_decision().lines.all()]
    assert reasons[0] == "Place 1 on the ranked list with 91.00 points: within the budget of the call."
    assert "below its threshold of 25" in reasons[3]
    assert reasons[4] == "At least 2 Member States take part – found: 1 Member State: Greece"


def test_a_request_above_the_maximum_is_granted_the_maximum():
    decision = a_prepared_decision(a_ranked_call(max_contribution=Decimal(300_000)))
    line = line_of(decision, "AWARD")
    assert (line.contribution, line.rate) == (Decimal(300_000), Decimal("67.50"))


def test_evaluators_and_members_are_noted():
    call = a_ranked_call()
    assessed = {str(pk) for pk in Assessment.objects.of_call(call).values_list("evaluator_id", flat=True)}
    sat = {str(pk) for pk in Seat.objects.filter(call=call).values_list("member_id", flat=True)}
    decision = a_prepared_decision(call)
    assert set(decision.evaluator_ids) == assessed | sat
    assert len(decision.evaluator_ids) == 5


def test_a_withdrawn_evaluator_counts_a_released_one_does_not():
    call = a_ranked_call()
    application = Application.objects.of_call(call).first()
    released, conflicted = an_evaluator(), an_evaluator()
    for person, status in [(released, "RELEASED"), (conflicted, "CONFLICT")]:
        Assessment.objects.create(
            application=application, evaluator=person, round=call.rounds.get(), status=status, assigned_by=an_officer(),
            assigned_at=DECIDED, due_at=DECIDED,
        )  # fmt: skip
    decision = a_prepared_decision(call)
    assert str(conflicted.pk) in decision.evaluator_ids
    assert str(released.pk) not in decision.evaluator_ids


def refused(kind, sentence, act):
    """The act is refused with this sentence; nothing has changed and nothing was recorded."""
    before = (AuditRecord.objects.count(), list(Decision.objects.values()), list(DecisionLine.objects.values()))
    with pytest.raises(kind, match=sentence), transaction.atomic():
        act()
    assert (
        AuditRecord.objects.count(), list(Decision.objects.values()), list(DecisionLine.objects.values())
    ) == before  # fmt: skip


@pytest.mark.parametrize("status", ["PUBLISHED", "CHECKING", "EVALUATION"])
def test_no_decision_before_the_list_is_signed(status):
    call = a_call(status=status)
    refused(
        WrongState, "has not signed the ranked list", lambda: prepare_decision(Decision(call=call), by=an_officer())
    )


def test_a_drawn_list_is_not_enough():
    call = a_ranked_call()
    call.ranked_lists.update(status="DRAWN")
    refused(WrongState, "has not signed", lambda: prepare_decision(Decision(call=call), by=an_officer()))


def test_a_call_is_decided_once():
    decision = a_prepared_decision()
    again = Decision(call=decision.call)
    refused(WrongState, "was prepared already", lambda: prepare_decision(again, by=an_officer()))


def test_whoever_was_evaluated_without_a_place_stops_the_decision():
    call = a_ranked_call()
    a_submitted_application(call, status="EVALUATED", reference="FORGOTTEN")
    refused(
        WrongState, "Without a place on the ranked list: FORGOTTEN",
        lambda: prepare_decision(Decision(call=call), by=an_officer()),
    )  # fmt: skip


@pytest.mark.parametrize("status", [state for state in ApplicationStatus if state not in AFTER_EVALUATION])
def test_whoever_stands_in_no_group_of_the_decision_is_named_and_nothing_is_prepared(status):
    call = a_ranked_call()
    a_submitted_application(call, status=status, reference="FORGOTTEN")
    refused(
        WrongState, rf"FORGOTTEN \(“{status.label}”\)", lambda: prepare_decision(Decision(call=call), by=an_officer())
    )


@pytest.mark.parametrize("status", ["WITHDRAWN", "UNSENT"])
def test_whoever_ended_it_before_the_closing_stops_nothing(status):
    call = a_ranked_call()
    a_submitted_application(call, status=status, reference="ENDED")
    decision = prepare_decision(Decision(call=call), by=an_officer())
    assert not decision.lines.filter(application__reference="ENDED").exists()


def moved_on(decision, move):
    acts = {
        "propose": lambda: propose_decision(decision, by=an_officer()),
        "decide": lambda: decide(decision, by=an_authorising_officer(), reason="As proposed."),
        "issue": lambda: issue_letters(decision, by=an_officer()),
    }
    return acts[move]


BEFORE = {"propose": a_prepared_decision, "decide": a_proposed_decision, "issue": a_taken_decision}


@pytest.mark.parametrize("move", BEFORE)
def test_every_later_move_looks_again_for_whoever_is_in_no_line(move):
    decision = BEFORE[move]()
    a_submitted_application(decision.call, status="EVALUATED", reference="FORGOTTEN")
    refused(WrongState, "No line of the decision is about FORGOTTEN", moved_on(decision, move))


@pytest.mark.parametrize("move", BEFORE)
def test_every_later_move_looks_again_for_whoever_is_not_settled(move):
    decision = BEFORE[move]()
    a_submitted_application(decision.call, status="CHECKING", reference="FORGOTTEN")
    refused(WrongState, "FORGOTTEN", moved_on(decision, move))


# deviate


def test_a_deviation_has_its_own_reason_and_is_recorded():
    decision, officer = a_prepared_decision(), an_officer()
    line = line_of(decision, "AWARD")
    decision = deviate(decision, by=officer, line=line, outcome="RESERVE", reason="Double funding under another call.")
    line.refresh_from_db()
    assert (line.outcome, line.contribution, line.deviates) == ("RESERVE", 0, True)
    assert line.deviation_reason == line.reason == "Double funding under another call."
    assert str(officer.pk) in decision.handler_ids
    record = AuditRecord.objects.filter(act="decision.deviate").get()
    assert record.changes[str(line.application)][0].endswith("award")
    assert record.reason == "Double funding under another call."


def test_a_smaller_amount_deviates_and_the_proposed_one_does_not():
    decision = a_prepared_decision()
    line = line_of(decision, "AWARD")
    change = {"by": an_officer(), "line": line, "outcome": "AWARD", "reason": "Costs not eligible."}
    deviate(decision, contribution=Decimal("350000.50"), **change)
    line.refresh_from_db()
    assert (line.contribution, line.rate, line.deviates) == (Decimal("350000.50"), Decimal("78.75"), True)
    deviate(decision, contribution=None, **change)
    line.refresh_from_db()
    assert (line.contribution, line.deviates, line.deviation_reason) == (Decimal(400_000), False, "")


def test_the_budget_is_kept_and_the_sentence_has_the_figures():
    decision = a_prepared_decision()
    change = {"line": line_of(decision, "RESERVE"), "outcome": "AWARD", "reason": "Urgent.", "by": an_officer()}
    with pytest.raises(Incomplete) as refusal, transaction.atomic():
        deviate(decision, **change)
    sentence = refusal.value.gaps["contribution"]
    assert "1\u00a0200\u00a0000.00" in sentence
    assert "EUR\u00a0200\u00a0000.00 more than the budget of EUR\u00a01\u00a0000\u00a0000.00" in sentence
    assert line_of(decision, "RESERVE").rank == 3
    deviate(decision, contribution=Decimal(200_000), **change)
    assert decision.lines.awarded() == Decimal(1_000_000)


@pytest.mark.parametrize(
    ("outcome", "place", "change", "field", "sentence"),
    [
        ("REJECTION", 0, {"outcome": "AWARD"}, "outcome", "below an announced threshold"),
        ("REJECTION", 1, {"outcome": "AWARD"}, "outcome", "failed a check before the evaluation"),
        ("REJECTION", 1, {"outcome": "RESERVE"}, "outcome", "failed a check before the evaluation"),
        ("AWARD", 0, {"outcome": "AWARD", "contribution": Decimal("400000.01")}, "contribution", "up to EUR"),
        ("AWARD", 0, {"outcome": "AWARD", "contribution": Decimal(0)}, "contribution", "above zero"),
        ("AWARD", 0, {"outcome": "REJECTION"}, "stage", "at which stage"),
        ("AWARD", 0, {"outcome": "REJECTION", "stage": "NONSENSE"}, "stage", "at which stage"),
    ],
)
def test_what_no_deviation_can_do(outcome, place, change, field, sentence):
    decision = a_prepared_decision()
    line = line_of(decision, outcome, place)
    with pytest.raises(Incomplete) as refusal, transaction.atomic():
        deviate(decision, by=an_officer(), line=line, reason="Because.", **change)
    assert sentence in str(refusal.value.gaps[field])
    assert not decision.lines.filter(deviates=True).exists()


def test_a_deviation_without_a_reason_is_refused():
    decision = a_prepared_decision()
    line = line_of(decision, "AWARD")
    refused(
        Incomplete, "missing", lambda: deviate(decision, by=an_officer(), line=line, outcome="RESERVE", reason="  ")
    )


def test_a_line_of_another_decision_is_not_touched():
    mine, other = a_prepared_decision(), a_prepared_decision()
    with pytest.raises(DecisionLine.DoesNotExist), transaction.atomic():
        deviate(mine, by=an_officer(), line=line_of(other, "AWARD"), outcome="RESERVE", reason="Mine.")


# propose, refuse, decide


def test_sent_back_and_sent_again():
    decision = a_proposed_decision()
    decision = refuse_decision(decision, by=an_authorising_officer(), reason="Line 2: why?")
    assert decision.status == "PREPARED"
    other = an_officer()
    decision = propose_decision(decision, by=other)
    assert (decision.status, str(other.pk) in decision.handler_ids) == ("PROPOSED", True)
    assert records_of(decision) == ["decision.prepare", "decision.propose", "decision.refuse", "decision.propose"]


def test_decided_with_reasons_and_a_number():
    officer = an_authorising_officer()
    decision = a_taken_decision(authorising=officer, reasons="As the committee proposes.")
    assert (decision.status, decision.decided_by, decision.reasons) == (
        "DECIDED", officer, "As the committee proposes.",
    )  # fmt: skip
    assert decision.number == f"{decision.call.reference}/DEC-2021"
    decision.call.refresh_from_db()
    assert decision.call.status == "DECIDED"
    conclusion = AuditRecord.objects.get(act="call.conclude_decision")
    assert conclusion.actor_role == Role.SYSTEM


def test_a_decision_of_the_first_half_hour_of_a_year_is_of_that_year():
    new_year = datetime(2027, 1, 1, 0, 30, tzinfo=BRUSSELS).astimezone(UTC)
    decision = decide(a_proposed_decision(), by=an_authorising_officer(), reason="As proposed.", at=new_year)
    assert decision.number.endswith("/DEC-2027")


def test_no_decision_without_reasons():
    decision = a_proposed_decision()
    refused(Incomplete, "missing", lambda: decide(decision, by=an_authorising_officer(), reason=""))


def promoted(user):
    """The same person, an authorising officer by now."""
    return now_only(user, Role.AUTHORISING)


def test_who_prepared_it_does_not_decide():
    officer = an_officer()
    decision = a_proposed_decision(officer=officer)
    judge = promoted(officer)
    refused(NotAllowed, "may not", lambda: decide(decision, by=judge, reason="Yes."))
    assert [str(one) for one in reasons_against(judge, decision)] == [
        "Took part in preparing this decision: another person must take it."
    ]


def test_who_changed_or_proposed_it_does_not_decide():
    decision, second = a_prepared_decision(), an_officer()
    deviate(decision, by=second, line=line_of(decision, "AWARD"), outcome="RESERVE", reason="Late.")
    third = an_officer()
    decision = propose_decision(decision, by=third)
    for judge in (promoted(second), promoted(third)):
        refused(NotAllowed, "may not", partial(decide, decision, by=judge, reason="Yes."))


def test_who_evaluated_does_not_decide():
    call = a_ranked_call()
    judge = promoted(Assessment.objects.of_call(call).first().evaluator)
    decision = a_proposed_decision(call)
    refused(NotAllowed, "may not", lambda: decide(decision, by=judge, reason="Yes."))
    assert "sat on its committee" in str(reasons_against(judge, decision)[0])


def test_the_database_keeps_four_eyes_too():
    call = a_ranked_call()
    evaluator = Assessment.objects.of_call(call).first().evaluator
    officer = an_officer()
    decision = a_proposed_decision(call, officer=officer)
    for person, constraint in [(evaluator, "evaluated_or_handled"), (officer, "nobody_decides_what_they")]:
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(
                decided_by=person, decided_at=DECIDED, reasons="x", status="DECIDED"
            )  # fmt: skip


def test_lines_of_a_taken_decision_are_fixed_in_the_database():
    decision = a_taken_decision()
    for statement in ["UPDATE awards_decisionline SET contribution = 1", "DELETE FROM awards_decisionline"]:
        with pytest.raises(InternalError, match="do not change"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{statement} WHERE decision_id = %s", [decision.pk])


def test_no_deviation_after_the_proposal():
    decision = a_proposed_decision()
    line = line_of(decision, "AWARD")
    refused(
        WrongState,
        "not possible",
        lambda: deviate(decision, by=an_officer(), line=line, outcome="RESERVE", reason="Late."),
    )


# issue


def test_every_line_gets_one_letter_and_one_promise():
    decision = an_issued_decision()
    letters = list(decision.letters.all())
    assert sorted(letter.kind for letter in letters) == ["AWARD", "AWARD", "REJECTION", "REJECTION", "RESERVE"]
    assert {letter.status for letter in letters} == {"WAITING"}
    assert {letter.written_at for letter in letters} == {ISSUED}
    assert Promise.objects.filter(kind="letter", status="WAITING").count() == 5
    assert decision.issued_at == ISSUED


def test_the_successful_are_told_first():
    an_issued_decision()
    promises = Promise.objects.filter(kind="letter").order_by("made_at")
    kinds = [Decision.objects.get().letters.get(pk=promise.subject_id).kind for promise in promises]
    assert kinds[:2] == ["AWARD", "AWARD"]


def test_letters_are_issued_once():
    decision = an_issued_decision()
    with pytest.raises(WrongState, match="letters issued"), transaction.atomic():
        issue_letters(decision, by=an_officer())
    assert decision.letters.count() == 5


def test_no_letter_before_the_decision():
    decision = a_proposed_decision()
    refused(Refused, "waits for the authorising officer", lambda: issue_letters(decision, by=an_officer()))


def test_the_letter_of_an_application_stands_in_its_own_chain():
    decision = an_issued_decision()
    letter = decision.letters.first()
    record = AuditRecord.objects.get(act="letter.write", subject_id=str(letter.pk))
    assert record.chain == letter.application.chain
