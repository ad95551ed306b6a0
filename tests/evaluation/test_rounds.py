"""Evaluated again: a later round about some applications; what the earlier one found stays on file and in force."""

import json
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.urls import reverse

from applications.models import Application
from audit.models import AuditRecord
from core.errors import Incomplete, NotAllowed, WrongState
from evaluation.actions import (
    appoint_rapporteur,
    assign_evaluator,
    discard_list,
    draw_up_list,
    evaluate_again,
    recuse_evaluator,
    sign_record,
    stand_aside,
)
from evaluation.actions.ranked_lists import kept_seal
from evaluation.desk import waiting_for
from evaluation.models import Assessment, Consensus, RankedList
from evaluation.querysets import is_judged_again
from evaluation.ranking import SEALS, seal_of
from programmes.actions import start_evaluation
from programmes.models import Round
from tests.evaluation.factories import (
    DAY,
    POINTS,
    a_consensus,
    a_drawn_list,
    a_signed,
    a_signed_list,
    an_assigned,
    an_eligible_application,
    an_evaluated,
    an_open,
    every_line,
)
from tests.evaluation.test_races import at_once
from tests.factories import a_call, an_applicant, an_auditor, an_evaluator, an_officer

pytestmark = pytest.mark.django_db

HIGH = {"REL": "36", "QUA": "36", "IMP": "16"}  # 88
MIDDLE = {"REL": "33", "QUA": "32", "IMP": "16"}  # 81
LATER = DAY + timedelta(days=40)
REASON = "The applicant's review found an error of fact."


def a_call_with_two(**fields):
    """(call, the first of its list, the second), its list signed."""
    call = a_signed_list(totals=(HIGH, MIDDLE), **fields).call
    call.refresh_from_db()
    return call, *(entry.application for entry in call.ranked_lists.get().entries.all())


def again(call, *applications, cause="REDRESS", **fields):
    return evaluate_again(
        call, applications, **{"by": an_officer(), "cause": cause, "reason": REASON, "at": LATER, **fields}
    )


def judged_again(application, points):
    application.refresh_from_db()
    return an_evaluated(application, points=points)


def signed_again(call):
    """The list of the last round, drawn up and signed by the whole committee."""
    ranked_list = draw_up_list(call, by=an_officer(), at=LATER)
    for seat in call.seats.sitting():
        sign_record(seat, by=seat.member, at=LATER)
    ranked_list.refresh_from_db()
    return ranked_list


# the first round


def test_the_first_round_begins_with_the_evaluation_and_is_about_everybody():
    call, officer = a_call(status="CHECKING"), an_officer()
    application = an_eligible_application(call)
    start_evaluation(call, by=officer, at=DAY)
    first = call.rounds.get()
    assert (first.ordinal, first.cause, first.opened_by, first.opened_at) == (1, "INITIAL", officer, DAY)
    assert first.application_ids is None
    assert list(Round.objects.covering(application)) == [first]
    assert AuditRecord.objects.get(act="call.start_evaluation").changes["round"] == [None, 1]


def test_everything_of_a_straight_evaluation_is_of_the_first_round():
    call, *_two = a_call_with_two()
    first = call.rounds.get()
    for rows in (Assessment.objects.of_call(call), Consensus.objects.of_call(call), call.ranked_lists.all()):
        assert {row.round for row in rows} == {first}
    assert not is_judged_again(call)


# a second one


def test_one_is_judged_anew_and_the_others_reports_stay_in_force():
    call, first, second = a_call_with_two()
    opened = again(call, second)
    assert (opened.ordinal, opened.cause, opened.application_ids) == (2, "REDRESS", [second.pk])
    before = Consensus.objects.get(application=second)
    assert set(Consensus.objects.of_call(call).in_force()) == {before, Consensus.objects.get(application=first)}

    after = judged_again(second, {**MIDDLE, "REL": "40", "QUA": "40"})
    assert after.round == opened
    assert set(Consensus.objects.of_call(call).in_force()) == {after, Consensus.objects.get(application=first)}
    assert set(Consensus.objects.of_call(call).in_force(until=before.round)) == {
        before, Consensus.objects.get(application=first),
    }  # fmt: skip
    before.refresh_from_db()
    assert (before.total, before.status, after.total) == (81, "APPROVED", 96)


