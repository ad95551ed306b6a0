"""The pool of a call: invited on terms, answered by a day, and whoever is not in it is assigned nothing of the call."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import close_account
from audit.models import AuditRecord
from core.days import day_of
from core.errors import Incomplete, NotAllowed, WrongState
from evaluation.actions import (
    accept_invitation,
    assign_evaluator,
    carry_out_batch,
    confirm_batch,
    declare_no_conflict,
    decline_invitation,
    invite_people,
    keep_entry,
    leave_pool,
    propose_distribution,
    propose_from_file,
    release_from_pool,
    take_invitation_back,
)
from evaluation.actions.pool import Reference
from evaluation.actions.proposing import Terms
from evaluation.actions.replacing import gaps_in
from evaluation.models import Assessment, PoolMember
from evaluation.shown.pool import answer_of
from promises.models import Mail
from tests.evaluation.factories import DAY, a_signed, an_assigned, an_eligible_application
from tests.factories import a_call, an_admin, an_applicant, an_evaluator, an_officer, the_clock
from tests.notices import bring_notices_forward

pytestmark = pytest.mark.django_db
LAST = DAY + timedelta(days=7)
SOON = Reference(task="Assess proposals at home.", answer_by=day_of(LAST), work_until=day_of(LAST) + timedelta(20))


@pytest.fixture
def application(call):
    return an_eligible_application(call)


def invited(call, *people, officer=None, terms=SOON, at=DAY):
    return invite_people(call, people, by=officer or an_officer(), terms=terms, at=at)


def one_in_the_pool(call, person=None, **said):
    (row,) = invited(call, person or an_evaluator(), **said)
    return accept_invitation(row, by=row.person, at=DAY)


def refused(application, person):
    with pytest.raises(Incomplete) as refusal:
        an_assigned(application, person)
    return str(refusal.value.sentence)


# the invitation


def test_several_are_invited_at_once_each_with_the_terms_and_a_record(call, officer):
    ana, ben = an_evaluator(name="Ana"), an_evaluator(name="Ben")
    terms = Reference(task="Six proposals.", answer_by=SOON.answer_by, work_until=SOON.work_until, most=6)

    rows = invited(call, ana, ben, officer=officer, terms=terms)

    assert [(row.person, row.status, row.most, row.invited_by) for row in rows] == [
        (ana, "INVITED", 6, officer), (ben, "INVITED", 6, officer),
    ]  # fmt: skip
    records = AuditRecord.objects.filter(act="poolmember.invite")
    assert {one.changes["task"][1] for one in records} == {"Six proposals."}
    assert {one.chain for one in records} == {call.chain}
    assert rows[0].events.count() == 1


def test_each_is_told_by_mail_with_the_link_and_the_last_day(call, keep_promises):
    (row,) = invited(call, an_evaluator(), at=None, terms=Reference("Read.", date(2099, 1, 1)))

    keep_promises()
    bring_notices_forward()
    keep_promises()

    (sent,) = mail.outbox
    assert sent.to == [row.person.email]
    assert row.get_absolute_url() in sent.body
    assert "1 January 2099" in sent.body
    assert call.reference in sent.body
    assert row.task not in sent.body


@pytest.mark.parametrize(
    ("changed", "gap"),
    [
        ({"task": " "}, "task"),
        ({"answer_by": day_of(DAY) - timedelta(1)}, "answer_by"),
        ({"work_until": SOON.answer_by - timedelta(1)}, "work_until"),
        ({"most": 0}, "most"),
    ],
)
def test_what_is_wrong_with_the_terms_is_said_once_and_nobody_is_invited(call, changed, gap):
    said = {"task": SOON.task, "answer_by": SOON.answer_by} | changed
    with pytest.raises(Incomplete) as refusal:
        invited(call, an_evaluator(), an_evaluator(), terms=Reference(**said))

    assert list(refusal.value.gaps) == [gap]
    assert not PoolMember.objects.exists()


def test_one_who_cannot_be_invited_is_named_and_nobody_is(call):
    with pytest.raises(Incomplete) as refusal:
        invited(call, an_evaluator(), an_applicant(name="Applicant"))

    assert "Applicant is not an evaluator" in refusal.value.gaps["people"]
    assert not PoolMember.objects.exists()


def test_only_officers_invite_and_only_while_the_call_is_to_be_judged(call):
    with pytest.raises(NotAllowed):
        invite_people(call, [an_evaluator()], by=an_evaluator(), terms=SOON, at=DAY)
    with pytest.raises(Incomplete) as refusal:
        invited(a_call(status="DRAFT", published_at=None), an_evaluator(name="Ana"))
    assert "Ana: The call" in refusal.value.gaps["people"]
    assert invited(a_call(), an_evaluator())  # published: before anything is opened


# the answer


def test_accepted_on_the_last_day_and_not_after_it(call):
    in_time, late = invited(call, an_evaluator(), an_evaluator())

    assert accept_invitation(in_time, by=in_time.person, at=LAST).status == "ACCEPTED"
    with pytest.raises(WrongState, match=r"last day to accept was 7 February 2021\..*invite you again, or decline"):
        accept_invitation(late, by=late.person, at=LAST + timedelta(days=1))

    row = decline_invitation(late, by=late.person, at=LAST + timedelta(days=1))
    assert (row.status, answer_of(row).endswith(", late")) == ("DECLINED", True)


def test_declined_with_a_reason_for_the_office_alone(call, officer):
    (row,) = invited(call, an_evaluator(), officer=officer)

    decline_invitation(row, by=row.person, at=DAY, why="I am ill.")

    told = Mail.objects.get(to=officer.email)
    assert call.reference in told.subject
    assert "ill" not in told.body
    assert PoolMember.objects.get().why == "I am ill."


def test_nobody_answers_for_another(call):
    (row,) = invited(call, an_evaluator())
    for person in (an_evaluator(), an_officer()):
        with pytest.raises(NotAllowed):
            accept_invitation(row, by=person, at=DAY)
        with pytest.raises(NotAllowed):
            decline_invitation(row, by=person, at=DAY)


def test_invited_again_on_other_terms_it_is_the_same_place(call):
    (row,) = invited(call, an_evaluator())
    decline_invitation(row, by=row.person, at=DAY, why="Too many.")

    (again,) = invited(call, row.person, terms=Reference("Two only.", SOON.answer_by, most=2))

    assert (again.pk, again.status, again.most, again.why, again.answered_at) == (row.pk, "INVITED", 2, "", None)


def test_whoever_accepted_is_not_invited_again(call):
    row = one_in_the_pool(call, an_evaluator(name="Ana"))
    with pytest.raises(Incomplete) as refusal:
        invited(call, row.person)
    assert "not possible now" in refusal.value.gaps["people"]


# assigning from the pool


def test_without_invitations_everybody_is_assigned_as_before(application):
    assert an_assigned(application, an_evaluator())


def test_a_call_that_invited_anybody_assigns_from_its_pool_alone(call, application):
    accepted = one_in_the_pool(call, an_evaluator(name="Ana")).person
    (open_,) = invited(call, an_evaluator(name="Ben"))

    waits = f"{open_.person} is invited to {call} and has not accepted yet: choose somebody who accepted."
    assert refused(application, open_.person) == waits
    for person in (an_evaluator(name="Cleo"), an_officer(name="Dora")):
        sentence = f"{person} is not in the pool of {call}: invite first, or choose somebody who accepted."
        assert refused(application, person) == sentence
    assert an_assigned(application, accepted)


def test_another_calls_pool_is_nobodys_business(call, application):
    one_in_the_pool(a_call(), an_evaluator())
    assert an_assigned(application, an_evaluator())


def test_invitations_that_were_all_taken_back_leave_the_call_as_it_was(call, application):
    (row,) = invited(call, an_evaluator())
    take_invitation_back(row, by=an_officer(), at=DAY, reason="The wrong call.")

    assert an_assigned(application, an_evaluator())
    assert "took back your invitation" in Mail.objects.get(to=row.person.email).body


def test_a_file_a_distribution_and_a_batch_hold_to_the_pool(call, application, officer):
    inside, outside = one_in_the_pool(call).person, an_evaluator(name="Cleo")

    with pytest.raises(Incomplete) as refusal:
        propose_from_file(call, by=officer, rows=[(2, application.reference, outside.email)], name="pairs.csv")
    assert "Cleo is not in the pool" in refusal.value.gaps["Line 2"]
    proposed = propose_distribution(call, by=officer, terms=Terms(1))
    assert [line.evaluator for line in proposed.lines.all()] == [inside]
    assert proposed.terms["away"] == 1

    confirmed = confirm_batch(proposed, by=officer)
    leave_pool(PoolMember.objects.get(person=inside), by=inside, at=DAY, reason="Ill.")
    done = carry_out_batch(confirmed, by=the_clock())
    assert (done.made, done.refused) == (0, 1)
    assert "is not in the pool" in done.lines.get().refusal


def test_nobody_is_assigned_more_than_she_accepted(call, application, officer):
    ana = an_evaluator(name="Ana")
    keep_entry(by=ana, at=DAY, said={"most": 9})
    one_in_the_pool(call, ana, terms=Reference("One.", SOON.answer_by, most=1))
    an_assigned(application, ana)

    assert refused(an_eligible_application(call), ana) == (
        "Ana takes at most 1 assessments in a call and has 1 in this one."
    )
    with pytest.raises(Incomplete) as refusal:
        propose_distribution(call, by=officer, terms=Terms(1))
    assert "nobody to assign" in refusal.value.gaps[""]


def test_what_was_assigned_before_the_first_invitation_stays(call, application):
    row = an_assigned(application, an_evaluator())
    one_in_the_pool(call)
    assert declare_no_conflict(row, by=row.evaluator, at=DAY).status == "OPEN"


# leaving


def test_whoever_leaves_before_having_begun_hands_back_what_was_assigned(call, application, officer):
    row = one_in_the_pool(call, officer=officer)
    given = an_assigned(application, row.person)

    leave_pool(row, by=row.person, at=DAY, reason="Another task.")

    given.refresh_from_db()
    assert (given.status, given.ended_reason) == ("RELEASED", "left the pool: Another task.")
    assert "is not in the pool" in refused(application, row.person)
    assert AuditRecord.objects.filter(act="assessment.fall", chain=application.chain).count() == 1
    assert Mail.objects.filter(to=officer.email).exists()


def test_whoever_has_begun_asks_the_office_which_waits_for_the_signature(call, application, officer):
    row = one_in_the_pool(call)
    given = declare_no_conflict(an_assigned(application, row.person), by=row.person, at=DAY)

    with pytest.raises(WrongState, match="You have begun"):
        leave_pool(row, by=row.person, at=DAY, reason="Another task.")
    with pytest.raises(WrongState, match="is writing an assessment"):
        release_from_pool(row, by=officer, at=DAY, reason="Ill.")
    assert Assessment.objects.get().status == given.status


def test_what_was_signed_stays_when_its_evaluator_is_released(call, application, officer):
    row = one_in_the_pool(call)
    signed = a_signed(application, row.person)

    released = release_from_pool(row, by=officer, at=DAY, reason="The pool is large enough.")

    signed.refresh_from_db()
    assert (released.status, signed.status) == ("RELEASED", "SIGNED")
    assert "The pool is" not in Mail.objects.get(to=row.person.email).body


def test_an_assignment_and_a_leaving_meet_on_the_place(call, application):
    """Both hold the row of the pool, the assignment before it asks who is there."""
    row = one_in_the_pool(call)
    with CaptureQueriesContext(connection) as asked:
        assign_evaluator(application, row.person, by=an_officer(), at=DAY)

    said = [one["sql"] for one in asked.captured_queries]
    held = next(place for place, sql in enumerate(said) if "poolmember" in sql and "FOR UPDATE" in sql)
    read = [place for place, sql in enumerate(said) if "poolmember" in sql and "FOR UPDATE" not in sql]
    assert held < max(read)


# replacing


def test_who_does_not_come_and_who_could_come_instead(call, officer):
    gone = an_evaluator(name="Gone")
    keep_entry(by=gone, at=DAY, said={"keywords": ["dna"], "languages": ["fr"]})
    for name, said in (("Near", {"keywords": ["dna"], "languages": ["fr"]}), ("Far", {"languages": ["fr"]})):
        keep_entry(by=an_evaluator(name=name), at=DAY, said=said)
    keep_entry(by=an_evaluator(name="Away"), at=DAY, said={"keywords": ["dna"], "absences": ["2020-01-01/2099-01-01"]})
    (row,) = invited(call, gone)
    silent, there = invited(call, an_evaluator(name="Silent"), an_evaluator(name="There"))
    decline_invitation(row, by=gone, at=DAY)
    accept_invitation(there, by=there.person, at=DAY)
    close_account(an_evaluator(name="Closed"), by=an_admin(), reason="Left.")

    first, second = gaps_in(call, officer, LAST + timedelta(days=1))

    assert (first.member.person.name, [(one.name, shared) for one, shared in first.others]) == (
        "Gone", [("Near", ["dna", "fr"]), ("Far", ["fr"])],
    )  # fmt: skip
    assert second.member == silent
    assert [one.member for one in gaps_in(call, officer, DAY)] == [row]


def test_however_many_are_invited_it_takes_as_many_statements(call, officer, django_assert_num_queries):
    for number in (1, 5):
        people = [an_evaluator() for _ in range(number)]
        with django_assert_num_queries(15):
            invited(call, *people, officer=officer)
