"""python -m benchmarks.load [people] [seconds]: the last minute of a call, on a database of its own, in one line.

Web, worker and beat run as in operation: two web processes of eight threads, one worker of three places.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time

os.environ.setdefault("ISF_ENV", "development")
os.environ.setdefault("DATABASE_AS_OWNER", "1")
os.environ.setdefault("TEST_DB", "load")
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django must be set up first
from django.core.management import call_command  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from benchmarks import crowd  # noqa: E402
from core import clock  # noqa: E402
from tests.conftest import restore_the_clock  # noqa: E402
from tests.factories import a_call  # noqa: E402
from tests.worker import environment, wipe_broker  # noqa: E402
from tools.ports import free_port, is_well  # noqa: E402


def main(number=500, seconds=55):
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends us ends what we started
    settings.ALLOWED_HOSTS = ["*"]
    made = setup_databases(verbosity=0, interactive=False)
    started = []
    try:
        call_command("grant_rights")
        restore_the_clock()
        wipe_broker()
        now = clock.now()
        call = a_call(opens_at=now.replace(year=now.year - 1), closes_at=now.replace(year=now.year + 1))
        everybody = crowd.people(number, call=call, at=now)
        port = free_port(8600)
        started = [start(command) for command in servers(port)]
        while not is_well(f"http://{crowd.HOST}:{port}"):
            time.sleep(0.2)
        crowd.submit_all(everybody, port, seconds=seconds)
        print(told(everybody, seconds), flush=True)
        print(drained(), flush=True)
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(60)
        teardown_databases(made, verbosity=0)


def servers(port):
    celery = [sys.executable, "-m", "celery", "-A", "isf_police"]
    web = [sys.executable, "-m", "gunicorn", "isf_police.wsgi", "--bind", f"{crowd.HOST}:{port}", "--no-control-socket"]
    return [
        [*web, "--worker-class=gthread", "--workers=2", "--threads=8", "--log-level=error"],
        ["nice", "-n", "5", *celery, "worker", "--loglevel=ERROR"],
        [*celery, "beat", "--pidfile=", f"--schedule={tempfile.mkdtemp()}/beat", "--loglevel=ERROR"],
    ]


def start(command):
    return subprocess.Popen(command, env=environment(), cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL)


def drained():
    """How long until each receipt was drawn and each mail sent."""
    began = time.monotonic()
    while crowd.unkept() and time.monotonic() - began < 600:
        time.sleep(0.5)
    left, took = crowd.unkept(), f"{time.monotonic() - began:.0f} s after the last answer"
    return f"{left} receipts and mails were left {took}" if left else f"all receipts and mails: {took}"


def told(everybody, seconds):
    faults = ", ".join(f"{count} {name}" for name, count in crowd.held_against_the_rows(everybody).items())
    again = sum(len(one.answers) - 1 for one in everybody)
    waits = " / ".join(f"{crowd.waited(everybody, share):.2f}" for share in (0.5, 0.99, 1))
    return (
        f"{len(everybody)} submits in {seconds} s: {faults}; p50 / p99 / longest {waits} s; "
        f"told to come again {again} times"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