def test_the_new_list_takes_the_old_ones_place_and_both_are_kept():
    call, first, second = a_call_with_two()
    old = call.ranked_lists.get()
    again(call, second)
    judged_again(second, {"REL": "40", "QUA": "40", "IMP": "20"})
    assert list(call.ranked_lists.all().in_force()) == [old]

    new = signed_again(call)
    call.refresh_from_db()
    assert call.status == "RANKED"
    assert [entry.application for entry in new.entries.all()] == [second, first]
    assert [entry.application for entry in old.entries.all()] == [first, second]
    assert list(call.ranked_lists.all().in_force()) == list(call.ranked_lists.all().current()) == [new]
    assert {one.status for one in call.ranked_lists.all()} == {"SIGNED"}
    assert kept_seal(old) == old.sha256 != new.sha256 == kept_seal(new)


def test_the_old_list_keeps_its_signatures(client):
    call, _first, second = a_call_with_two()
    old = call.ranked_lists.get()
    again(call, second)
    judged_again(second, HIGH)
    signed_again(call)
    client.force_login(an_officer())
    page = client.get(old.get_absolute_url()).content.decode()
    assert "not signed yet" not in page
    assert client.get(call.ranked_lists.all().in_force().get().get_absolute_url()).status_code == 200


def test_a_later_list_that_waits_is_current_but_decides_nothing():
    call, _first, second = a_call_with_two()
    old = call.ranked_lists.get()
    again(call, second)
    judged_again(second, HIGH)
    waiting = draw_up_list(call, by=an_officer(), at=LATER)
    assert list(call.ranked_lists.all().current()) == [waiting]
    assert list(call.ranked_lists.all().in_force()) == [old]
    with pytest.raises(WrongState, match="has its ranked list already"):
        draw_up_list(call, by=an_officer(), at=LATER)
    discard_list(waiting, by=an_officer(), reason="A typing error.", at=LATER)
    assert list(call.ranked_lists.all().current()) == [old]


def test_before_the_list_is_drawn_a_round_may_be_opened_too():
    ranked_list = a_drawn_list(totals=(HIGH, MIDDLE))
    call, application = ranked_list.call, ranked_list.entries.last().application
    with pytest.raises(WrongState, match="waits for its signatures"):
        again(call, application)
    application.refresh_from_db()
    assert (application.status, call.rounds.count()) == ("EVALUATED", 1)
    discard_list(ranked_list, by=an_officer(), reason="A conflict was found.", at=DAY)
    again(call, application, cause="CORRECTION")
    with pytest.raises(Incomplete, match=r".*"):
        draw_up_list(call, by=an_officer(), at=LATER)
    judged_again(application, MIDDLE)
    assert signed_again(call).round.ordinal == 2
    call.refresh_from_db()
    assert call.status == "RANKED"


def test_an_application_may_be_judged_a_third_time():
    call, _first, second = a_call_with_two()
    for total, points in ((88, HIGH), (81, MIDDLE)):
        again(call, second)
        judged_again(second, points)
        assert Consensus.objects.in_force().get(application=second).total == total
    assert Consensus.objects.filter(application=second).count() == 3


# who may open one, about whom


@pytest.mark.parametrize("person", [an_evaluator, an_applicant, an_auditor])
def test_only_officers_open_a_round(person):
    call, first, _second = a_call_with_two()
    with pytest.raises(NotAllowed):
        again(call, first, by=person())
    assert call.rounds.count() == 1


def test_a_round_has_a_reason_and_applications_of_its_call():
    call, first, _second = a_call_with_two()
    _other_call, stranger, _other = a_call_with_two()
    for applications, fields in [((first,), {"reason": " "}), ((), {}), ((first, stranger), {})]:
        with pytest.raises(Incomplete):
            again(call, *applications, **fields)
    assert call.rounds.count() == 1
    assert {one.status for one in Application.objects.of_call(call)} == {"EVALUATED"}


def test_what_is_being_judged_is_not_opened_again():
    call, first, _second = a_call_with_two()
    again(call, first)
    first.refresh_from_db()
    with pytest.raises(WrongState, match="is now “eligible”"):
        again(call, first)
    assert call.rounds.count() == 2


