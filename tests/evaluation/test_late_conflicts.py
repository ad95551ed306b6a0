"""A conflict of interest learnt late: whoever it is, and however far the call has come (FR Art. 61)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from applications.models import Application
from audit.models import AuditRecord
from core.errors import Incomplete, NotAllowed, WrongState
from evaluation.actions import (
    agree_scores,
    appoint_member,
    appoint_rapporteur,
    approve_consensus,
    assign_evaluator,
    bar_person,
    declare_for_the_committee,
    draw_up_list,
    evaluate_again,
    propose_consensus,
    recuse_evaluator,
    recuse_member,
    sign_record,
    stand_aside,
    strike_assessment,
    strike_member,
)
from evaluation.actions.ranked_lists import kept_seal
from evaluation.conflicts import Party, Person, of_the_same_house
from evaluation.models import Assessment, Consensus, RankedList
from programmes.actions import open_round
from promises.models import Mail
from tests.evaluation.factories import (
    DAY,
    a_call_under_evaluation,
    a_consensus,
    a_drawn_list,
    a_signed,
    a_signed_list,
    an_assigned,
    an_eligible_application,
    an_evaluated,
    scores_of,
)
from tests.factories import a_call, an_authorising_officer, an_evaluator, an_officer

pytestmark = pytest.mark.django_db

LATER = DAY + timedelta(days=30)
WHY = "Her husband runs the partner's laboratory."
HIGH = {"REL": "36", "QUA": "36", "IMP": "16"}
MIDDLE = {"REL": "33", "QUA": "32", "IMP": "16"}


def struck(row, by=None):
    return strike_assessment(row, by=by or an_officer(), at=LATER, reason=WHY)


def told(user):
    return list(Mail.objects.filter(to=user.email).values_list("subject", flat=True))


def of_the_call(status):
    """(call, application) with a list that is signed, the call decided where it should be."""
    ranked_list = a_signed_list(totals=(HIGH, MIDDLE))
    call = ranked_list.call
    type(call).objects.filter(pk=call.pk).update(status=status)
    call.refresh_from_db()
    return call, ranked_list.entries.first().application


# the score


def test_a_signed_score_is_struck_and_kept():
    report = a_consensus(an_eligible_application(a_call_under_evaluation()))
    row = Assessment.objects.get(evaluator=report.rapporteur)
    row = struck(row)
    report.refresh_from_db()
    assert (row.status, row.ended_reason, row.signed_at, row.scores.count()) == ("CONFLICT", WHY, DAY, 3)
    assert report.status == "SET_ASIDE"
    record = AuditRecord.objects.get(act="assessment.strike")
    assert (record.reason, record.changes[str(report)]) == (WHY, ["DRAFT", "SET_ASIDE"])
    assert told(row.evaluator) == [f"Your part in application {row.application} has ended"]


@pytest.mark.parametrize("status", ["RANKED", "DECIDED"])
def test_after_the_signature_report_and_list_fall_and_are_made_anew_by_others(status):
    call, application = of_the_call(status)
    old, row = RankedList.objects.get(), application.assessments.first()
    struck(row)
    old.refresh_from_db()
    application.refresh_from_db()
    call.refresh_from_db()
    assert (old.status, application.status, call.status) == ("SET_ASIDE", "ELIGIBLE", status)
    assert not RankedList.objects.in_force().exists()

    a_signed(application, points=MIDDLE)
    other = application.assessments.signed().first().evaluator

    report = appoint_rapporteur(application, other, by=an_officer(), at=LATER)
    agree_scores(report, by=other, at=LATER, scores=scores_of({"REL": "34", "QUA": "32", "IMP": "16"}))
    report = propose_consensus(report, by=other, at=LATER)
    for one in Assessment.objects.beside(report).signed():
        report = approve_consensus(report, by=one.evaluator, at=LATER)
    new = draw_up_list(call, by=an_officer(), at=LATER)
    for seat in call.seats.sitting():
        sign_record(seat, by=seat.member, at=LATER)
    new.refresh_from_db()
    assert [int(one.total) for one in old.entries.all()] == [88, 81]
    assert [int(one.total) for one in new.entries.all()] == [82, 81]
    assert kept_seal(old) == old.sha256
    call.refresh_from_db()
    assert (new.status, call.status) == ("SIGNED", status)


def test_access_ends_everywhere_at_once(client):
    _call, application = of_the_call("RANKED")
    row = application.assessments.first()
    client.force_login(row.evaluator)
    assert client.get(application.get_absolute_url()).status_code == 200
    struck(row)
    report = Consensus.objects.filter(application=application).first()
    old = RankedList.objects.get()
    for page in (application, row, report, old):
        assert client.get(page.get_absolute_url()).status_code == 404
    assert application.reference not in client.get(reverse("evaluation")).content.decode()


def test_the_evaluator_says_so_after_signing():
    _call, application = of_the_call("DECIDED")
    row = application.assessments.first()
    row = recuse_evaluator(row, by=row.evaluator, at=LATER, reason="I applied for a post there.")
    assert row.status == "CONFLICT"
    assert RankedList.objects.get().status == "SET_ASIDE"


def test_one_who_had_not_signed_takes_nothing_along():
    application = an_eligible_application(a_call_under_evaluation())
    a_signed(application)
    row = struck(an_assigned(application))
    assert row.status == "CONFLICT"
    assert application.assessments.signed().count() == 1


def test_a_seat_ends_with_the_assessment():
    call, application = of_the_call("RANKED")
    member = call.seats.first().member
    bar_person(Assessment(application=application, evaluator=member), by=an_officer(), at=LATER, reason=WHY)
    assert call.seats.get(member=member).status == "CONFLICT"
    assert RankedList.objects.get().status == "SET_ASIDE"


def test_an_earlier_round_that_nothing_rests_on_falls_alone():
    call, application = of_the_call("RANKED")
    early = application.assessments.first()
    evaluate_again(call, [application], by=an_officer(), cause="REDRESS", reason="A review.", at=LATER)
    application.refresh_from_db()
    an_evaluated(application, points=MIDDLE)
    struck(early)
    application.refresh_from_db()
    assert (application.status, RankedList.objects.get().status) == ("EVALUATED", "SIGNED")


# no other role


def test_a_conflicted_person_gets_no_other_role_on_that_application():
    call = a_call_under_evaluation()
    application = an_eligible_application(call)
    evaluator = struck(a_signed(application)).evaluator
    with pytest.raises(WrongState, match="not possible now"):
        assign_evaluator(application, evaluator, by=an_officer(), at=DAY)
    with pytest.raises(Incomplete):
        appoint_member(call, evaluator, by=an_officer(), at=DAY, under_authorising_officer=True)
    with pytest.raises(WrongState, match="on file already"):
        bar_person(Assessment(application=application, evaluator=evaluator), by=an_officer(), at=DAY, reason=WHY)


def test_whoever_left_the_committee_over_a_conflict_assesses_nothing_of_the_call():
    call = a_drawn_list().call
    seat = call.seats.first()
    recuse_member(seat, by=seat.member, at=DAY, reason="A cousin applies.")
    application = an_eligible_application(call)
    with pytest.raises(Incomplete) as refusal:
        assign_evaluator(application, seat.member, by=an_officer(), at=DAY)
    assert "over a conflict" in refusal.value.gaps["evaluator"]


def test_an_officer_in_conflict_opens_no_round():
    call, application = of_the_call("RANKED")
    officer = an_officer()
    other = Application.objects.exclude(pk=application.pk).get(call=call)
    stand_aside(Assessment(application=other, evaluator=officer), by=officer, at=LATER, reason="A friend.")
    for opening in (evaluate_again, lambda call, rows, **words: open_round(call, applications=rows, **words)):
        with pytest.raises(NotAllowed, match="conflict on an application of this call"):
            opening(call, [application], by=officer, cause="REDRESS", reason="Why.", at=LATER)
    assert call.rounds.count() == 1


# the committee


@pytest.mark.parametrize("status", ["RANKED", "DECIDED"])
def test_a_member_who_learns_of_a_conflict_late_takes_the_signed_list_along(status):
    call, _application = of_the_call(status)
    seat = call.seats.first()
    seat = recuse_member(seat, by=seat.member, at=LATER, reason="My sister joined the applicant.")
    assert (seat.status, RankedList.objects.get().status) == ("CONFLICT", "SET_ASIDE")
    assert set(Application.objects.filter(call=call).values_list("status", flat=True)) == {"EVALUATED"}
    new = appoint_member(
        call, an_evaluator(entity="JUST.C"), by=an_officer(), at=LATER, under_authorising_officer=False
    )
    declare_for_the_committee(new, by=new.member, at=LATER)
    again = draw_up_list(call, by=an_officer(), at=LATER)
    for one in call.seats.sitting():
        sign_record(one, by=one.member, at=LATER)
    again.refresh_from_db()
    assert again.status == "SIGNED"


def test_the_office_ends_a_seat_and_a_member_does_not_end_another_s():
    call, _application = of_the_call("RANKED")
    seat, *others = call.seats.all()
    other = next(one.member for one in others if one.member.role == "EVALUATOR")
    with pytest.raises(NotAllowed):
        strike_member(seat, by=other, at=LATER, reason=WHY)
    seat = strike_member(seat, by=an_authorising_officer(), at=LATER, reason=WHY)
    assert (seat.status, seat.ended_reason) == ("CONFLICT", WHY)
    assert RankedList.objects.get().status == "SET_ASIDE"


def test_a_seat_that_signed_nothing_in_force_takes_no_list_along():
    old = a_drawn_list()
    seat = old.call.seats.first()
    strike_member(seat, by=an_officer(), at=DAY, reason=WHY)
    old.refresh_from_db()
    assert old.status == "DRAWN"


# officers, and whoever else has a hand in it


@pytest.mark.parametrize("status", ["CHECKING", "EVALUATION", "RANKED", "DECIDED"])
def test_an_officer_stands_aside_at_any_time_after_the_opening(client, status):
    call = a_call(status=status)
    application = an_eligible_application(call)
    officer = an_officer()
    client.force_login(officer)
    page = reverse("stand_aside", args=[application.pk])
    assert client.get(page).status_code == 200
    assert client.post(page, {"reason": "A brother."}).status_code == 302
    row = application.assessments.get()
    assert (row.status, row.round, row.evaluator) == ("CONFLICT", call.rounds.first(), officer)
    assert client.get(application.get_absolute_url()).status_code == 404


def test_before_the_opening_nobody_reads_so_nobody_stands_aside():
    application = an_eligible_application(a_call())
    officer = an_officer()
    with pytest.raises(WrongState, match="Nobody reads"):
        stand_aside(Assessment(application=application, evaluator=officer), by=officer, at=DAY, reason="A brother.")


def test_an_officer_records_the_conflict_of_the_authorising_officer(client):
    _call, application = of_the_call("DECIDED")
    authorising, officer = an_authorising_officer(), an_officer()
    client.force_login(officer)
    page = reverse("bar_person", args=[application.pk])
    assert authorising.name in client.get(page).content.decode()
    assert client.post(page, {"person": str(authorising.pk), "reason": WHY}).status_code == 302
    client.force_login(authorising)
    assert client.get(application.get_absolute_url()).status_code == 404
    assert client.get(RankedList.objects.get().get_absolute_url()).status_code == 404
    assert told(authorising) == [f"Your part in application {application} has ended"]


def test_the_conflict_of_an_evaluator_belongs_on_the_assessment(client):
    application = an_eligible_application(a_call_under_evaluation())
    row = a_signed(application)
    client.force_login(an_officer())
    answer = client.post(
        reverse("bar_person", args=[application.pk]), {"person": str(row.evaluator_id), "reason": WHY}
    )  # fmt: skip
    assert answer.status_code == 409
    assert "belongs on that assessment" in answer.content.decode()


def test_nobody_but_another_officer_records_it(client):
    application = an_eligible_application(a_call_under_evaluation())
    officer = an_officer()
    for by in (an_evaluator(), an_authorising_officer(), officer):
        with pytest.raises(NotAllowed):
            bar_person(Assessment(application=application, evaluator=officer), by=by, at=DAY, reason=WHY)


# what the system sees by itself


def test_two_without_a_number_are_not_the_same_house():
    assert not of_the_same_house(Person("Ann", keys=frozenset({""})), Party("A laboratory", "EL"))
    assert of_the_same_house(Person("Ann", keys=frozenset({"7"})), Party("A laboratory", "EL", key="7"))
