"""The figures of the house: who may read them, that rows and requests are counted right, and what it costs."""

import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from core import clock
from core.days import next_at
from isf_police.figures import House
from isf_police.front import ARRIVED
from isf_police.metrics import Metrics
from promises.keeping import LANES
from promises.lanes import Lane
from promises.models import Promise
from promises.states import PromiseStatus
from reports.models import ProofRun
from reports.states import ProofRunStatus
from tests.factories import an_auditor
from tests.worker import environment
from tools.places import CHECKOUT
from tools.ports import HOST, free_port, is_well

TOKEN = "what only Prometheus knows"
ASKED = {"PATH_INFO": "/metrics", "HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}


def answer(environ, tmp_path, *, token=TOKEN):
    """The status, or “passed on” where Django is asked as for any address."""
    given = []
    metrics = Metrics(lambda _environ, _start: given.append("passed on"), token=token, counts=tmp_path)
    metrics(environ, lambda status, _headers: given.append(status))
    return given[0]


def figures():
    registry = CollectorRegistry()
    registry.register(House())
    return values_of(generate_latest(registry).decode())


def values_of(text):
    samples = [one for family in text_string_to_metric_families(text) for one in family.samples]
    return {(one.name, *(one.labels[name] for name in sorted(one.labels))): one.value for one in samples}


# who may read them


@pytest.mark.django_db
def test_whoever_says_the_token_reads_them(tmp_path):
    assert answer(ASKED, tmp_path) == "200 OK"


@pytest.mark.parametrize(("changed", "token"), [
    ({}, ""),
    ({"HTTP_AUTHORIZATION": "Bearer "}, ""),
    ({"HTTP_AUTHORIZATION": ""}, TOKEN),
    ({"HTTP_AUTHORIZATION": f"Bearer {TOKEN} "}, TOKEN),
    ({"HTTP_AUTHORIZATION": TOKEN}, TOKEN),
    ({"HTTP_AUTHORIZATION": "Bearer \xe9"}, TOKEN),
    ({ARRIVED: "1ms whatever the front server says"}, TOKEN),
    ({"PATH_INFO": "/metrics/"}, TOKEN),
])  # fmt: skip
def test_for_everybody_else_and_through_the_front_server_there_is_no_such_address(changed, token, tmp_path):
    assert answer(ASKED | changed, tmp_path, token=token) == "passed on"


# what they say


def owed(kind, at, *, ago=0, **fields):
    due = at - timedelta(seconds=ago)
    return Promise(kind=kind, lane=Lane.MAIL, subject_id=uuid4(), due_at=due, made_at=at, **fields)


@pytest.mark.django_db
def test_what_is_due_late_failed_and_waiting_is_counted_by_kind():
    at = clock.now()
    rows = [owed("mail", at, ago=700), owed("mail", at, ago=30), owed("mail", at, ago=-900), owed("letter", at, ago=5)]
    rows += [owed("mail", at, status=PromiseStatus.FAILED), owed("mail", at, status=PromiseStatus.KEPT, kept_at=at)]
    rows += [owed("mail", at, ago=9000, status=PromiseStatus.RUNNING)]
    Promise.objects.bulk_create(rows)

    told = figures()

    assert [told["isf_promises_due", kind] for kind in ("mail", "letter", "open_call")] == [2, 1, 0]
    assert told["isf_promises_failed", "mail"] == 1
    assert told["isf_mails_waiting",] == 3
    assert 700 <= told["isf_promises_oldest_due_seconds", "mail"] < 760
    assert told["isf_promises_oldest_due_seconds", "open_call"] == 0
    assert told["isf_promises_late_after_seconds", "mail"] == 600
    assert {key[1] for key in told if key[0] == "isf_promises_due"} == set(LANES)


@pytest.mark.django_db
def test_the_last_run_of_proofs_that_ended_is_told_with_its_age():
    at, auditor = clock.now(), an_auditor()
    assert ("isf_proof_age_seconds",) not in figures()
    for hours, status in ((30, ProofRunStatus.PROVED), (2, ProofRunStatus.FAULTY), (1, ProofRunStatus.UNDER_WAY)):
        ended = None if hours == 1 else at - timedelta(hours=hours) + timedelta(minutes=1)
        faults = 3 * (status == ProofRunStatus.FAULTY)
        begun = at - timedelta(hours=hours)
        ProofRun.objects.create(status=status, begun_by=auditor, begun_at=begun, ended_at=ended, fault_count=faults)

    told = figures()

    assert [told["isf_proof_result", one] for one in ("PROVED", "FAULTY", "BROKEN_OFF")] == [0, 1, 0]
    assert told["isf_proof_faults",] == 3
    assert 7100 < told["isf_proof_age_seconds",] < 7200


@pytest.mark.django_db
def test_a_flood_costs_no_more_than_what_is_counted(django_assert_num_queries, monkeypatch):
    monkeypatch.setattr("promises.querysets.MOST_COUNTED", 50)
    at = clock.now()
    Promise.objects.bulk_create([owed("mail", at, ago=number) for number in range(3000)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE promises_promise")
        plan = Promise.objects.by_kind([*LANES], at)
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT TEXT) {plan.query.sql}", plan.query.params)
        told = "\n".join(line for (line,) in cursor.fetchall())

    assert "Seq Scan" not in told
    assert "promises_watched" in told
    assert max(float(number) for number in re.findall(r"Scan.*actual time.*rows=([\d.]+)", told)) <= 50
    with django_assert_num_queries(3):
        assert figures()["isf_promises_due", "mail"] == 50


@pytest.mark.django_db
def test_without_a_database_that_is_told_and_the_disk_too(monkeypatch):
    def away():
        raise OperationalError("gone: ada@example.eu")

    monkeypatch.setattr("isf_police.figures.clock.now", away)
    monkeypatch.setattr(connection, "close", lambda: None)
    told = figures()
    assert told["isf_database_up",] == 0
    assert told["isf_disk_free_bytes", "files"] > 0
    assert not any(name.startswith("isf_promises") for name, *_ in told)


@pytest.mark.django_db
def test_each_figure_of_the_operators_page_and_of_its_alarms_exists_and_none_is_left_out():
    text = (CHECKOUT / "docs" / "operate.md").read_text()
    told = set(re.findall(r"\bisf_[a-z_]+", text)) - {"isf_app", "isf_police"}
    ProofRun.objects.create(
        status=ProofRunStatus.PROVED, begun_by=an_auditor(), begun_at=next_at(0, clock.now()) - timedelta(days=2),
        ended_at=clock.now(),
    )  # fmt: skip
    assert told == {name for name, *_ in figures()} | {"isf_requests_total", "isf_request_seconds"}


# of requests, over all processes of a web server


@pytest.fixture
def server(transactional_db, tmp_path):
    """Two processes as in operation; gives (address, their parent)."""
    port = free_port(8471)
    command = [sys.executable, "-m", "gunicorn", "isf_police.wsgi", "--bind", f"{HOST}:{port}", "--workers=2"]
    command += ["--worker-class=gthread", "--threads=4", "--no-control-socket"]
    given = environment() | {"METRICS_TOKEN": TOKEN, "TMPDIR": str(tmp_path), "LOG_FORMAT": "json"}
    with (tmp_path / "web.log").open("wb") as log:
        web = subprocess.Popen(command, env=given, cwd=settings.BASE_DIR, stdout=log, stderr=log)
    wait_for(f"http://{HOST}:{port}")
    yield f"http://{HOST}:{port}", web.pid, tmp_path
    web.kill()
    web.wait()


def wait_for(address):
    end = time.monotonic() + 60
    while not is_well(address) and time.monotonic() < end:
        time.sleep(0.2)


def read(address, **headers):
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=30) as given:  # noqa: S310
        return given.read().decode()


@pytest.mark.slow
def test_requests_are_summed_over_processes_also_over_one_that_was_killed(server):
    address, parent, folder = server
    counted = "isf_requests_total", "GET", "accessibility", "200"

    def sum_told():
        return values_of(read(f"{address}/metrics", Authorization=f"Bearer {TOKEN}"))

    for _one in range(12):
        read(f"{address}/accessibility/")
    told = sum_told()
    assert told[counted] == 12
    assert told["isf_request_seconds_count", "accessibility"] == 12
    assert told["isf_database_up",] == 1

    first = subprocess.run(["pgrep", "-P", str(parent)], capture_output=True, text=True, check=True).stdout.split()[0]
    subprocess.run(["kill", "-9", first], check=True)
    wait_for(address)
    for _one in range(8):
        read(f"{address}/accessibility/")
    assert sum_told()[counted] == 20
    with pytest.raises(urllib.error.HTTPError, match="404"):
        read(f"{address}/metrics", Authorization="Bearer no")

    (counts,) = folder.glob("isf-police-counts-*")
    assert counts.stat().st_mode & 0o077 == 0
    assert len([*counts.glob("counter_*")]) == 2
    lines = (folder / "web.log").read_text().splitlines()
    assert [line for line in lines if not (line.startswith("{") and line.endswith("}"))] == []
    assert sum('"route": "accessibility"' in line for line in lines) == 20
