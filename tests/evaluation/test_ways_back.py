"""What goes wrong in an evaluation, and how it is mended: nothing is deleted, and somebody always has a step."""

from datetime import timedelta

import pytest

from applications.models import Application
from audit.models import AuditRecord
from core.errors import Incomplete, NotAllowed, WrongState
from evaluation.actions import (
    agree_scores,
    appoint_rapporteur,
    approve_consensus,
    assign_evaluator,
    draw_up_list,
    object_to_consensus,
    pass_over_evaluator,
    propose_consensus,
    question_list,
    reopen_assessment,
    reopen_report,
    replace_evaluator,
    replace_rapporteur,
    score_assessment,
    set_aside_list,
    sign_assessment,
    sign_record,
    uphold_list,
)
from evaluation.actions.ranked_lists import kept_seal
from evaluation.desk import waiting_for
from evaluation.models import Assessment, Consensus, RankedList
from evaluation.querysets import is_judged_again
from promises.models import Mail
from tests.evaluation.factories import (
    DAY,
    a_call_under_evaluation,
    a_consensus,
    a_drawn_list,
    a_proposed,
    a_signed,
    a_signed_list,
    an_eligible_application,
    an_evaluated,
    scores_of,
)
from tests.evaluation.test_rounds import again, judged_again, signed_again
from tests.factories import an_auditor, an_authorising_officer, an_evaluator, an_officer

pytestmark = pytest.mark.django_db

LATER = DAY + timedelta(days=30)
WHY = "A typing error in the points on relevance."
HIGH = {"REL": "36", "QUA": "36", "IMP": "16"}  # 88
MIDDLE = {"REL": "33", "QUA": "32", "IMP": "16"}  # 81


@pytest.fixture
def application():
    return an_eligible_application(a_call_under_evaluation())


def closed(user):
    user.memberships.all().delete()
    user.status = "CLOSED"
    user.save()
    return user


def other_than_the_rapporteur(consensus):
    return consensus.application.assessments.exclude(evaluator=consensus.rapporteur).first().evaluator


def told(user):
    return list(Mail.objects.filter(to=user.email).values_list("subject", flat=True))


# the rapporteur


@pytest.mark.parametrize("make", [a_consensus, a_proposed])
def test_another_evaluator_takes_over_from_a_rapporteur_who_fell_ill(application, make):
    consensus = make(application)
    first, second = consensus.rapporteur, other_than_the_rapporteur(consensus)
    status = consensus.status
    consensus = replace_rapporteur(consensus, by=an_officer(), at=DAY, reason="In hospital.", rapporteur=second)
    assert (consensus.rapporteur, consensus.status, consensus.scores.count()) == (second, status, 3)
    assert AuditRecord.objects.get(act="consensus.hand_on").reason == "In hospital."
    assert told(first) == told(second) == [f"Another rapporteur of {application}"]


def test_the_new_rapporteur_is_an_evaluator_of_the_application_who_is_still_here(application):
    consensus, officer = a_consensus(application), an_officer()
    left = closed(other_than_the_rapporteur(consensus))
    for person, said in [
        (an_evaluator(), "among the evaluators"),
        (left, "has left"),
        (consensus.rapporteur, "already"),
    ]:
        with pytest.raises(Incomplete) as refusal:
            replace_rapporteur(consensus, by=officer, at=DAY, reason="Ill.", rapporteur=person)
        assert said in refusal.value.gaps["rapporteur"]
    assert not Mail.objects.exists()


def test_whoever_left_is_appointed_to_nothing(application):
    one, _two = a_signed(application).evaluator, a_signed(application).evaluator
    with pytest.raises(Incomplete) as refusal:
        appoint_rapporteur(application, closed(one), by=an_officer(), at=DAY)
    assert "has left" in refusal.value.gaps["rapporteur"]


def test_an_evaluator_replaces_nobody(application):
    consensus = a_consensus(application)
    with pytest.raises(NotAllowed):
        replace_rapporteur(
            consensus, by=consensus.rapporteur, at=DAY, reason="Tired.", rapporteur=other_than_the_rapporteur(consensus)
        )


# an evaluator who does not approve


