"""Assigning, declaring, scoring and signing; refused means that nothing changed and nothing was recorded."""

from datetime import timedelta
from decimal import Decimal

import pytest

from applications.models import Application
from audit.models import AuditRecord
from core.errors import Incomplete, NotAllowed, WrongState
from evaluation import declaration
from evaluation.actions import (
    assign_all,
    assign_evaluator,
    declare_no_conflict,
    recuse_evaluator,
    release_evaluator,
    score_assessment,
    sign_assessment,
    stand_aside,
)
from evaluation.models import Assessment
from tests.evaluation.factories import (
    DAY,
    a_call_under_evaluation,
    a_committee,
    a_consensus,
    a_signed,
    an_assigned,
    an_eligible_application,
    an_open,
    scores_of,
)
from tests.factories import (
    an_admin,
    an_applicant,
    an_auditor,
    an_authorising_officer,
    an_evaluator,
    an_officer,
    an_organisation,
    with_a_role,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return an_eligible_application(a_call_under_evaluation())


def refused(error, act, *row, **details):
    """The act is refused, and neither rows nor trail have moved."""
    before = Assessment.objects.count(), AuditRecord.objects.count()
    with pytest.raises(error) as refusal:
        act(*row, **details)
    assert (Assessment.objects.count(), AuditRecord.objects.count()) == before
    return refusal.value


# assigning


def test_an_officer_assigns_an_evaluator_until_a_day(application):
    officer, evaluator = an_officer(), an_evaluator()

    row = assign_evaluator(application, evaluator, by=officer, at=DAY, due_at=DAY + timedelta(days=5))

    assert (row.status, row.assigned_by, row.assigned_at) == ("ASSIGNED", officer, DAY)
    assert row.due_at == DAY + timedelta(days=5)
    record = AuditRecord.objects.of_chain(application.chain).get()
    assert (record.act, record.actor_id, record.chain) == ("assessment.assign", str(officer.pk), application.chain)


def test_three_weeks_are_given_when_nothing_is_said(application):
    row = assign_evaluator(application, an_evaluator(), by=an_officer(), at=DAY)

    assert row.due_at == DAY + timedelta(days=21)


@pytest.mark.parametrize("person", [an_applicant, an_auditor, an_authorising_officer, an_admin])
def test_only_evaluators_and_officers_assess(application, person):
    refusal = refused(
        Incomplete, assign_evaluator, application=application, evaluator=person(), by=an_officer(), at=DAY
    )  # fmt: skip

    assert "is not an evaluator" in refusal.gaps["evaluator"]


def test_somebody_whose_account_is_closed_is_not_assigned(application):
    gone = an_evaluator(is_active=False)

    refused(Incomplete, assign_evaluator, application=application, evaluator=gone, by=an_officer(), at=DAY)


def test_the_applicants_own_house_is_refused(application):
    inside = an_evaluator(organisation=application.applicant)

    refusal = refused(Incomplete, assign_evaluator, application=application, evaluator=inside, by=an_officer(), at=DAY)

    assert "takes part in this application" in refusal.sentence


@pytest.mark.parametrize("spelling", ["ГЛАВНА  ДИРЕКЦИЯ", "Главна-дирекция", " главна дирекция "])
def test_a_partners_house_is_refused_however_it_is_spelt(application, spelling):
    partner = application.partners.get(is_coordinator=False)
    number = partner.name.rsplit(" ", 1)[1]
    inside = an_evaluator(organisation=an_organisation(name=f"{spelling} {number}", state="FR"))

    refused(Incomplete, assign_evaluator, application=application, evaluator=inside, by=an_officer(), at=DAY)


@pytest.mark.parametrize("state", ["EL", "BG"])  # of the applicant, of the partner
def test_the_same_member_state_is_refused_where_the_call_says_so(state):
    strict = an_eligible_application(a_call_under_evaluation(same_state_conflicts=True))
    lenient = an_eligible_application(a_call_under_evaluation(same_state_conflicts=False))
    evaluator, officer = an_evaluator(state=state), an_officer()

    refusal = refused(Incomplete, assign_evaluator, application=strict, evaluator=evaluator, by=officer, at=DAY)

    assert f"is from {state}" in refusal.sentence
    assert assign_evaluator(lenient, evaluator, by=officer, at=DAY).status == "ASSIGNED"


@pytest.mark.parametrize("status", ["CHECKING", "INELIGIBLE", "EVALUATED", "WITHDRAWN"])
def test_only_eligible_applications_are_assessed(application, status):
    Application.objects.filter(pk=application.pk).update(status=status)

    refused(WrongState, assign_evaluator, application=application, evaluator=an_evaluator(), by=an_officer(), at=DAY)


@pytest.mark.parametrize("status", ["CHECKING", "RANKED", "DECIDED"])
def test_only_while_the_call_is_under_evaluation(application, status):
    application.call.status = status
    application.call.save()

    refused(WrongState, assign_evaluator, application=application, evaluator=an_evaluator(), by=an_officer(), at=DAY)


@pytest.mark.parametrize("person", [an_applicant, an_auditor, an_authorising_officer, an_admin, an_evaluator])
def test_only_officers_assign(application, person):
    refused(NotAllowed, assign_evaluator, application=application, evaluator=an_evaluator(), by=person(), at=DAY)


def test_nobody_is_assigned_twice_nor_to_a_day_that_has_passed(application):
    row = an_assigned(application)

    refused(WrongState, assign_evaluator, application=application, evaluator=row.evaluator, by=an_officer(), at=DAY)
    past = {"at": DAY, "due_at": DAY}
    refusal = refused(
        Incomplete, assign_evaluator, application=application, evaluator=an_evaluator(), by=an_officer(), **past
    )  # fmt: skip
    assert "still to come" in refusal.gaps["due_at"]


def test_nobody_is_added_once_the_evaluators_agree(application):
    a_consensus(application)

    refused(WrongState, assign_evaluator, application=application, evaluator=an_evaluator(), by=an_officer(), at=DAY)


def test_an_officer_who_evaluates_leaves_the_organising_to_another(application):
    officer = an_officer()
    an_assigned(application, officer)
    other = an_assigned(application)

    refused(NotAllowed, assign_evaluator, application=application, evaluator=an_evaluator(), by=officer, at=DAY)
    refused(NotAllowed, release_evaluator, other, by=officer, at=DAY, reason="Too slow")


def test_a_list_of_assignments_is_made_whole_or_not_at_all(application):
    good, inside = an_evaluator(), an_evaluator(organisation=application.applicant)
    pairs = [(application, good), (application, inside)]

    refusal = refused(Incomplete, assign_all, pairs=pairs, by=an_officer(), at=DAY)

    assert list(refusal.gaps) == [f"{application} · {inside}"]
    assert len(assign_all(pairs[:1], by=an_officer(), at=DAY)) == 1


# taking back


def test_an_assignment_is_taken_back_and_given_again(application):
    row, officer = an_open(application), an_officer()

    with pytest.raises(Incomplete):
        release_evaluator(row, by=officer, at=DAY, reason=" ")
    released = release_evaluator(row, by=officer, at=DAY, reason="On sick leave")
    assert (released.status, released.ended_reason) == ("RELEASED", "On sick leave")
    assert not Application.objects.visible_to(row.evaluator).exists()
    again = assign_evaluator(application, row.evaluator, by=officer, at=DAY)
    assert (again.pk, again.status, again.declared_at, again.ended_reason) == (row.pk, "ASSIGNED", None, "")


def test_a_signed_assessment_stays(application):
    row = a_signed(application)

    with pytest.raises(WrongState):
        release_evaluator(row, by=an_officer(), at=DAY, reason="Changed my mind")
    with pytest.raises(WrongState):
        score_assessment(row, by=row.evaluator, at=DAY, scores=scores_of({"REL": "1"}))


# declaring


def test_the_text_that_was_declared_is_kept_with_its_version(application):
    row = an_assigned(application)
    assert not Application.objects.visible_to(row.evaluator).exists()

    declared = declare_no_conflict(row, by=row.evaluator, at=DAY)

    assert (declared.status, declared.declared_at) == ("OPEN", DAY)
    assert (declared.declaration, declared.declaration_version) == (declaration.TEXT, declaration.VERSION)
    assert Application.objects.visible_to(row.evaluator).get() == application


def test_nobody_declares_for_another(application):
    row = an_assigned(application)

    refused(NotAllowed, declare_no_conflict, row, by=an_evaluator(), at=DAY)


def test_a_conflict_that_appeared_since_is_seen_at_the_declaration(application):
    row = an_assigned(application)
    with_a_role(row.evaluator, "EVALUATOR", organisation=application.applicant)

    refused(Incomplete, declare_no_conflict, row, by=row.evaluator, at=DAY)


def test_a_conflict_ends_all_access_also_to_the_committee(application):
    seat = next(one for one in a_committee(application.call) if one.entity == "HOME.D.2")
    row = an_open(application, seat.member)

    recuse_evaluator(row, by=seat.member, at=DAY, reason="My wife works there.")

    seat.refresh_from_db()
    assert seat.status == "CONFLICT"
    assert not Assessment.objects.visible_to(seat.member).exists()
    assert not Application.objects.visible_to(seat.member).exists()
    assert not type(seat).objects.sitting().filter(member=seat.member).exists()


def test_an_officer_stands_aside_for_good(application):
    officer = an_officer()
    row = stand_aside(
        Assessment(application=application, evaluator=officer), by=officer, at=DAY, reason="An old friend."
    )  # fmt: skip

    assert (row.status, row.ended_reason) == ("CONFLICT", "An old friend.")
    assert not Application.objects.visible_to(officer).exists()
    refused(NotAllowed, assign_evaluator, application=application, evaluator=an_evaluator(), by=officer, at=DAY)
    refused(WrongState, assign_evaluator, application=application, evaluator=officer, by=an_officer(), at=DAY)


# scoring


def test_part_of_it_may_be_saved_and_the_trail_tells_what_changed(application):
    row = an_open(application)

    score_assessment(row, by=row.evaluator, at=DAY, scores={"REL": {"points": Decimal(30)}}, remark="So far")
    saved = score_assessment(
        row, by=row.evaluator, at=DAY, scores={"REL": {"points": Decimal(31), "comment": "Clear."}}, base=2
    )

    assert (saved.stamp, saved.remark) == (3, "So far")
    record = AuditRecord.objects.of_chain(application.chain).last()
    assert record.changes["REL points"] == ["30.00", "31"]
    assert record.changes["REL comment"] == ["", "Clear."]


def test_an_older_window_does_not_overwrite(application):
    row = an_open(application)
    score_assessment(row, by=row.evaluator, at=DAY, scores=scores_of(), base=1)

    refused(WrongState, score_assessment, row, by=row.evaluator, at=DAY, scores=scores_of({"REL": "1"}), base=1)
    assert row.scores.get(criterion__code="REL").points == 30


@pytest.mark.parametrize(("scores", "gap", "words"), [
    ({"REL": {"points": Decimal("40.5")}}, "REL_points", "between 0 and 40"),
    ({"REL": {"points": Decimal("-1")}}, "REL_points", "between 0 and 40"),
    ({"REL": {"points": Decimal("30.5")}}, "REL_points", "steps of 1"),
    ({"NEW": {"points": Decimal(1)}}, "NEW", "no criterion NEW"),
    ({"REL": {"comment": "x" * 4001}}, "REL_comment", "4000 characters"),
])  # fmt: skip
def test_what_cannot_be_given_is_refused_and_nothing_of_it_is_kept(application, scores, gap, words):
    row = an_open(application)
    both = {"QUA": {"points": Decimal(20)}, **scores}

    refusal = refused(Incomplete, score_assessment, row, by=row.evaluator, at=DAY, scores=both)

    assert words in refusal.gaps[gap]
    assert not row.scores.exists()


def test_nobody_scores_or_signs_before_declaring_or_for_another(application):
    row = an_assigned(application)
    refused(WrongState, score_assessment, row, by=row.evaluator, at=DAY, scores=scores_of())

    opened = an_open(application)
    refused(NotAllowed, score_assessment, opened, by=row.evaluator, at=DAY, scores=scores_of())
    refused(NotAllowed, sign_assessment, opened, by=an_officer(), at=DAY)


def test_signing_needs_points_and_a_comment_on_each_criterion(application):
    row = an_open(application)
    score_assessment(row, by=row.evaluator, at=DAY, scores={"REL": {"points": Decimal(30), "comment": " "}})

    refusal = refused(Incomplete, sign_assessment, row, by=row.evaluator, at=DAY)

    assert set(refusal.gaps) == {"REL_comment", "QUA_points", "QUA_comment", "IMP_points", "IMP_comment"}
    score_assessment(row, by=row.evaluator, at=DAY, scores=scores_of())
    signed = sign_assessment(row, by=row.evaluator, at=DAY)
    assert (signed.status, signed.signed_at) == ("SIGNED", DAY)


def test_nought_points_are_points(application):
    row = an_open(application)
    score_assessment(row, by=row.evaluator, at=DAY, scores=scores_of({"REL": "0", "QUA": "0", "IMP": "0"}))

    assert sign_assessment(row, by=row.evaluator, at=DAY).status == "SIGNED"