def test_the_trail_tells_of_the_round_and_of_each_application():
    call, first, _second = a_call_with_two()
    again(call, first)
    record = AuditRecord.objects.get(act="call.evaluate_again")
    assert (record.reason, record.changes["round"]) == (REASON, [1, 2])
    assert record.changes["applications"] == [None, [first.reference]]
    moved = AuditRecord.objects.get(act="application.reopen")
    assert (moved.status_before, moved.status_after, moved.reason) == ("EVALUATED", "ELIGIBLE", REASON)


def test_a_signed_call_without_another_round_stays_closed():
    call, first, _second = a_call_with_two()
    with pytest.raises(WrongState, match="ranked list signed"):
        assign_evaluator(first, an_evaluator(), by=an_officer(), at=LATER)
    again(call, _second)
    first.refresh_from_db()
    with pytest.raises(WrongState, match="only eligible applications are assessed"):
        assign_evaluator(first, an_evaluator(), by=an_officer(), at=LATER)


# who judges, and sees what


def test_the_same_person_may_judge_in_both_rounds_once_in_each():
    call, first, _second = a_call_with_two()
    evaluator = first.assessments.first().evaluator
    again(call, first, cause="CORRECTION")
    first.refresh_from_db()
    assessment = an_assigned(first, evaluator)
    assert (assessment.round.ordinal, first.assessments.filter(evaluator=evaluator).count()) == (2, 2)
    with pytest.raises(WrongState):
        an_assigned(first, evaluator)


def test_a_conflict_of_an_earlier_round_bars_for_good():
    call, first, _second = a_call_with_two()
    again(call, first)
    first.refresh_from_db()
    evaluator, officer = an_evaluator(), an_officer()
    recuse_evaluator(an_open(first, evaluator), by=evaluator, at=LATER, reason="A cousin.")
    judged_again(first, HIGH)
    again(call, first)
    first.refresh_from_db()
    with pytest.raises(Incomplete) as refusal:
        an_assigned(first, evaluator)
    assert "on this application on file" in refusal.value.gaps["evaluator"]
    stand_aside(Assessment(application=first, evaluator=officer), by=officer, at=LATER, reason="A friend.")
    assert first.assessments.conflicted().get(evaluator=officer).round.ordinal == 3


def test_evaluators_of_one_round_do_not_see_those_of_the_other():
    call, first, _second = a_call_with_two()
    earlier = first.assessments.first()
    again(call, first)
    first.refresh_from_db()
    later = a_signed(first)
    a_signed(first)
    assert set(Assessment.objects.visible_to(earlier.evaluator).on(first)) == set(
        Assessment.objects.beside(earlier).signed()
    )
    assert set(Assessment.objects.visible_to(later.evaluator).on(first)) == set(
        Assessment.objects.beside(later).signed()
    )
    report = appoint_rapporteur(first, later.evaluator, by=an_officer(), at=LATER)
    assert list(Consensus.objects.visible_to(later.evaluator)) == [report]
    assert report not in Consensus.objects.visible_to(earlier.evaluator)


def test_whoever_judges_again_and_has_not_signed_sees_nothing_of_either_round():
    call, first, _second = a_call_with_two()
    again(call, first)
    first.refresh_from_db()
    officer = an_officer()
    an_assigned(first, officer)
    assert list(Assessment.objects.visible_to(officer).on(first)) == [first.assessments.get(evaluator=officer)]
    assert not Consensus.objects.visible_to(officer).filter(application=first).exists()


def test_the_agreement_is_among_those_of_its_own_round():
    call, first, _second = a_call_with_two()
    again(call, first)
    first.refresh_from_db()
    report = a_consensus(first, points=MIDDLE)
    assert set(report.evaluator_ids) == set(Assessment.objects.beside(report).values_list("evaluator_id", flat=True))
    assert len(report.evaluator_ids) == 2


# pages


def test_pages_and_desks_lead_to_what_is_judged_again(client):
    call, first, _second = a_call_with_two()
    again(call, first)
    first.refresh_from_db()
    officer, evaluator = an_officer(), an_evaluator()
    lines = {line.application: line for line in every_line(call, officer)}
    assert (lines[first].assessments, lines[first].consensus) == ([], None)
    assert lines[_second].consensus.total == 81
    assert any("lacks evaluators" in one.sentence for one in waiting_for(officer, LATER))
    client.force_login(officer)
    page = client.get(reverse("assign", args=[call.pk])).content.decode()
    assert first.reference in page
    assert _second.reference not in page
    page = client.get(reverse("evaluation_of_call", args=[call.pk])).content.decode()
    assert reverse("assign", args=[call.pk]) in page
    assessment = an_assigned(first, evaluator)
    assert [one.url for one in waiting_for(evaluator, DAY)] == [reverse("evaluation")]
    client.force_login(evaluator)
    assert assessment.get_absolute_url() in client.get(reverse("evaluation")).content.decode()


