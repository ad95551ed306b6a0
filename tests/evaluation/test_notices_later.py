"""Who is told that a report, a seat or a list waits; and that no such mail says anything of what is judged."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from applications.models import Application
from evaluation.actions import (
    appoint_member,
    appoint_rapporteur,
    approve_consensus,
    declare_for_the_committee,
    draw_up_list,
    object_to_consensus,
    pass_over_evaluator,
    propose_consensus,
    question_list,
    recuse_evaluator,
    recuse_member,
    replace_rapporteur,
    set_aside_list,
    sign_record,
    stand_aside,
    uphold_list,
)
from evaluation.models import Assessment, Seat
from promises.models import Mail, Promise
from promises.notices import KINDS
from tests.evaluation.factories import (
    DAY,
    a_committee,
    a_drawn_list,
    a_proposed,
    a_signed,
    a_signed_list,
    an_eligible_application,
    an_evaluated,
)
from tests.factories import an_authorising_officer, an_evaluator, an_officer
from tests.notices import told

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=6)


def told_now(row, at=DAY):
    """{address: subject} by the time that what is told at once was told."""
    told(at, row)
    return {address: only for address, (only,) in told(at + SOON).items()}


def subject(kind, what):
    return f"{KINDS[kind].title}: {what}"


@pytest.fixture
def application(call):
    return an_eligible_application(call)


@pytest.fixture
def evaluators(db):
    return [an_evaluator(), an_evaluator()]


@pytest.fixture
def report(application, evaluators, officer):
    return a_proposed(application, evaluators=evaluators, officer=officer)


# reports


def test_the_rapporteur_is_told_to_write(application, evaluators, officer):
    for one in evaluators:
        a_signed(application, one)
    report = appoint_rapporteur(application, evaluators[0], by=officer, at=DAY)
    assert told_now(report) == {evaluators[0].email: subject("to_write", application)}


def test_whoever_writes_no_more_is_not_told(application, evaluators, officer):
    for one in evaluators:
        a_signed(application, one)
    report = appoint_rapporteur(application, evaluators[0], by=officer, at=DAY)
    told(DAY, report)
    replace_rapporteur(report, by=officer, reason="Ill.", rapporteur=evaluators[1])
    assert told(DAY + SOON) == {}
    assert told_now(report, DAY + 2 * SOON) == {evaluators[1].email: subject("to_write", application)}


def test_each_evaluator_is_asked_to_approve(report, evaluators):
    assert told_now(report) == {one.email: subject("to_approve", report.application) for one in evaluators}
    assert report.get_absolute_url() in mail.outbox[-1].body


def test_who_has_approved_meanwhile_is_not_asked(report, evaluators):
    told(DAY, report)
    approve_consensus(report, by=evaluators[1], at=DAY)
    assert list(told(DAY + SOON)) == [evaluators[0].email]


def test_nobody_is_asked_once_all_have_approved(report, evaluators):
    told(DAY, report)
    for one in evaluators:
        approve_consensus(report, by=one, at=DAY)
    assert told(DAY + SOON) == {}


def test_sent_back_the_rapporteur_is_told_and_the_others_are_asked_no_more(report, evaluators):
    told(DAY, report)
    object_to_consensus(report, by=evaluators[1], at=DAY, reason="The impact is weaker than that.")
    assert told_now(report) == {evaluators[0].email: subject("to_write", report.application)}
    assert "weaker" not in mail.outbox[-1].body


def test_proposed_again_another_day_they_are_asked_again(report, evaluators):
    told_now(report)
    object_to_consensus(report, by=evaluators[1], at=DAY, reason="No.")
    next_day = DAY + timedelta(days=1)
    report.refresh_from_db()
    propose_consensus(report, by=evaluators[0], at=next_day)
    assert set(told_now(report, next_day)) == {one.email for one in evaluators}


def test_who_was_passed_over_is_not_asked(report, evaluators, officer):
    told(DAY, report)
    pass_over_evaluator(report, by=officer, reason="On leave.", evaluator=evaluators[1])
    mail.outbox.clear()
    assert list(told(DAY + SOON)) == [evaluators[0].email]


def test_a_conflict_learnt_since_ends_the_asking(report, evaluators):
    told(DAY, report)
    mine = Assessment.objects.get(evaluator=evaluators[1])
    recuse_evaluator(mine, by=evaluators[1], reason="My former employer.")
    mail.outbox.clear()
    assert told(DAY + SOON) == {}  # the report fell with it: nobody is asked to approve it


# the committee


def test_a_member_is_told_to_declare(call, application, officer, evaluators):
    seat = appoint_member(call, evaluators[0], by=officer, under_authorising_officer=True, at=DAY)
    assert told_now(seat) == {evaluators[0].email: subject("to_declare", call)}


def test_who_declared_or_left_meanwhile_is_not_told(call, application, officer, evaluators):
    seats = [appoint_member(call, one, by=officer, under_authorising_officer=True, at=DAY) for one in evaluators]
    told(DAY, call)
    declare_for_the_committee(seats[0], by=evaluators[0], at=DAY)
    recuse_member(seats[1], by=evaluators[1], at=DAY, reason="A friend.")
    assert told(DAY + SOON) == {}


def test_each_declared_member_is_asked_to_sign_the_list(officer):
    ranked_list = a_drawn_list(officer=officer)
    members = [seat.member.email for seat in ranked_list.call.seats.all()]
    assert told_now(ranked_list) == dict.fromkeys(members, subject("to_sign_list", ranked_list.call))


def test_who_has_signed_is_not_asked_and_nobody_once_the_list_was_discarded(officer):
    ranked_list = a_drawn_list(officer=officer)
    told(DAY, ranked_list)
    first, *others = ranked_list.call.seats.order_by("pk")
    sign_record(first, by=first.member, at=DAY)
    assert set(told(DAY + SOON)) == {seat.member.email for seat in others}


def test_a_member_in_conflict_with_an_application_is_not_asked(officer):
    ranked_list = a_drawn_list(officer=officer)
    told(DAY, ranked_list)
    member = ranked_list.call.seats.get(member__name="Chair").member
    stand_aside(
        Assessment(application=ranked_list.entries.get().application, evaluator=member), by=member, reason="Kin."
    )
    mail.outbox.clear()
    assert member.email not in told(DAY + SOON)


def test_a_list_drawn_up_anew_is_another_list(call, officer):
    an_evaluated(an_eligible_application(call), officer=officer)
    a_committee(call, officer=officer)
    drawn = draw_up_list(call, by=officer, at=DAY)
    told_now(drawn)
    next_day = DAY + timedelta(days=1)
    type(drawn).objects.filter(pk=drawn.pk).update(status="DISCARDED")
    assert len(told_now(draw_up_list(call, by=officer, at=next_day), next_day)) == 3


# four eyes


@pytest.fixture
def questioned(officer):
    return question_list(a_signed_list(officer=officer), by=officer, reason="A typing error.")


def test_everybody_at_the_commission_but_who_asked_is_told(questioned, officer):
    second = [an_officer(), an_authorising_officer()]
    found = told_now(questioned)
    assert {one.email for one in second} <= set(found)
    assert officer.email not in found
    assert set(found.values()) == {subject("to_confirm_list", questioned.call)}


def test_whoever_is_in_conflict_in_the_call_hears_nothing_of_its_list(questioned):
    second = an_officer()
    application = questioned.entries.get().application
    told(DAY, questioned)
    Assessment.objects.create(
        application=application, evaluator=second, status="CONFLICT", assigned_by=second, assigned_at=DAY, due_at=DAY
    )
    assert second.email not in told(DAY + SOON)


@pytest.mark.parametrize("answer", [uphold_list, set_aside_list], ids=["uphold", "set_aside"])
def test_once_answered_nobody_is_told(questioned, answer):
    told(DAY, questioned)
    answer(questioned, by=an_officer(), reason="It stands.")
    mail.outbox.clear()
    assert told(DAY + SOON) == {}


# nothing secret


def test_no_such_mail_holds_a_name_a_title_or_a_score(call, officer, evaluators):
    """Everything that the acts of a whole evaluation tell, from the assignment to the signature."""
    application = an_eligible_application(call)
    Application.objects.update(title="CANARY-TITLE", acronym="CANARY-AC", summary="CANARY-SUMMARY")
    application.applicant.name = "CANARY-APPLICANT"
    application.applicant.save()
    application.partners.update(name="CANARY-PARTNER")
    for one in evaluators:
        a_signed(application, one, points={"REL": "37", "QUA": "31", "IMP": "13"})
    Assessment.objects.update(status="ASSIGNED", signed_at=None, remark="CANARY-REMARK")
    told(DAY, call)
    Assessment.objects.update(status="SIGNED", signed_at=DAY)
    report = appoint_rapporteur(application, evaluators[0], by=officer, at=DAY)
    told_now(report)
    type(report).objects.update(
        status="PROPOSED", proposed_at=DAY, objection="CANARY-OBJECTION", remark="CANARY-AGREED"
    )
    told_now(report)
    texts = "\n".join(one.subject + one.body for one in Mail.objects.exclude(notices=None))
    assert application.reference in texts
    assert "CANARY" not in texts
    assert not re.search(r"\b(37|81)\b|\b31 points", texts)  # a number or a link may hold any digits
    names = [*(one.name for one in evaluators), officer.name]
    assert not any(name in texts for name in names)


def test_what_the_deliveries_show_of_it_is_for_whom_and_no_number(report):
    told(DAY, report)
    owed = Promise.objects.filter(kind="notices")
    assert owed.count() == 2
    assert not any(str(report.application) in one.subject_name for one in owed)
    assert Seat.objects.count() == 0
