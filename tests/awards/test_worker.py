"""A real Celery worker draws the letters; killed in the middle, another ends the batch: each letter exactly once."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
import redis
from django.conf import settings
from django.db import connection

from audit.models import AuditRecord
from awards.documents import kept_pdf
from awards.models import Letter
from core import clock
from promises import tasks
from promises.models import Mail, Promise
from tests.awards.factories import a_ranked_call, an_issued_decision
from tests.factories import an_applicant, an_organisation

PLACES = [((38, 35, 18), "MAIN", ""), *[((33, 30, 14), "RESERVE", "")] * 9]
PATIENCE = 90  # seconds

pytestmark = [pytest.mark.worker, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def start_worker(tmp_path):
    """Start workers on the test's own database, broker and files; none outlives the test."""
    started = []

    def start():
        log = (tmp_path.parent / f"worker-{tmp_path.name}.log").open("ab")
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "isf_police",
            "worker",
            "--concurrency=1",
            "--loglevel=WARNING",
        ]
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment(), stdout=log, stderr=log, start_new_session=True
        )  # fmt: skip
        log.close()
        started.append(process)
        return process

    yield start
    for process in started:
        kill(process)


def environment():
    """As in operation: the worker has the runtime's role, which owns nothing."""
    url = os.environ["DATABASE_URL"].rpartition("/")[0] + "/" + connection.settings_dict["NAME"]
    return {
        **os.environ, "DJANGO_SETTINGS_MODULE": "isf_police.settings", "DATABASE_URL": url, "DATABASE_AS_OWNER": "0",
        "FILES_ROOT": str(settings.FILES_ROOT), "EMAIL_URL": "memory://",
    }  # fmt: skip


def kill(process):
    """Parent and children at once, without a word of warning."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(done):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if done():
            return
        time.sleep(0.1)
    pytest.fail(f"after {PATIENCE} s: {list(Promise.objects.values_list('kind', 'status', 'attempts', 'last_error'))}")


def sent_letters():
    return Letter.objects.arrived().count()


def owed():
    return Promise.objects.filter(kind__in=["letter", "mail"]).exclude(status="KEPT").count()


def wipe_broker():
    with redis.from_url(settings.REDIS_URL) as broker:
        broker.flushdb()


@pytest.fixture
def decision(transactional_db):
    wipe_broker()
    applicant = an_organisation()
    an_applicant(applicant)
    return an_issued_decision(a_ranked_call(PLACES, applicant=applicant, budget=5_000_000, excluded=1), at=clock.now())


def assert_each_exactly_once(decision, files):
    letters = list(decision.letters.all())
    number = len(PLACES) + 1
    assert len(letters) == number
    assert {letter.status for letter in letters} == {"SENT"}
    assert len(files()) == len({letter.pdf_sha256 for letter in letters}) == number
    assert all(kept_pdf(letter) for letter in letters)
    assert AuditRecord.objects.filter(act="letter.send").count() == number
    assert Mail.objects.count() == Mail.objects.exclude(sent_at=None).count() == number


def test_a_worker_draws_and_sends_them_all(decision, start_worker, files):
    start_worker()
    wait_until(lambda: owed() == 0)
    assert_each_exactly_once(decision, files)
    assert set(Promise.objects.filter(kind="letter").values_list("attempts", flat=True)) == {1}


def test_killed_in_the_middle_with_the_broker_wiped_nothing_is_lost_or_doubled(decision, start_worker, files):
    first = start_worker()
    wait_until(lambda: sent_letters() >= 2)
    kill(first)
    done = sent_letters()
    assert 2 <= done < len(PLACES)
    wipe_broker()
    # what the dead worker held is free again once its lease has run out
    Promise.objects.filter(status="RUNNING").update(due_at=clock.now() - timedelta(minutes=11))
    start_worker()
    tasks.sweep()
    wait_until(lambda: owed() == 0)
    assert_each_exactly_once(decision, files)