def test_the_report_goes_on_without_one_whose_opinion_stays_with_it(application):
    consensus = a_proposed(application)
    against = other_than_the_rapporteur(consensus)
    approve_consensus(consensus, by=consensus.rapporteur, at=DAY)
    consensus = pass_over_evaluator(
        consensus, by=an_officer(), at=DAY, reason="Does not answer.", evaluator=against, opinion=" Too high on REL. "
    )
    assert consensus.status == "APPROVED"
    assert consensus.passed_over == [
        {
            "evaluator": str(against.pk),
            "name": against.name,
            "opinion": "Too high on REL.",
            "reason": "Does not answer.",
        }
    ]
    application.refresh_from_db()
    assert application.status == "EVALUATED"
    assert told(against) == [f"The report of {application} goes on without your approval"]


def test_one_is_passed_over_and_the_others_are_still_asked(application):
    consensus = a_proposed(application, evaluators=[an_evaluator() for _ in range(3)])
    against = other_than_the_rapporteur(consensus)
    consensus = pass_over_evaluator(consensus, by=an_officer(), at=DAY, reason="Ill.", evaluator=against)
    assert consensus.status == "PROPOSED"
    assert [one for one in waiting_for(against, DAY) if "consensus report" in one.sentence] == []
    with pytest.raises(NotAllowed):
        approve_consensus(consensus, by=against, at=DAY)
    for pk in consensus.asked_ids:
        consensus = approve_consensus(consensus, by=Assessment.objects.get(evaluator=pk).evaluator, at=DAY)
    assert consensus.status == "APPROVED"


def test_nobody_is_passed_over_who_approved_or_who_is_the_last(application):
    consensus = a_proposed(application)
    first, last = consensus.rapporteur, other_than_the_rapporteur(consensus)
    consensus = approve_consensus(consensus, by=first, at=DAY)
    for person, said in [(first, "Nobody waits for"), (an_evaluator(), "Nobody waits for")]:
        with pytest.raises(Incomplete) as refusal:
            pass_over_evaluator(consensus, by=an_officer(), at=DAY, reason="Ill.", evaluator=person)
        assert said in refusal.value.gaps["evaluator"]
    alone = a_proposed(an_eligible_application(application.call))
    alone = pass_over_evaluator(
        alone, by=an_officer(), at=DAY, reason="Ill.", evaluator=other_than_the_rapporteur(alone)
    )  # fmt: skip
    with pytest.raises(Incomplete) as refusal:
        pass_over_evaluator(alone, by=an_officer(), at=DAY, reason="Ill.", evaluator=alone.rapporteur)
    assert "one evaluator at least" in refusal.value.gaps["evaluator"]
    assert last.pk in consensus.asked_ids


def test_a_new_proposal_asks_everybody_again(application):
    consensus = a_proposed(application, evaluators=[an_evaluator() for _ in range(3)])
    away = other_than_the_rapporteur(consensus)
    consensus = pass_over_evaluator(consensus, by=an_officer(), at=DAY, reason="Ill.", evaluator=away)
    consensus = object_to_consensus(consensus, by=consensus.rapporteur, at=DAY, reason="A slip of mine.")
    consensus = propose_consensus(consensus, by=consensus.rapporteur, at=DAY)
    assert (consensus.passed_over, len(consensus.asked_ids)) == ([], 3)


def test_an_evaluator_who_signed_is_replaced_and_the_report_made_anew(application):
    report = a_proposed(application)
    gone = Assessment.objects.get(evaluator=other_than_the_rapporteur(report))
    gone = replace_evaluator(gone, by=an_officer(), at=DAY, reason="Does not answer any more.")
    report.refresh_from_db()
    assert (gone.status, gone.scores.count(), report.status) == ("RELEASED", 3, "SET_ASIDE")
    assert report.ended_reason == "Does not answer any more."
    a_signed(application)
    again = appoint_rapporteur(application, report.rapporteur, by=an_officer(), at=DAY)
    assert gone.evaluator_id not in again.evaluator_ids
    assert set(Consensus.objects.filter(application=application)) == {report, again}


def test_somebody_replaced_by_mistake_is_asked_again_from_the_beginning(application):
    gone = replace_evaluator(a_signed(application), by=an_officer(), at=DAY, reason="Wrong name.")
    again = assign_evaluator(application, gone.evaluator, by=an_officer(), at=DAY)
    assert (again.pk, again.status, again.signed_at, again.declared_at) == (gone.pk, "ASSIGNED", None, None)


# reopened


