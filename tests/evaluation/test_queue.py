"""The first page of whoever judges: what waits, in which order, how long there is, and when nothing waits."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from evaluation.actions import assign_evaluator, object_to_consensus, recuse_evaluator, release_evaluator
from tests.evaluation.factories import (
    DAY,
    a_call_under_evaluation,
    a_committee,
    a_consensus,
    a_proposed,
    a_signed,
    an_assigned,
    an_eligible_application,
    an_evaluated,
)
from tests.factories import an_evaluator, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def page_of(client):
    def look(person):
        client.force_login(person)
        return client.get(reverse("evaluation"))

    return look


def queue_of(answer):
    """[(number, status, time)] as the lines show them."""
    return [(cells[0][1].text, str(cells[3][1].text), cells[5][1]) for cells in answer.context["queue"]]


def text_of(cell):
    return getattr(cell, "text", cell)


def due(application, evaluator, **later):
    return assign_evaluator(application, evaluator, by=an_officer(), at=DAY, due_at=clock.now() + timedelta(**later))


def test_who_has_nothing_to_do_is_told_where_it_will_come_from(page_of):
    answer = page_of(an_evaluator())

    assert "Nothing waits for you." in answer.content.decode()
    assert answer.context["next"] is None


def test_the_most_urgent_stands_first_and_what_is_signed_last(page_of, call):
    evaluator = an_evaluator()
    later, sooner, signed = (an_eligible_application(call) for _ in range(3))
    due(later, evaluator, days=9)
    due(sooner, evaluator, days=2, hours=1)
    a_signed(signed, evaluator)

    answer = page_of(evaluator)

    lines = queue_of(answer)
    assert [number for number, _status, _time in lines] == [sooner.reference, later.reference, signed.reference]
    assert text_of(lines[0][2]) == "2 days left"
    assert text_of(lines[2][2]) == "–"
    assert answer.context["next"].number == sooner.reference


def test_what_is_late_says_so_in_another_tone(page_of, call):
    evaluator = an_evaluator()
    assign_evaluator(
        an_eligible_application(call),
        evaluator,
        by=an_officer(),
        at=DAY,
        due_at=clock.now() - timedelta(days=3, minutes=1),
    )

    cell = queue_of(page_of(evaluator))[0][2]

    assert cell.text == "passed 3 days ago"
    assert cell.tone == "bad"


def test_what_was_signed_late_is_not_held_up_to_anybody(page_of, call):
    evaluator = an_evaluator()
    a_signed(an_eligible_application(call), evaluator)  # of a time limit years ago

    assert queue_of(page_of(evaluator))[0][1:] == ("signed", "–")


def test_conflicts_and_what_was_taken_back_are_no_work(page_of, call):
    evaluator = an_evaluator()
    recuse_evaluator(an_assigned(an_eligible_application(call), evaluator), by=evaluator, at=DAY, reason="A cousin.")
    back = an_assigned(an_eligible_application(call), evaluator)
    release_evaluator(back, by=an_officer(), at=DAY, reason="Too much for one.")

    assert queue_of(page_of(evaluator)) == []


def a_line_after_the_ranking(call, evaluator, status):
    """Somebody's assignment to an application that stands so while its call is ranked already."""
    application = an_eligible_application(call)
    an_assigned(application, evaluator)
    call.status, application.status = "RANKED", status
    call.save()
    application.save()


def test_work_on_a_call_that_has_moved_on_is_over(page_of, call):
    evaluator = an_evaluator()
    a_line_after_the_ranking(call, evaluator, "EVALUATED")

    assert queue_of(page_of(evaluator)) == []


def test_what_is_judged_again_waits_although_its_call_has_moved_on(page_of, call):
    evaluator = an_evaluator()
    a_line_after_the_ranking(call, evaluator, "ELIGIBLE")

    assert [line[1] for line in queue_of(page_of(evaluator))] == ["declaration awaited"]


def test_nobody_sees_the_queue_of_another(page_of, call):
    an_assigned(an_eligible_application(call), an_evaluator())

    assert queue_of(page_of(an_evaluator())) == []


def test_a_rapporteur_is_asked_to_write_then_everybody_to_approve(page_of, call):
    application = an_eligible_application(call)
    report = a_consensus(application)
    other = application.assessments.exclude(evaluator=report.rapporteur).get().evaluator

    assert [str(one) for one, _url in page_of(report.rapporteur).context["reports"]] == [
        f"Write the agreed scores of {application.reference}."
    ]
    assert page_of(other).context["reports"] == []


def test_an_approval_is_asked_for_once(page_of, call):
    application = an_eligible_application(call)
    report = a_proposed(application)
    other = application.assessments.exclude(evaluator=report.rapporteur).get().evaluator
    wanted = [f"Read and approve the consensus report of {application.reference}."]

    assert [one for one, _url in page_of(other).context["reports"]] == wanted
    page_of(other).client.post(reverse("consensus_step", args=[report.pk, "approve"]))
    assert page_of(other).context["reports"] == []
    assert [one for one, _url in page_of(report.rapporteur).context["reports"]] == wanted


def test_what_came_back_is_the_rapporteurs_again(page_of, call):
    report = a_proposed(an_eligible_application(call))
    other = report.application.assessments.exclude(evaluator=report.rapporteur).get().evaluator
    object_to_consensus(report, by=other, at=DAY, reason="The impact is overstated.")

    assert page_of(other).context["reports"] == []
    assert len(page_of(report.rapporteur).context["reports"]) == 1


def test_a_member_of_a_committee_finds_the_way_to_it(page_of, call):
    an_evaluated(an_eligible_application(call))
    seat = a_committee(call, declared=False)[1]
    elsewhere = a_call_under_evaluation()
    an_eligible_application(elsewhere)

    found = page_of(seat.member).context["seats"]

    assert found == [(f"Committee of {call.reference}: appointed.", seat.get_absolute_url())]


def test_an_officer_who_evaluates_finds_both_the_calls_and_the_own_queue(page_of, call, officer):
    application = an_eligible_application(call)
    an_assigned(application, officer)

    answer = page_of(officer)

    assert [number for number, _status, _time in queue_of(answer)] == [application.reference]
    assert [one.reference for one in answer.context["list"].objects] == [call.reference]


@pytest.mark.parametrize("status", ["DRAFT", "PUBLISHED", "CHECKING"])
def test_a_call_before_its_evaluation_is_not_among_them(page_of, call, officer, status):
    call.status = status
    call.save()

    answer = page_of(officer)

    assert list(answer.context["list"].objects) == []
    assert "No call is under evaluation." in answer.content.decode()
