"""Many assignments at once: proposed, looked at, confirmed, made by the worker, taken back; and what goes wrong on the
way."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from audit.models import AuditRecord
from audit.record import broken_links
from core import clock
from core.errors import Incomplete, NotAllowed, Stale, WrongState
from evaluation.actions import (
    assign_evaluator,
    bar_person,
    carry_out_batch,
    confirm_batch,
    declare_no_conflict,
    propose_distribution,
    release_evaluator,
    take_back_batch,
)
from evaluation.actions.proposing import Terms
from evaluation.models import Assessment, Batch
from evaluation.schedule import keep_batch
from evaluation.states import BATCH
from promises.models import Mail, Promise
from tests.evaluation.factories import a_consensus, an_assigned, an_eligible_application
from tests.factories import an_auditor, an_evaluator, an_officer, now_only, the_clock
from tests.notices import bring_notices_forward

pytestmark = pytest.mark.django_db


def a_batch(call, officer, **terms):
    return propose_distribution(call, by=officer, terms=Terms(**{"wanted": 2, **terms}))


@pytest.fixture
def proposal(call, officer):
    """Three applications, three evaluators, two for each."""
    for _ in range(3):
        an_eligible_application(call)
    for name in ("Ana", "Ben", "Cleo"):
        an_evaluator(name=name)
    return a_batch(call, officer)


def pairs_of(batch):
    return [(line.application, line.evaluator) for line in batch.lines.select_related("application", "evaluator")]


def test_a_proposal_assigns_nobody(proposal):
    assert proposal.status == "PROPOSED"
    assert (proposal.size, proposal.short) == (6, 0)
    assert not Assessment.objects.exists()
    assert not Promise.objects.filter(kind="assignments").exists()


def test_the_same_number_of_the_lot_gives_the_same_proposal(call, officer, proposal):
    again = a_batch(call, officer)

    assert pairs_of(again) == pairs_of(proposal)


def test_confirming_is_a_promise_that_the_worker_keeps(officer, proposal, keep_promises):
    due_at = clock.now() + timedelta(days=30)
    confirm_batch(proposal, by=officer, due_at=due_at)
    assert not Assessment.objects.exists()

    keep_promises()

    proposal.refresh_from_db()
    assert (proposal.status, proposal.made, proposal.refused) == ("DONE", 6, 0)
    rows = Assessment.objects.all()
    assert {(row.application, row.evaluator) for row in rows} == set(pairs_of(proposal))
    assert {(row.status, row.due_at, row.assigned_by, row.batch) for row in rows} == {
        ("ASSIGNED", due_at, officer, proposal)
    }  # fmt: skip


def test_each_assignment_has_its_record_and_the_batch_its_own(officer, proposal, keep_promises):
    confirm_batch(proposal, by=officer)
    keep_promises()

    records = AuditRecord.objects.filter(act="assessment.assign")
    assert {record.subject_id for record in records} == {str(row.pk) for row in Assessment.objects.all()}
    assert {record.actor_name for record in records} == {officer.name}
    assert {record.changes["batch_id"][1] for record in records} == {str(proposal.pk)}
    acts = AuditRecord.objects.filter(subject_id=str(proposal.pk)).order_by("pk")
    assert [record.act for record in acts] == ["batch.propose", "batch.confirm", "batch.carry_out"]
    assert acts.last().changes["made"] == [0, 6]


def test_the_chains_hold_and_every_row_has_its_version(officer, proposal, keep_promises):
    confirm_batch(proposal, by=officer)
    keep_promises()

    for application in {row.application for row in Assessment.objects.all()}:
        assert not list(broken_links(AuditRecord.objects.of_chain(application.chain).order_by("sequence")))
    versions = Assessment._meta.get_field("events").related_model.objects
    assert versions.filter(batch=proposal, pgh_label="insert").count() == 6


def test_each_person_gets_one_mail_for_the_whole_batch(officer, proposal, keep_promises):
    confirm_batch(proposal, by=officer)
    keep_promises()
    bring_notices_forward()
    keep_promises()

    told = Mail.objects.filter(subject__contains="to assess")
    assert sorted(told.values_list("to", flat=True)) == sorted(
        {row.evaluator.email for row in Assessment.objects.all()}
    )
    assert len(mail.outbox) == 3
    assert proposal.call.reference in mail.outbox[0].body


# what happens between the proposal and its making


def test_what_became_barred_meanwhile_is_named_and_the_rest_is_made(officer, proposal, keep_promises):
    application, evaluator = pairs_of(proposal)[0]
    confirm_batch(proposal, by=officer)
    bar_person(Assessment(application=application, evaluator=evaluator), by=an_officer(), reason="A cousin.")

    keep_promises()

    proposal.refresh_from_db()
    assert (proposal.made, proposal.refused) == (5, 1)
    line = proposal.lines.refused().get()
    assert (line.application, line.evaluator) == (application, evaluator)
    assert "conflict" in line.refusal


def test_an_application_whose_evaluators_agree_meanwhile_is_left_alone(officer, proposal, keep_promises):
    application = pairs_of(proposal)[0][0]
    confirm_batch(proposal, by=officer)
    a_consensus(application)

    keep_promises()

    proposal.refresh_from_db()
    assert (proposal.made, proposal.refused) == (4, 2)
    assert {line.application for line in proposal.lines.refused()} == {application}
    assert all("already agreeing" in line.refusal for line in proposal.lines.refused())


def test_a_pair_that_another_officer_assigned_meanwhile_stays_as_that_officer_made_it(officer, proposal, keep_promises):
    confirm_batch(proposal, by=officer)
    other = an_officer()
    row = assign_evaluator(*pairs_of(proposal)[0], by=other)

    keep_promises()

    proposal.refresh_from_db()
    row.refresh_from_db()
    assert (proposal.made, proposal.refused) == (5, 1)
    assert (row.assigned_by, row.batch) == (other, None)


def test_an_evaluator_who_left_meanwhile_gets_nothing(officer, proposal, keep_promises):
    gone = pairs_of(proposal)[0][1]
    confirm_batch(proposal, by=officer)
    gone.memberships.all().delete()

    keep_promises()

    refused = proposal.lines.refused()
    assert {line.evaluator for line in refused} == {gone}
    assert all("is not an evaluator" in line.refusal for line in refused)


def test_an_officer_who_left_meanwhile_assigns_nobody(officer, proposal, keep_promises):
    confirm_batch(proposal, by=officer)
    officer.memberships.all().delete()

    keep_promises()

    proposal.refresh_from_db()
    assert (proposal.status, proposal.made, proposal.refused) == ("DONE", 0, 6)
    assert not Assessment.objects.exists()


def test_an_officer_who_begins_to_judge_one_organises_it_no_more(officer, proposal, keep_promises):
    application = pairs_of(proposal)[0][0]
    confirm_batch(proposal, by=officer)
    an_assigned(application, officer)

    keep_promises()

    refused = proposal.lines.refused()
    assert {line.application for line in refused} == {application}
    assert all("You evaluate application" in line.refusal for line in refused)


def test_what_was_taken_back_from_somebody_is_given_again_on_the_same_row(call, officer, keep_promises):
    application, evaluator = an_eligible_application(call), an_evaluator()
    row = an_assigned(application, evaluator)
    release_evaluator(row, by=officer, reason="Ill.")
    batch = a_batch(call, officer, wanted=1)
    confirm_batch(batch, by=officer)

    keep_promises()

    row.refresh_from_db()
    assert (row.status, row.ended_reason, row.batch) == ("ASSIGNED", "", batch)


def test_a_second_try_of_the_worker_makes_nothing_twice(officer, proposal, keep_promises):
    confirm_batch(proposal, by=officer)
    keep_promises()

    keep_batch(proposal.pk)

    assert Assessment.objects.count() == 6
    with pytest.raises(WrongState):
        carry_out_batch(proposal, by=the_clock())


# two people, stale pages, mistakes


def test_of_two_who_confirm_one_is_told_that_it_is_done(officer, proposal):
    seen = proposal.stamp
    confirm_batch(proposal, by=officer, base=seen)

    with pytest.raises(WrongState):
        confirm_batch(proposal, by=an_officer(), base=seen)


def test_whoever_looked_at_a_batch_before_it_was_discarded_confirms_nothing(officer, proposal):
    BATCH.run("discard", proposal, by=an_officer())

    with pytest.raises(WrongState):
        confirm_batch(proposal, by=officer)


def test_a_batch_that_is_discarded_before_the_worker_comes_assigns_nobody(officer, proposal, keep_promises):
    confirm_batch(proposal, by=officer)
    BATCH.run("discard", proposal, by=officer)

    keep_promises()

    assert not Assessment.objects.exists()


def test_a_time_limit_that_has_passed_is_refused(officer, proposal):
    with pytest.raises(Incomplete) as refused:
        confirm_batch(proposal, by=officer, due_at=clock.now() - timedelta(minutes=1))

    assert "due_at" in refused.value.gaps
    proposal.refresh_from_db()
    assert proposal.status == "PROPOSED"


def test_only_officers_propose(call):
    an_eligible_application(call)
    an_evaluator()

    with pytest.raises(NotAllowed):
        a_batch(call, an_auditor())


def test_where_everybody_has_enough_there_is_nothing_to_propose(call, officer):
    an_assigned(an_eligible_application(call))

    with pytest.raises(Incomplete, match="Something is missing"):
        a_batch(call, officer, wanted=1)
    assert not Batch.objects.exists()


# taking back


def test_what_nobody_has_begun_is_taken_back_and_the_rest_stays(officer, proposal, keep_promises):
    confirm_batch(proposal, by=officer)
    keep_promises()
    begun = Assessment.objects.first()
    declare_no_conflict(begun, by=begun.evaluator)
    mail.outbox.clear()

    proposal.refresh_from_db()
    take_back_batch(proposal, by=officer, reason="The wrong panel.")
    keep_promises()

    proposal.refresh_from_db()
    assert (proposal.status, proposal.returned) == ("RETURNED", 5)
    assert Assessment.objects.counting().get() == begun
    back = Assessment.objects.exclude(pk=begun.pk)
    assert {(row.status, row.ended_reason) for row in back} == {("RELEASED", "The wrong panel.")}
    assert AuditRecord.objects.filter(act="assessment.release", reason="The wrong panel.").count() == 5
    assert len(mail.outbox) == len({row.evaluator_id for row in back})


def test_what_was_given_by_hand_since_is_not_the_batch_s_to_take_back(officer, proposal, keep_promises):
    confirm_batch(proposal, by=officer)
    keep_promises()
    row = Assessment.objects.first()
    release_evaluator(row, by=officer, reason="By mistake.")
    assign_evaluator(row.application, row.evaluator, by=officer)

    proposal.refresh_from_db()
    take_back_batch(proposal, by=officer, reason="The wrong panel.")
    keep_promises()

    row.refresh_from_db()
    assert (row.status, row.batch) == ("ASSIGNED", None)


def test_taking_back_wants_a_reason_and_a_page_that_is_not_stale(officer, proposal, keep_promises):
    confirm_batch(proposal, by=officer)
    keep_promises()
    seen = proposal.stamp
    proposal.refresh_from_db()

    with pytest.raises(Incomplete):
        take_back_batch(proposal, by=officer, reason=" ")
    with pytest.raises(Stale):
        take_back_batch(proposal, by=officer, reason="Wrong.", base=seen)


# the terms


def test_a_limit_too_low_says_which_rule_and_by_how_much(call, officer, client):
    for _ in range(3):
        an_eligible_application(call)
    for _ in range(2):
        an_evaluator()
    batch = a_batch(call, officer, limit=2)

    assert (batch.size, batch.short) == (4, 2)
    client.force_login(officer)
    page = client.get(reverse("batch", args=[batch.pk])).content.decode()
    assert "lets 2 evaluators take 4 assessments, 6 are wanted: 2 too few. A limit below 3 cannot do." in page
    assert "still lacks 1 evaluator. 1 is at the limit." in page


def test_two_of_one_house_are_kept_apart_where_that_is_asked(call, officer):
    an_eligible_application(call)
    for _ in range(2):
        an_evaluator(entity="HOME.D.2")
    an_evaluator(entity="JUST.B.3")

    for seed in range(4):
        batch = a_batch(call, officer, apart=True, seed=seed)
        assert len({evaluator.entity for _a, evaluator in pairs_of(batch)}) == 2


def test_officers_are_asked_where_they_are_wanted(call, officer):
    an_eligible_application(call)
    other = an_officer()

    batch = a_batch(call, officer, officers=True)

    assert {evaluator for _a, evaluator in pairs_of(batch)} == {officer, other}


def test_who_holds_another_role_by_now_is_no_evaluator(call, officer):
    an_eligible_application(call)
    now_only(an_evaluator(), "AUTHORISING")

    with pytest.raises(Incomplete):
        a_batch(call, officer, wanted=1)
