"""Runs of proofs: begun by the clock or a person, carried on slice by slice, ended with a result that is told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from audit.models import AuditRecord
from core import clock
from core.errors import NotAllowed, TooMany, WrongState
from promises.keeping import KEEPERS, LANES, keep_promise, put_back_abandoned
from promises.lanes import Lane
from promises.models import Promise
from reports.actions import begin_run, break_off_run, carry_on, confirm_run, runs
from reports.actions.runs import LONGEST, MOST_A_DAY, MOST_TRIES, NAMED
from reports.models import ProofRun
from reports.proofs import PROOFS, rows, trail
from reports.proofs.rows import Rows
from reports.proofs.slices import Found, Part, Proof
from reports.proofs.trail import Chains
from reports.schedule import prove_tonight
from tests.factories import (
    a_call,
    a_national_auditor,
    an_admin,
    an_applicant,
    an_auditor,
    an_authorising_officer,
    an_officer,
    the_clock,
)
from tests.notices import told
from tests.reports.test_proofs import sql

pytestmark = pytest.mark.django_db


class Steps:
    """A proof of so many slices, each with these faults; what is no list is raised."""

    def __init__(self, *slices):
        self.slices = slices

    def look(self, place):
        number = place or 0
        faults = self.slices[number]
        if isinstance(faults, Exception):
            raise faults
        return Found(10, faults, number + 1 if number + 1 < len(self.slices) else None)


@pytest.fixture
def proofs(monkeypatch):
    """What is to be proved, for those tests where it is not the house."""

    def are(**named):
        monkeypatch.setattr(runs, "PROOFS", {name: Proof(Steps(*slices)) for name, slices in named.items()})

    return are


def begun(by=None, **options):
    return begin_run(ProofRun(), by=by or the_clock(), **options)


def carried_through(run):
    """As the worker does it: read anew each time."""
    while carry_on(ProofRun.objects.get(pk=run.pk)):
        pass
    run.refresh_from_db()
    return run


def results_of(run):
    return {one["proof"]: (one["looked_at"], one["faults"], one["named"]) for one in run.results}


# whole runs


@pytest.mark.usefixtures("people_of_before")
def test_a_run_over_the_house_proves_all_that_the_command_proves(decided):
    run = carried_through(begun())
    assert (run.status, run.fault_count, run.progress) == ("PROVED", 0, {})
    assert [one["proof"] for one in run.results] == list(PROOFS)
    assert results_of(run)["chains of the audit trail are whole"][0] > 100
    assert run.looked_at == sum(one["looked_at"] for one in run.results)
    assert list(rows()) == [], "the run itself is told of"


@pytest.mark.usefixtures("people_of_before")
def test_a_fault_of_the_house_stands_in_the_result_and_in_the_trail(decided):
    first = decided.entries[0]
    sql("UPDATE awards_decisionline SET reason = 'Another' WHERE application_id = %s", first.pk)
    run = carried_through(begun())
    assert run.status == "FAULTY"
    _count, faults, (sentence,) = results_of(run)["rows are what the trail tells of them"]
    assert faults == run.fault_count == 1
    assert "awards_decisionline" in sentence
    told_of = AuditRecord.objects.of_chain(run.chain).last()
    assert (told_of.act, told_of.status_after) == ("proofrun.accuse", "FAULTY")
    assert told_of.changes["fault_count"] == [0, 1]
    assert "progress" not in told_of.changes


@pytest.mark.usefixtures("people_of_before")
def test_the_servers_role_carries_out_a_whole_run(decided):
    """Its marks on the run are no change that a record must tell of; begin and end have theirs."""
    call_command("grant_rights")
    run = begun()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE isf_app")
        run = carried_through(run)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("RESET ROLE")
    assert (run.status, run.fault_count) == ("PROVED", 0)


def test_a_run_goes_slice_by_slice_and_adds_up(proofs):
    proofs(first=[[], ["a"], ["b", "c"]], second=[[]])
    run = begun()
    seen = []
    while carry_on(ProofRun.objects.get(pk=run.pk)):
        seen.append(ProofRun.objects.get(pk=run.pk).progress["left"])
    run.refresh_from_db()
    assert seen == [["first", "second"], ["first", "second"], ["second"], []]
    assert results_of(run) == {"first": (30, 3, ["a", "b", "c"]), "second": (10, 0, [])}
    assert (run.status, run.looked_at, run.fault_count) == ("FAULTY", 40, 3)


def test_so_many_faults_are_named_and_all_are_counted(proofs):
    proofs(first=[[f"fault {number}" for number in range(NAMED)], ["one more"]])
    run = carried_through(begun())
    assert run.fault_count == NAMED + 1
    assert len(run.results[0]["named"]) == NAMED


# what goes wrong


def test_a_proof_that_raises_is_a_fault_in_words_and_the_others_go_on(proofs, caplog):
    proofs(first=[ValueError("no such thing")], second=[[]])
    run = carried_through(begun())
    assert run.status == "FAULTY"
    assert results_of(run)["first"] == (
        0, 1, ["The proof “first” could not be carried out: ValueError: no such thing."]
    )  # fmt: skip
    assert results_of(run)["second"] == (10, 0, [])
    assert "could not be carried out" in caplog.text


def test_a_proof_that_breaks_the_transaction_is_a_fault_like_any_other(monkeypatch):
    def wrong(_rows):
        with connection.cursor() as cursor:
            cursor.execute("SELECT no_such_column")
        yield

    a_call()
    broken = Proof(Part(ProofRun.objects.all, wrong))
    monkeypatch.setattr(runs, "PROOFS", {"first": broken})
    run = carried_through(begun())
    assert "no_such_column" in results_of(run)["first"][2][0]


def test_a_proof_that_a_new_version_does_not_know_any_more_is_a_fault(proofs, monkeypatch):
    proofs(first=[[]])
    run = begun()
    monkeypatch.setattr(runs, "PROOFS", {})
    assert "KeyError: 'first'" in results_of(carried_through(run))["first"][2][0]


def test_a_slice_that_ends_its_worker_is_tried_again_and_then_left_out(proofs, monkeypatch):
    proofs(first=[[]], second=[[]])
    run = begun()
    with monkeypatch.context() as dying:
        dying.setattr(runs, "slice_of", lambda progress: (_ for _ in ()).throw(SystemExit))
        for _time in range(MOST_TRIES):
            with pytest.raises(SystemExit):
                carry_on(ProofRun.objects.get(pk=run.pk))
    run = carried_through(run)
    assert results_of(run) == {
        "first": (0, 1, [f"The proof “first” ended its worker {MOST_TRIES} times."]), "second": (10, 0, [])
    }  # fmt: skip


def test_a_worker_that_dies_leaves_the_slice_to_the_next_one(proofs):
    """Its promise is given back as any other; what it had not noted is looked at again, and counted once."""
    proofs(first=[["a"], ["b"]])
    run = begun()
    owed = Promise.objects.get(kind="prove", subject_id=run.pk)
    keep_promise(owed.pk)
    Promise.objects.filter(pk=owed.pk).update(status="RUNNING")
    ProofRun.objects.filter(pk=run.pk).update(progress=ProofRun.objects.get(pk=run.pk).progress | {"tries": 1})
    put_back_abandoned()
    while Promise.objects.open().filter(pk=owed.pk).exists():
        keep_promise(owed.pk)
    run.refresh_from_db()
    assert results_of(run) == {"first": (20, 2, ["a", "b"])}


def test_two_workers_with_one_slice_count_it_once(proofs):
    proofs(first=[["a"]], second=[[]])
    run = begun()
    mine, other = ProofRun.objects.get(pk=run.pk), ProofRun.objects.get(pk=run.pk)
    assert carry_on(mine)
    assert carry_on(other), "it looks again, and finds the run further than it knew"
    assert ProofRun.objects.get(pk=run.pk).progress["results"] == [
        {"proof": "first", "looked_at": 10, "faults": 1, "named": ["a"]}
    ]


def test_a_run_that_has_ended_is_not_carried_on(proofs):
    proofs(first=[[]])
    run = carried_through(begun())
    assert not carry_on(run)
    assert KEEPERS["prove"](run.pk) is None
    with pytest.raises(WrongState):
        confirm_run(run, by=the_clock())


def test_a_run_that_nobody_carries_on_is_broken_off_by_the_next_one_and_told(proofs):
    proofs(first=[["a"], []])
    auditor, run = an_auditor(), begun()
    carry_on(ProofRun.objects.get(pk=run.pk))
    Promise.objects.filter(kind="prove").update(status="FAILED")
    prove_tonight(None)
    run.refresh_from_db()
    assert (run.status, run.fault_count, run.looked_at) == ("BROKEN_OFF", 1, 10)
    assert ProofRun.objects.under_way().exclude(pk=run.pk).count() == 1
    KEEPERS["tell"](run.pk)
    assert set(told(clock.now() + timedelta(hours=1), run)) == {auditor.email}


def test_a_run_that_takes_more_than_a_day_is_broken_off(proofs):
    proofs(first=[[], []])
    at = clock.now()
    run = begun(at=at - LONGEST - timedelta(minutes=1))
    assert begun(an_admin()).status == "UNDER_WAY"
    run.refresh_from_db()
    assert run.status == "BROKEN_OFF"
    assert not carry_on(run)


# who, and how often


def test_one_run_at_a_time(proofs):
    proofs(first=[[]])
    run = begun(an_auditor())
    with pytest.raises(WrongState, match="under way since"):
        begun(an_admin())
    prove_tonight(None)  # the one that an auditor has begun does as well
    assert list(ProofRun.objects.all()) == [run]
    with pytest.raises(IntegrityError), transaction.atomic():
        ProofRun.objects.create(status="UNDER_WAY", begun_by=the_clock(), begun_at=clock.now())


def test_three_a_day_of_one_person_and_as_many_of_the_clock_as_there_are_nights(proofs):
    proofs(first=[[]])
    auditor = an_auditor()
    for _one in range(MOST_A_DAY):
        carried_through(begun(auditor))
        carried_through(begun())
    with pytest.raises(TooMany, match="begins by itself tonight"):
        begun(auditor)
    carried_through(begun())
    begun(an_auditor(name="Another"))


@pytest.mark.parametrize(
    "somebody", [an_officer, an_authorising_officer, an_applicant, a_national_auditor], ids=lambda one: one.__name__
)
def test_others_begin_none(somebody):
    with pytest.raises(NotAllowed):
        begun(somebody())
    assert not ProofRun.objects.exists()


def test_nobody_but_the_clock_says_what_came_of_it(proofs):
    proofs(first=[["a"]])
    run = begun()
    for act in (confirm_run, break_off_run):
        with pytest.raises(NotAllowed):
            act(run, by=an_auditor())


def test_what_has_faults_is_never_called_proved(proofs):
    proofs(first=[["a"]])
    run = begun()
    carry_on(run)
    with pytest.raises(IntegrityError), transaction.atomic():
        confirm_run(run, by=the_clock())


def test_proofs_go_in_the_last_lane():
    assert LANES["prove"] == LANES["prove_nightly"] == max(Lane)


# who hears of it


def test_a_failure_is_told_once_to_whoever_follows_the_proofs_and_says_nothing_of_what_it_is(proofs):
    auditor, admin = an_auditor(), an_admin()
    a_national_auditor()
    an_officer()
    proofs(first=[["The award to SECRET has changed."]])
    run = carried_through(begun())
    assert Promise.objects.filter(kind="tell", subject_id=run.pk).exists()
    KEEPERS["tell"](run.pk)
    soon = clock.now() + timedelta(hours=1)
    assert set(told(soon, run)) == {auditor.email, admin.email}
    assert told(soon + timedelta(days=1), run) == {}
    assert "SECRET" not in mail.outbox[0].body
    assert run.get_absolute_url() in mail.outbox[0].body
    assert "The books were not proved" in mail.outbox[0].subject


def test_what_is_proved_is_told_to_nobody(proofs):
    an_auditor(mails={"nightly_checkpoint": "OFF"})
    proofs(first=[[]])
    run = carried_through(begun())
    assert told(clock.now() + timedelta(hours=1), run) == {}


# slices


def test_a_part_in_slices_finds_the_same_as_in_one(decided):
    def odd(rows):
        return [str(row.pk) for row in rows if row.pk.int % 2]

    records = type(decided.entries[0]).objects.all
    whole, small = Proof(Part(records, odd)), Proof(Part(records, odd, size=1), Part(records, odd, size=4))
    assert sorted(small()) == sorted([*whole(), *whole()])
    assert [found.looked_at for found in small.slices()][:3] == [1, 1, 1]


def test_an_empty_part_is_looked_at_and_the_next_one_follows():
    proof = Proof(Part(ProofRun.objects.none, list), Part(ProofRun.objects.none, list))
    assert [(found.looked_at, found.place) for found in proof.slices()] == [(0, [1, None]), (0, None)]


@pytest.mark.usefixtures("people_of_before")
def test_the_trail_in_small_slices_finds_the_same_record_wherever_the_slice_ends(decided):
    call = decided.call
    sql("UPDATE audit_auditrecord SET reason = 'x' WHERE chain = %s AND sequence = 2", call.chain)
    sql("DELETE FROM audit_auditrecord WHERE chain = %s AND sequence = 4", call.chain)
    whole = list(trail())
    assert len(whole) == 3
    for size in (1, 2, 7):
        assert list(Proof(Chains(size=size))()) == whole


@pytest.mark.usefixtures("people_of_before")
def test_the_rows_in_shares_find_the_same(decided):
    sql("UPDATE awards_decisionline SET reason = 'Another'")
    sql("DELETE FROM evaluation_score")
    whole = sorted(rows())
    assert len(whole) > 10
    shares = list(Proof(Rows(size=100)).slices())
    assert len(shares) > 2
    assert sorted(sentence for found in shares for sentence in found.faults) == whole
    assert len(list(Proof(Rows(in_detail=1))())) == len(whole), (
        "those after the first few are named without their fields"
    )