def test_a_signed_assessment_is_reopened_corrected_and_signed_again(application):
    report = a_consensus(application)
    row = reopen_assessment(
        Assessment.objects.get(evaluator=report.rapporteur), by=an_officer(), at=DAY, reason=WHY
    )  # fmt: skip
    report.refresh_from_db()
    assert (row.status, row.signed_at, report.status) == ("OPEN", None, "SET_ASIDE")
    assert told(row.evaluator)[0] == f"Your assessment of {application} is open again"
    record = AuditRecord.objects.get(act="assessment.reopen")
    assert (record.reason, record.changes[str(report)]) == (WHY, ["DRAFT", "SET_ASIDE"])
    score_assessment(row, by=row.evaluator, at=DAY, scores=scores_of(HIGH))
    row = sign_assessment(row, by=row.evaluator, at=DAY)
    assert [version.points for version in row.scores.get(criterion__code="REL").events.order_by("pgh_id")] == [30, 36]
    assert appoint_rapporteur(application, row.evaluator, by=an_officer(), at=DAY).status == "DRAFT"


def test_the_assessment_of_somebody_who_left_is_not_reopened(application):
    row = a_signed(application)
    closed(row.evaluator)
    with pytest.raises(WrongState, match="replace the evaluator"):
        reopen_assessment(row, by=an_officer(), at=DAY, reason=WHY)


def test_an_approved_report_is_set_aside_and_its_scores_begin_the_next(application):
    report = an_evaluated(application)
    reopen_report(report, by=an_officer(), at=DAY, reason=WHY)
    report.refresh_from_db()
    application.refresh_from_db()
    again = Consensus.objects.standing().get(application=application)
    assert (report.status, report.total, report.ended_reason) == ("SET_ASIDE", 77, WHY)
    assert (again.status, again.rapporteur, again.remark, again.total) == (
        "DRAFT",
        report.rapporteur,
        report.remark,
        None,
    )
    assert [(one.points, one.comment) for one in again.scores.all()] == [
        (one.points, one.comment) for one in report.scores.all()
    ]
    assert application.status == "ELIGIBLE"
    assert not Consensus.objects.in_force().filter(application=application).exists()
    assert agreed_again(report, {"REL": "30", "QUA": "30", "IMP": "14"}).total == 74
    assert Consensus.objects.in_force().get(application=application).total == 74


def test_a_report_whose_rapporteur_left_is_written_again_by_another_evaluator(application):
    report = an_evaluated(application)
    closed(report.rapporteur)
    reopen_report(report, by=an_officer(), at=DAY, reason=WHY)
    assert Consensus.objects.standing().get().rapporteur == other_than_the_rapporteur(report)


def test_a_list_that_waits_falls_with_a_report_that_is_reopened():
    ranked_list = a_drawn_list(totals=(HIGH, MIDDLE))
    seat = ranked_list.call.seats.first()
    sign_record(seat, by=seat.member, at=DAY)
    report = Consensus.objects.get(total=88)
    reopen_report(report, by=an_officer(), at=DAY, reason=WHY)
    ranked_list.refresh_from_db()
    assert (ranked_list.status, ranked_list.ended_reason) == ("SET_ASIDE", WHY)
    assert f"The ranked list of {ranked_list.call} was set aside" in told(seat.member)
    assert AuditRecord.objects.get(act="rankedlist.fall").actor_role == "SYSTEM"
    with pytest.raises(Incomplete):
        draw_up_list(ranked_list.call, by=an_officer(), at=DAY)


@pytest.mark.parametrize("person", [an_evaluator, an_auditor, an_authorising_officer])
def test_only_an_officer_reopens(application, person):
    report = an_evaluated(application)
    for act, row in [(reopen_report, report), (reopen_assessment, Assessment.objects.first())]:
        with pytest.raises(NotAllowed):
            act(row, by=person(), at=DAY, reason=WHY)
    assert Consensus.objects.get().status == "APPROVED"


def test_nothing_is_reopened_without_a_reason(application):
    report = an_evaluated(application)
    with pytest.raises(Incomplete):
        reopen_report(report, by=an_officer(), at=DAY, reason=" ")


def test_an_officer_who_has_a_part_in_the_call_mends_nothing_in_it():
    call, officer = a_call_under_evaluation(), an_officer()
    report = an_evaluated(an_eligible_application(call))
    other = an_eligible_application(call)
    Assessment.objects.create(
        application=other, evaluator=officer, round=call.rounds.get(), status="CONFLICT", assigned_by=officer,
        assigned_at=DAY, due_at=DAY, ended_reason="A sister.",
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="conflict on an application of this call"):
        reopen_report(report, by=officer, at=DAY, reason=WHY)


# a signed list


