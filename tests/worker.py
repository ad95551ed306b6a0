"""Real Celery processes on the test's own database, broker and files; none outlives its test."""

import os
import signal
import subprocess
import sys
import time

import pytest
import redis
from django.conf import settings
from django.db import connection

from promises.models import Promise

PATIENCE = 90  # seconds


@pytest.fixture
def start_celery(tmp_path):
    """Start `celery worker`, `celery beat`…: the words after the program's name."""
    started = []

    def start(*words):
        log = (tmp_path.parent / f"{words[0]}-{tmp_path.name}.log").open("ab")
        command = [sys.executable, "-m", "celery", "-A", "isf_police", *words, "--loglevel=WARNING"]
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
    owed = Promise.objects.exclude(status="KEPT").values_list("kind", "status", "attempts", "last_error")
    pytest.fail(f"after {PATIENCE} s: {owed.count()} owed, such as {list(owed[:20])}")


def wipe_broker():
    with redis.from_url(settings.REDIS_URL) as broker:
        broker.flushdb()
