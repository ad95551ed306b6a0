"""`make demo` itself, on servers of its own and with a few proposals: up, Ctrl-C, up again with nothing lost."""

import contextlib
import fcntl
import os
import re
import signal
import subprocess
import sys
import urllib.request

import psycopg2
import pytest
from django.db import connection

from core.backups import surroundings, where_is
from tests.demo.test_load_demo import SHORT
from tests.long import WHOLE
from tools.places import CHECKOUT
from tools.services import Instance, discard, ensure, postgres, release, urls, valkey

# What the test run has set for itself; a person who types `make demo` has none of it.
NOT_A_PERSONS = {"DATABASE_AS_OWNER", "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE", "EMAIL_URL"}
LETTERS = "SELECT count(*), min(pdf_sha256), max(pdf_sha256) FROM awards_letter WHERE pdf_sha256 <> ''"


@pytest.fixture
def trial():
    instance = Instance(f"trial{os.getpid()}")
    yield instance
    discard(instance)


@pytest.fixture
def migrated(trial, a_database_to_copy, django_db_blocker, tmp_path):
    """`make test` begins with the tables as the migrations leave them, `make long` with nothing: migrating takes two
    minutes of five."""
    if WHOLE:
        return
    with django_db_blocker.unblock():
        name = a_copy_of(connection.settings_dict["TEST"]["TEMPLATE"])
    read = {**surroundings(), "PGDATABASE": name}
    ensure(trial)
    try:
        program("pg_dump", "--format=custom", f"--file={tmp_path / 'tables'}", env=read)
        program("pg_restore", "--exit-on-error", f"--dbname={urls(trial)['DATABASE_OWNER_URL']}", tmp_path / "tables")
    finally:
        release(trial)


def a_copy_of(template):
    """Of its own: nobody else may copy what is being read."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {template}_of_the_demo")
        cursor.execute(f"CREATE DATABASE {template}_of_the_demo TEMPLATE {template}")
    return f"{template}_of_the_demo"


def program(name, *words, env=None):
    subprocess.run([where_is(name), *words], check=True, capture_output=True, text=True, env=env)


@contextlib.contextmanager
def running(instance):
    """The demo, as far as its last sentence; gives the address it has said."""
    person = {name: value for name, value in os.environ.items() if name not in NOT_A_PERSONS}
    command = [sys.executable, "-m", "tools.demo", "--only", *SHORT]
    with subprocess.Popen(
        command,
        cwd=CHECKOUT,
        env=person | {"ISF_INSTANCE": instance.name, "PORT": "8321"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as demo:
        try:
            yield demo, until_it_is_up(demo)
        finally:
            demo.send_signal(signal.SIGINT)
            demo.wait(60)


def until_it_is_up(demo):
    said = []
    for line in demo.stdout:
        said.append(line)
        if "Ctrl-C stops it" in line:
            return "".join(said)
    raise AssertionError("".join(said))


def answer(url):
    with urllib.request.urlopen(url, timeout=10) as page:  # noqa: S310 - our own
        return page.read().decode()


def letters(instance):
    """Asked after the demo has ended, so its server is started for the question."""
    ensure(instance)
    try:
        with contextlib.closing(psycopg2.connect(urls(instance)["DATABASE_URL"])) as line, line.cursor() as cursor:
            cursor.execute(LETTERS)
            return cursor.fetchone()
    finally:
        release(instance)


def pid_of_the_worker(demo):
    asked = ["pgrep", "-P", str(demo.pid), "-f", "isf_police worker"]
    return int(subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split()[0])


def nothing_runs(instance):
    """Neither the servers nor anything that has the instance's folder on its command line."""
    mine = subprocess.run(["pgrep", "-f", str(instance.folder)], check=False, capture_output=True, text=True).stdout
    return not mine.strip() and not postgres.is_ready(instance) and not valkey.is_ready(instance)


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.worker
@pytest.mark.usefixtures("migrated")
def test_the_demo_comes_up_ends_with_ctrl_c_and_comes_up_again_with_nothing_lost(trial):
    with running(trial) as (demo, said):
        address = re.search(r"The demo is at (http://127\.0\.0\.1:\d+)", said)[1]
        assert '"status": "ok"' in answer(f"{address}/health/")
        assert "<title>" in answer(f"{address}/accounts/login/")
        assert "programme officer" in said
        assert "auditor" in said
    assert demo.returncode == 0
    assert nothing_runs(trial)
    drawn = letters(trial)
    assert drawn[0] >= 1

    with running(trial) as (demo, _):
        os.kill(pid_of_the_worker(demo), signal.SIGKILL)
        said = demo.stdout.read()
    assert "The worker ended by itself (exit code -9)" in said
    assert demo.returncode == 1
    assert nothing_runs(trial)
    assert letters(trial) == drawn


def test_two_demos_of_one_checkout_are_refused(trial):
    ensure(trial)
    try:
        with (trial.folder / "demo.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            second = subprocess.run(
                [sys.executable, "-m", "tools.demo"],
                check=False,
                cwd=CHECKOUT,
                env=os.environ | {"ISF_INSTANCE": trial.name},
                capture_output=True,
                text=True,
            )
    finally:
        release(trial)

    assert second.returncode == 1
    assert "already runs in this checkout" in second.stderr


def test_reset_refuses_a_database_it_did_not_make():
    done = subprocess.run(
        [sys.executable, "-m", "tools.demo"],
        check=False,
        cwd=CHECKOUT,
        env=os.environ | {"RESET": "1", "DATABASE_URL": "postgresql://me@db.example.eu/mine", "REDIS_URL": "redis://x"},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert "RESET empties only the private database" in done.stderr