def questioned(ranked_list, by=None):
    return question_list(ranked_list, by=by or an_officer(), at=LATER, reason=WHY)


def agreed_again(report, points):
    """The report that took this one's place, written with these points and approved by all."""
    new = Consensus.objects.standing().get(application=report.application)
    scores = {code: {**one, "deviation": "Agreed when it was corrected."} for code, one in scores_of(points).items()}
    agree_scores(new, by=new.rapporteur, at=LATER, scores=scores)
    new = propose_consensus(new, by=new.rapporteur, at=LATER)
    for pk in new.evaluator_ids:
        new = approve_consensus(new, by=new.application.assessments.get(evaluator=pk).evaluator, at=LATER)
    return new


def test_a_signed_list_is_set_aside_by_two_people_and_made_anew():
    old = a_signed_list(totals=(HIGH, MIDDLE))
    call = old.call
    report = Consensus.objects.get(total=81)
    with pytest.raises(WrongState, match="second person agrees"):
        reopen_report(report, by=an_officer(), at=LATER, reason=WHY)
    asking = an_officer()
    old = questioned(old, by=asking)
    assert (old.status, list(RankedList.objects.in_force())) == ("QUESTIONED", [old])
    with pytest.raises(NotAllowed):
        set_aside_list(old, by=asking, at=LATER)
    old = set_aside_list(old, by=an_authorising_officer(), at=LATER)
    assert (old.status, old.ended_reason, is_judged_again(call)) == ("SET_ASIDE", WHY, True)
    assert not RankedList.objects.in_force().exists()

    reopen_report(report, by=an_officer(), at=LATER, reason=WHY)
    agreed_again(report, {"REL": "38", "QUA": "36", "IMP": "18"})
    new = draw_up_list(call, by=an_officer(), at=LATER)
    for seat in call.seats.sitting():
        sign_record(seat, by=seat.member, at=LATER)
    new.refresh_from_db()
    call.refresh_from_db()
    assert (new.status, new.round, call.status) == ("SIGNED", old.round, "RANKED")
    assert [int(one.total) for one in old.entries.all()] == [88, 81]
    assert [int(one.total) for one in new.entries.all()] == [92, 88]
    assert kept_seal(old) == old.sha256
    assert (list(RankedList.objects.in_force()), is_judged_again(call)) == ([new], False)


def test_a_list_may_be_left_standing():
    old = questioned(a_signed_list())
    old = uphold_list(old, by=an_officer(), at=LATER, reason="The points are right.")
    assert (old.status, old.questioned_by, old.ended_reason) == ("SIGNED", None, "")
    assert AuditRecord.objects.get(act="rankedlist.uphold").reason == "The points are right."


def test_a_second_person_finds_the_question_on_the_desk(client):
    asking, old = an_officer(), a_signed_list()
    old = questioned(old, by=asking)
    assert not [one for one in waiting_for(asking, LATER) if one.url == old.get_absolute_url()]
    for person in (an_officer(), an_authorising_officer()):
        assert [one.tone for one in waiting_for(person, LATER) if one.url == old.get_absolute_url()] == ["warning"]
    client.force_login(an_authorising_officer())
    page = client.get(old.get_absolute_url()).content.decode()
    assert f"{asking} asked to set this list aside" in page
    assert WHY in page


def test_an_earlier_list_does_not_come_back():
    first = a_signed_list(totals=(HIGH, MIDDLE))
    call, application = first.call, first.entries.last().application
    call.refresh_from_db()
    again(call, application)
    judged_again(application, HIGH)
    second = signed_again(call)
    with pytest.raises(WrongState, match="later list"):
        questioned(first)
    set_aside_list(questioned(second), by=an_officer(), at=LATER)
    assert not RankedList.objects.in_force().exists()
    assert signed_again(call).round == second.round


def test_a_call_whose_list_was_set_aside_is_on_the_officers_desk_again():
    old = set_aside_list(questioned(a_signed_list()), by=an_officer(), at=LATER)
    sentences = [one.sentence for one in waiting_for(an_officer(), LATER)]
    assert f"{old.call}: everything is evaluated. Draw up the ranked list." in sentences


def test_what_stands_is_one_report_and_one_list_a_round(application):
    report = an_evaluated(application)
    reopen_report(report, by=an_officer(), at=DAY, reason=WHY)
    with pytest.raises(WrongState, match="has its rapporteur already"):
        appoint_rapporteur(Application.objects.get(), report.rapporteur, by=an_officer(), at=DAY)
