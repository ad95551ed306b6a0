"""The head of the tree leaves the house by itself: in a mail to each auditor, and on each receipt."""

from datetime import timedelta

import pytest
from django.core import mail

from applications import documents
from audit.checkpoints import place_records
from audit.models import Checkpoint
from audit.record import record
from core import clock
from promises.actions import note_turns
from promises.notices import MORNING, next_at
from reports.actions import begin_run, carry_on, runs
from reports.models import ProofRun
from tests.applications.factories import a_submitted
from tests.factories import a_call, a_national_auditor, an_admin, an_auditor, an_officer, the_clock
from tests.notices import told

pytestmark = pytest.mark.django_db


def something_happens():
    record("call.note", a_call(), by=an_officer(), at=clock.now())


@pytest.fixture
def night(monkeypatch):
    """The proofs of a night, carried out; gives the run."""
    something_happens()
    monkeypatch.setattr(runs, "PROOFS", {})

    def passes(by=None):
        place_records()
        run = begin_run(ProofRun(), by=by or the_clock())
        while carry_on(ProofRun.objects.get(pk=run.pk)):
            pass
        run.refresh_from_db()
        return run

    return passes


def open_now():
    at = clock.now()
    return a_call(opens_at=at - timedelta(days=9), closes_at=at + timedelta(days=9))


def told_of(run):
    """Noted when the run ended, told in the morning."""
    note_turns(run.pk, at=clock.now())
    return told(next_at(MORNING, clock.now()) + timedelta(minutes=1))


def test_each_auditor_has_the_head_in_the_morning_and_nobody_else(night):
    readers = {an_auditor().email, a_national_auditor("MT").email}
    others = {an_admin().email, an_officer().email}
    run = night()
    kept = Checkpoint.objects.before(run.ended_at)
    heard = set(told_of(run))
    assert heard == readers
    assert not others & heard
    body = next(one.body for one in mail.outbox if one.to[0] in readers)
    assert str(kept) in body
    assert "/checkpoints/" in body


def test_it_is_told_once_a_night_and_not_where_nothing_grew(night):
    an_auditor()
    run = night()
    assert len(told_of(run)) == 1
    assert told_of(run) == {}


def test_a_run_that_a_person_began_tells_no_head(night):
    reader = an_auditor()
    assert told_of(night(by=reader)) == {}


def test_whoever_does_not_want_it_gets_none(night):
    an_auditor(mails={"nightly_checkpoint": "OFF"})
    assert told_of(night()) == {}


def test_a_receipt_names_the_last_checkpoint_before_it_whenever_it_is_drawn():
    something_happens()
    place_records()
    before = Checkpoint.objects.newest()
    receipt = a_submitted(call=open_now(), at=None).receipts.get()
    place_records()
    said = dict(documents.facts_of(receipt))
    assert str(said["Last checkpoint before it"]) == str(before)
    assert Checkpoint.objects.holding(said["SHA-256 of the audit record"]).get().size > before.size


def test_the_first_receipt_of_all_has_none_before_it():
    receipt = a_submitted().receipts.get()  # of 2020, as the demonstration's are
    assert dict(documents.facts_of(receipt))["Last checkpoint before it"] == ""