def test_once_it_is_judged_again_the_desks_lead_to_the_new_list():
    call, first, _second = a_call_with_two()
    again(call, first)
    judged_again(first, HIGH)
    officer = an_officer()
    assert any("Draw up the ranked list" in one.sentence for one in waiting_for(officer, LATER))
    draw_up_list(call, by=officer, at=LATER)
    for seat in call.seats.sitting():
        assert any("sign the evaluation record" in one.sentence for one in waiting_for(seat.member, LATER))
        sign_record(seat, by=seat.member, at=LATER)
    assert not any(str(call) in one.sentence for one in waiting_for(officer, LATER))


def test_the_rounds_of_rows_stand_in_lists_and_api(client):
    call, first, _second = a_call_with_two()
    again(call, first)
    judged_again(first, MIDDLE)
    client.force_login(an_officer())
    rows = client.get("/api/consensus-reports/?sort=status").json()["results"]
    assert sorted(row["round"] for row in rows) == [1, 1, 2]
    report = Consensus.objects.in_force().get(application=first)
    assert client.get(f"/api/consensus-reports/{report.pk}/").json()["round"] == 2
    assert client.get(f"/api/ranked-lists/{call.ranked_lists.get().pk}/").json()["round"] == 1


# what the database keeps


def test_nothing_moves_to_another_round():
    call, first, _second = a_call_with_two()
    again(call, first)
    for rows in (Assessment.objects.of_call(call), Consensus.objects.of_call(call), RankedList.objects.all()):
        with pytest.raises(InternalError, match="stays in it"), transaction.atomic():
            rows.update(round=call.rounds.last())


@pytest.mark.parametrize(
    "fields",
    [
        {"ordinal": 1, "cause": "INITIAL"},
        {"ordinal": 2, "cause": "INITIAL", "application_ids": [], "reason": "Why."},
        {"ordinal": 2, "cause": "REDRESS", "application_ids": [], "reason": ""},
        {"ordinal": 2, "cause": "REDRESS", "application_ids": None, "reason": "Why."},
    ],
)
def test_rounds_are_numbered_and_a_later_one_says_why_and_about_whom(fields):
    call = a_call(status="EVALUATION")
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(call=call, opened_at=DAY, opened_by=an_officer(), **fields)


def test_what_is_in_force_is_one_question_however_many_rounds(django_assert_num_queries):
    call, first, _second = a_call_with_two()
    for _round in range(2):
        again(call, first)
        judged_again(first, MIDDLE)
    with django_assert_num_queries(1):
        assert len(Consensus.objects.of_call(call).in_force()) == 2
    with django_assert_num_queries(1):
        assert len(RankedList.objects.filter(call=call).in_force()) == 1


# seals


def test_a_list_sealed_in_the_first_format_verifies_for_ever():
    """The very JSON of a list as it was signed then: a change of how lists are sealed needs a format of its own."""
    kept = json.loads((Path(__file__).parent / "data/ranked_list_of_format_1.json").read_text())
    assert seal_of(kept["entries"], 1) == kept["sha256"]
    assert seal_of([{**kept["entries"][0], "total": "0.0000"}, *kept["entries"][1:]], 1) != kept["sha256"]
    assert set(SEALS) == {1, 2}


def test_each_list_names_its_format():
    assert a_signed_list(totals=(POINTS,)).format == 2


# two at once


@pytest.mark.usefixtures("transactional_db")
class TestTwoAtOnce:
    def test_open_one_round_for_one_application(self):
        call, first, _second = a_call_with_two()
        results = at_once(*[partial(again, call, first, by=an_officer()) for _ in range(2)])
        assert sorted(type(one).__name__ for one in results) == ["Round", "WrongState"]
        assert call.rounds.count() == 2

    def test_open_a_round_each_for_two_applications(self):
        call, first, second = a_call_with_two()
        results = at_once(*[partial(again, call, one, by=an_officer()) for one in (first, second)])
        assert sorted(one.ordinal for one in results) == [2, 3]
        connection.close()
