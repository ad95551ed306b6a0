"""The short form of `make load`: a few people submit at once, the worker is killed meanwhile, each answer is true."""

import subprocess
import sys
import time

import pytest
from django.conf import settings

from benchmarks import crowd
from core import clock
from tests.factories import a_call
from tests.worker import environment, kill, wait_until, wipe_broker
from tools.ports import free_port, is_well

NOTHING = {"lost": 0, "doubled": 0, "server errors": 0, "silent": 0}


@pytest.fixture
def web(transactional_db, tmp_path):
    """The web server as in operation; gives its port."""
    port = free_port(8461)
    command = [sys.executable, "-m", "gunicorn", "isf_police.wsgi", "--bind", f"{crowd.HOST}:{port}", "--workers=1"]
    with (tmp_path / "web.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--worker-class=gthread", "--threads=8", "--no-control-socket"],
            env=environment(), cwd=settings.BASE_DIR, stdout=log, stderr=log,
        )  # fmt: skip
    end = time.monotonic() + 60
    while not is_well(f"http://{crowd.HOST}:{port}") and time.monotonic() < end:
        time.sleep(0.2)
    yield port
    process.kill()
    process.wait()


@pytest.mark.slow
@pytest.mark.worker
def test_what_everybody_was_told_in_the_last_moment_stands_in_the_rows(web, start_celery, tmp_path):
    wipe_broker()
    now = clock.now()
    call = a_call(opens_at=now.replace(year=now.year - 1), closes_at=now.replace(year=now.year + 1))
    everybody = crowd.people(12, call=call, at=now)
    first = start_celery("worker", "--hostname=first@test")
    start_celery("beat", f"--schedule={tmp_path / 'beat'}", "--pidfile=")
    crowd.submit_all(everybody, web, seconds=1)
    kill(first)
    start_celery("worker", "--hostname=second@test")
    assert crowd.held_against_the_rows(everybody) == NOTHING
    assert [one.answers[-1][0] for one in everybody] == [302] * 12
    wait_until(lambda: crowd.unkept() == 0)
    assert crowd.waited(everybody, 0.5) <= crowd.waited(everybody, 1)


@pytest.mark.django_db
def test_an_answer_that_is_not_true_is_found(transactional_db):
    """Somebody was told yes whose submit is not there; somebody was told nothing; somebody got a fault."""
    now = clock.now()
    call = a_call(opens_at=now.replace(year=now.year - 1), closes_at=now.replace(year=now.year + 1))
    everybody = crowd.people(3, call=call, at=now)
    for one, status in zip(everybody, (302, "silence", 500), strict=True):
        one.answers.append((status, 1.0))
    assert crowd.held_against_the_rows(everybody) == {"lost": 1, "doubled": 0, "server errors": 1, "silent": 1}
