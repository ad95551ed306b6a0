"""What waits on whose desk, and until when."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from evaluation.actions import approve_consensus, declare_for_the_committee, strike_assessment
from evaluation.desk import waiting_for
from tests.evaluation.factories import (
    DAY,
    a_call_under_evaluation,
    a_committee,
    a_consensus,
    a_drawn_list,
    a_proposed,
    a_signed,
    an_assigned,
    an_eligible_application,
    an_evaluated,
    an_open,
)
from tests.factories import an_applicant, an_auditor, an_authorising_officer, an_evaluator, an_officer

pytestmark = pytest.mark.django_db


def sentences(user, at=DAY):
    return [one.sentence for one in waiting_for(user, at)]


def test_an_evaluator_reads_how_many_and_until_when():
    evaluator, call = an_evaluator(), a_call_under_evaluation()
    an_assigned(an_eligible_application(call), evaluator)
    an_open(an_eligible_application(call), evaluator)

    (one,) = waiting_for(evaluator, DAY)
    assert one.sentence == f"Assess 2 applications of {call} and sign each."
    assert (one.count, one.until, one.tone) == (2, DAY + timedelta(days=14), "info")
    assert [waiting_for(evaluator, DAY + timedelta(days=n))[0].tone for n in (12, 15)] == ["warning", "error"]


def test_what_is_signed_waits_no_longer():
    row = a_signed(an_eligible_application(a_call_under_evaluation()))

    assert waiting_for(row.evaluator, DAY) == []


def test_a_report_waits_for_each_until_it_has_approved():
    consensus = a_proposed(an_eligible_application(a_call_under_evaluation()))
    rapporteur = consensus.rapporteur

    assert "approve it, or send it back" in sentences(rapporteur)[0]
    approve_consensus(consensus, by=rapporteur, at=DAY)
    assert sentences(rapporteur) == []


def test_a_member_declares_then_signs():
    call = a_call_under_evaluation()
    an_eligible_application(call)
    seat = a_committee(call, declared=False)[1]
    assert "declare that you have no conflict" in sentences(seat.member)[0]
    declare_for_the_committee(seat, by=seat.member, at=DAY)
    assert sentences(seat.member) == []

    drawn = a_drawn_list()
    guest = drawn.call.seats.get(entity="JUST.B.3")
    assert sentences(guest.member) == [f"Read the ranked list of {drawn.call} and sign the evaluation record."]


def test_an_officer_reads_what_can_be_done_now():
    call = a_call_under_evaluation()
    an_eligible_application(call)
    an_assigned(an_eligible_application(call))
    ready = an_eligible_application(call)
    a_signed(ready), a_signed(ready)

    late = sentences(an_officer(), at=DAY + timedelta(days=20))

    assert late == [
        f"{call}: 2 applications lack evaluators. Assign them.",
        f"{call}: one assessment is late. Ask its evaluator.",
        f"{call}: one application waits for its rapporteur.",
    ]


def test_a_report_that_was_set_aside_is_no_report():
    """Its assessment was struck for a conflict: another evaluator is asked for, and then another rapporteur."""
    call, officer = a_call_under_evaluation(), an_officer()
    report = a_proposed(an_eligible_application(call))
    assert sentences(officer) == []

    strike_assessment(report.application.assessments.first(), by=officer, at=DAY, reason="Her sister leads it.")
    assert sentences(officer) == [f"{call}: one application lacks evaluators. Assign them."]

    a_signed(report.application, officer=officer)
    assert sentences(officer) == [f"{call}: one application waits for its rapporteur."]


def test_an_officer_draws_up_the_list_when_everything_is_there():
    call = a_call_under_evaluation()
    an_evaluated(an_eligible_application(call))
    incomplete = f"{call}: everything is evaluated, and its committee is not complete. Appoint its members."
    assert sentences(an_officer()) == [incomplete]
    a_committee(call)

    assert sentences(an_officer()) == [f"{call}: everything is evaluated. Draw up the ranked list."]


def test_whoever_left_is_named_with_what_was_left_behind(client):
    """Nobody who is gone signs, writes or decides: until then the officer's pages said “assigned”."""
    call, gone, officer = a_call_under_evaluation(), an_evaluator(name="Gone"), an_officer()
    an_assigned(an_eligible_application(call), gone)
    an_open(an_eligible_application(call), gone)
    report = a_consensus(an_eligible_application(call))
    seat = a_committee(call)[0]
    before = sentences(officer)
    gone.memberships.update(until_at=DAY, status="ENDED")  # the role has ended, the account has not
    User.objects.filter(pk__in=[report.rapporteur.pk, seat.member.pk]).update(status="CLOSED")

    lines = [one for one in waiting_for(officer, DAY) if one.sentence not in before]

    assert [one.sentence for one in lines] == [
        f"{call}: Gone has left with 2 assessments to write. Take them back and assign them anew.",
        f"{report.rapporteur} has left with the consensus report of {report.application} to write. Hand it on.",
        f"{seat.member} sits on the committee of {call} and has left. Appoint somebody else.",
    ]
    client.force_login(officer)
    assert client.get(lines[0].url).context["list"].count == 2
    assert [client.get(one.url).status_code for one in lines] == [200, 200, 200]


def test_others_have_nothing_waiting_here():
    an_eligible_application(a_call_under_evaluation())

    assert [waiting_for(make(), DAY) for make in (an_applicant, an_auditor, an_authorising_officer)] == [[], [], []]


def test_of_very_many_applications_the_next_ones_are_looked_at(monkeypatch):
    call = a_call_under_evaluation()
    for _place in range(3):
        an_eligible_application(call)
    monkeypatch.setattr("evaluation.shown.work.LOOKED_AT", 2)

    (one,) = waiting_for(an_officer(), DAY)

    assert one.sentence == f"{call}: 2+ applications lack evaluators. Assign them."
    assert one.count == 2


def test_a_desk_asks_the_same_whatever_the_number_of_applications():
    call, officer = a_call_under_evaluation(), an_officer()
    asked = []
    for _place in range(3):
        an_assigned(an_eligible_application(call))
        with CaptureQueriesContext(connection) as questions:
            waiting_for(officer, DAY)
        asked.append(len(questions))
    assert len(set(asked)) == 1
