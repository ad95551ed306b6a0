"""The ranked list: when it is drawn up, who signs which bytes, who may discard it, and what its page tells."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core import clock
from core.errors import Incomplete, NotAllowed, WrongState
from evaluation.actions import (
    assign_evaluator,
    discard_list,
    draw_up_list,
    recuse_evaluator,
    sign_record,
)
from evaluation.models import RankedEntry, RankedList
from tests.evaluation.factories import (
    DAY,
    POINTS,
    a_committee,
    a_drawn_list,
    a_signed_list,
    an_assigned,
    an_eligible_application,
    an_evaluated,
    every_line,
)
from tests.factories import an_auditor, an_evaluator, an_officer

pytestmark = pytest.mark.django_db
HIGH = {"REL": "36", "QUA": "36", "IMP": "16"}


def situation(application, user):
    line = next(one for one in every_line(application.call, user) if one.application == application)
    words, tone = line.situation
    return str(words), tone


def later(application, number=1):
    for _ in range(number):
        due = clock.now() + timedelta(days=9)
        assign_evaluator(application, an_evaluator(), by=an_officer(), at=DAY, due_at=due)


# the list


def test_nothing_evaluated_is_nothing_to_rank(call, officer):
    a_committee(call, declared=False)

    with pytest.raises(Incomplete) as refused:
        draw_up_list(call, by=officer, at=DAY)
    assert refused.value.gaps == {
        "applications": "No application of this call was evaluated; there is nothing to rank."
    }
    assert not RankedList.objects.exists()


@pytest.mark.parametrize("status", ["PUBLISHED", "CHECKING", "RANKED", "DECIDED"])
def test_a_list_is_drawn_up_during_the_evaluation_alone(call, officer, status):
    an_evaluated(an_eligible_application(call))
    a_committee(call)
    call.status = status
    call.save()

    with pytest.raises(WrongState, match="its list is drawn up while it is under evaluation"):
        draw_up_list(call, by=officer, at=DAY)
    assert not RankedEntry.objects.exists()


def test_a_place_that_was_changed_behind_the_house_is_signed_by_nobody(call, officer):
    a_drawn_list(call, officer=officer, totals=(POINTS, HIGH))
    RankedEntry.objects.filter(rank=1).update(total=Decimal("1.0000"))
    seat = call.seats.sitting().first()

    with pytest.raises(WrongState, match="no longer agrees with the reports it was drawn from"):
        sign_record(seat, by=seat.member, at=DAY)
    seat.refresh_from_db()
    assert seat.status == "APPOINTED"


def test_a_signed_list_is_not_discarded(call, officer):
    ranked_list = a_signed_list(call=call, officer=officer)

    with pytest.raises(WrongState, match="“Discard” is not possible now"):
        discard_list(ranked_list, by=officer, at=DAY, reason="A wrong figure.")
    ranked_list.refresh_from_db()
    assert ranked_list.status == "SIGNED"


def test_an_officer_in_conflict_discards_nothing(call, officer):
    ranked_list = a_drawn_list(call, officer=officer)
    one = an_officer()
    assessment = an_assigned(an_eligible_application(call), one)
    recuse_evaluator(assessment, by=one, at=DAY, reason="A cousin.")

    with pytest.raises(NotAllowed, match="ask another officer to do this"):
        discard_list(ranked_list, by=one, at=DAY, reason="A wrong figure.")
    ranked_list.refresh_from_db()
    assert ranked_list.status == "DRAWN"


@pytest.mark.parametrize(("fields", "words"), [
    ({"tie_break": []}, "in this order: the earlier submission, the evaluation committee, which gives its reason."),
    ({"tie_break": ["QUA"]}, "in this order: QUA Quality, the earlier submission, the evaluation committee,"),
    ({"tie_break": ["AMOUNT", "COMMITTEE"]}, "in this order: the smaller requested contribution, the evaluation comm"),
    ({"has_reserve": False}, "are rejected for the exhausted budget."),
    ({"has_reserve": True}, "go to the reserve list."),
])  # fmt: skip
def test_the_rules_are_told_as_the_call_announced_them(client, fields, words):
    ranked_list = a_drawn_list(**fields)
    client.force_login(an_auditor())

    assert any(words in str(rule) for rule in client.get(ranked_list.get_absolute_url()).context["rules"])


def test_the_page_says_who_has_signed_these_very_bytes(client, call):
    ranked_list = a_drawn_list(call)
    first = call.seats.sitting().order_by("appointed_at").first()
    sign_record(first, by=first.member, at=DAY)
    client.force_login(an_auditor())

    marks = [str(mark) for _name, _entity, mark in client.get(ranked_list.get_absolute_url()).context["signatures"]]

    assert sorted(marks) == ["not signed yet", "not signed yet", "signed"]


def test_a_filter_that_finds_no_place_draws_no_line_and_no_chart(client, call):
    ranked_list = a_drawn_list(call)
    client.force_login(an_auditor())

    context = client.get(ranked_list.get_absolute_url(), {"place": "RESERVE"}).context

    assert (context["parts"], context["chart"]) == ([], None)
