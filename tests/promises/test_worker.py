"""Real workers, a real beat, the real broker: what comes first under a flood, what a kill costs, how many hints fly."""

import os
import signal
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from audit.models import AuditRecord
from core import clock
from isf_police.celery import app
from programmes.actions import publish_call
from promises.actions import tell_workers
from promises.lanes import Lane
from promises.models import Promise
from promises.schedule import look
from promises.tasks import hints_waiting
from tests.factories import a_call, an_officer
from tests.promises.factories import owed
from tests.worker import wait_until, wipe_broker

pytestmark = [pytest.mark.worker, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
OPENS_WITHIN = 5  # seconds of its time
GOES_ON_WITHIN = 15  # seconds after the death of the worker that had it


@pytest.fixture
def notes(tmp_path, monkeypatch):
    """(word, subject, process group) of each note of the keepers."""
    path = tmp_path / "notes"
    path.touch()
    monkeypatch.setenv("NOTES", str(path))
    return lambda: [line.split() for line in path.read_text().splitlines()]


@pytest.fixture
def house(transactional_db, notes, start_celery, tmp_path):
    """A beat, and so many workers of three places each that know the slow kinds."""
    wipe_broker()

    def start(*, workers=1):
        start_celery("beat", f"--schedule={tmp_path / 'beat'}", "--pidfile=")
        for number in range(workers):
            start_celery("worker", f"--hostname=w{number}@test", "--include=tests.promises.keepers")

    return start


def hints():
    with app.producer_or_acquire() as producer:
        return hints_waiting(producer.channel)


def flood(number):
    at = clock.now()
    return Promise.objects.bulk_create(
        Promise(kind=kind, lane=lane, subject_id=uuid4(), due_at=at, made_at=at)
        for lane, kind in ((Lane.PROOF, "proof_of_50_ms"), (Lane.MAIL, "mail_of_50_ms"))
        for _one in range(number)
    )


def test_an_opening_runs_within_5_s_of_its_time_under_a_flood_and_two_long_files(house, notes):
    owed("long_file", lane=Lane.FILE)
    owed("long_file", lane=Lane.FILE)
    house()
    wait_until(lambda: len(notes()) == 1)
    flood(2000)
    wait_until(lambda: len(notes()) > 10)
    at = clock.now()
    closes_at = at + timedelta(seconds=3)
    call = a_call(
        "DRAFT", opens_at=at - timedelta(hours=1), closes_at=closes_at, inform_by=at.date() + timedelta(days=90)
    )
    publish_call(call, by=an_officer(), meant=True)

    wait_until(lambda: AuditRecord.objects.filter(act="call.open_applications").exists())

    assert AuditRecord.objects.get(act="call.open_applications").at - closes_at < timedelta(seconds=OPENS_WITHIN)
    left = {row["lane"]: row["waiting"] for row in Promise.objects.by_lane(clock.now())}
    assert left[Lane.MAIL] >= 2000, "mails wait for every proof"
    assert left[Lane.PROOF] > 1000, "the flood was still on"
    assert left[Lane.FILE] == 1, "the second file waits for the first: one place is all that files get"


def test_what_a_killed_worker_had_goes_on_within_15_s_and_is_done_once(house, notes):
    one = owed("paper_of_4_s", lane=Lane.PAPER)
    house(workers=2)
    wait_until(lambda: notes())
    ((_word, _subject, group),) = notes()
    os.killpg(int(group), signal.SIGKILL)
    died_at = time.monotonic()

    wait_until(lambda: len(notes()) > 1)

    assert time.monotonic() - died_at < GOES_ON_WITHIN
    wait_until(lambda: Promise.objects.filter(pk=one.pk, status="KEPT").exists())
    assert [word for word, *_rest in notes()] == ["begun", "begun", "done"]
    assert Promise.objects.get(pk=one.pk).attempts == 2


def test_a_sweep_repeated_a_hundred_times_leaves_one_hint_and_none_when_nothing_is_due():
    wipe_broker()
    look()
    assert hints() == 0
    flood(50)
    for _second in range(100):
        look()
    assert hints() == 1


def test_acts_that_promise_hint_once_until_somebody_takes_the_hint():
    wipe_broker()
    for _act in range(20):
        with transaction.atomic():
            tell_workers()
            tell_workers()
    assert hints() == 1


def test_the_queue_is_never_longer_than_what_is_due_while_two_workers_drain_it(house, notes):
    flood(100)
    house(workers=2)
    seen = []

    def drained():
        seen.append((hints(), Promise.objects.open().count()))
        return seen[-1][1] == 0

    wait_until(drained)
    assert max(waiting for waiting, _due in seen) <= 2
    assert len({subject for word, subject, _group in notes() if word == "done"}) == 200
    assert len(notes()) == 400, "each begun and done once"
