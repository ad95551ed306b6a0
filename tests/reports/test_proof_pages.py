"""The pages of the proofs: for who follows them, for auditors with what does not hold, for anybody the bare result."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from accounts.models import User
from audit.record import record
from core import clock
from reports.desk import proofs_for
from reports.models import ProofRun
from reports.proofs import PROOFS
from reports.querysets import LATE
from tests.factories import (
    a_national_auditor,
    an_admin,
    an_applicant,
    an_auditor,
    an_evaluator,
    an_officer,
    the_clock,
)
from tests.reports.test_told_rows import by_hand

pytestmark = pytest.mark.django_db
FAULT = "The award to CALL-0001 has no signed assessment behind it."


def a_run(status="PROVED", *, ago=timedelta(hours=1), **fields):
    at = clock.now() - ago
    faults = [FAULT] if status == "FAULTY" else []
    results = [
        {"proof": "awards rest on a signed list and evaluation", "looked_at": 7, "faults": len(faults), "named": faults}
    ]
    ended = None if status == "UNDER_WAY" else at + timedelta(minutes=3)
    values = {"begun_by": the_clock(), "results": results, "fault_count": len(faults), "looked_at": 7, **fields}
    return ProofRun.objects.create(status=status, begun_at=at, ended_at=ended, **values)


@pytest.fixture
def an_older_house():
    """Something was written down before the last night."""
    record("house.open", User.objects.clock(), by=User.objects.clock(), at=clock.now())
    by_hand("UPDATE audit_auditrecord SET written_at = written_at - interval '3 days'", triggers="replica")


def page_of(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(name, args=args))


def test_an_auditor_sees_every_run_and_what_does_not_hold(client):
    run = a_run("FAULTY")
    assert run.get_absolute_url() in page_of(client, an_auditor(), "proof_runs").content.decode()
    said = client.get(run.get_absolute_url()).content.decode()
    assert FAULT in said
    assert "faults were found" in said


def test_an_administrator_sees_that_something_does_not_hold_and_not_what(client):
    run = a_run("FAULTY")
    said = page_of(client, an_admin(), "proof_run", run.pk).content.decode()
    assert "faults: 1" in said
    assert "CALL-0001" not in said
    assert "for auditors to read" in said


@pytest.mark.parametrize(
    "somebody", [an_officer, an_applicant, an_evaluator, a_national_auditor], ids=lambda one: one.__name__
)
def test_for_others_these_pages_are_not_there(client, somebody):
    run = a_run("FAULTY")
    client.force_login(somebody())
    for address in (reverse("proof_runs"), run.get_absolute_url(), reverse("proof_run_progress", args=[run.pk])):
        assert client.get(address).status_code == 404
    assert client.post(reverse("proof_runs")).status_code == 404
    assert client.get(f"/api/proof-runs/{run.pk}/").status_code == 404
    assert client.post("/api/proof-runs/").status_code == 403


def test_a_run_is_begun_by_its_button_and_followed(client):
    client.force_login(an_auditor())
    answer = client.post(reverse("proof_runs"))
    run = ProofRun.objects.get()
    assert answer.url == run.get_absolute_url()
    assert "Proving" in client.get(answer.url).content.decode()
    progress = reverse("proof_run_progress", args=[run.pk])
    assert client.get(progress).json() == {"done": 0, "total": len(PROOFS), "finished": False}
    again = client.post(reverse("proof_runs"))
    assert again.status_code == 409
    assert "under way since" in again.content.decode()
    ProofRun.objects.filter(pk=run.pk).update(status="PROVED", ended_at=clock.now())
    assert client.get(progress).json() == {"done": len(PROOFS), "total": len(PROOFS), "finished": True}


def test_more_faults_than_are_named_are_counted_and_a_run_broken_off_says_so(client):
    run = a_run("BROKEN_OFF", results=[{"proof": "rows", "looked_at": 1, "faults": 3, "named": ["One."]}])
    said = page_of(client, an_auditor(), "proof_run", run.pk).content.decode()
    assert "and 2 more" in said
    assert "This run ended before it was done." in said


# through the API


def test_the_api_says_the_same(client):
    run, auditor, admin = a_run("FAULTY"), an_auditor(), an_admin()
    client.force_login(auditor)
    assert client.get("/api/proof-runs/").json()["results"][0]["id"] == str(run.pk)
    assert client.get(f"/api/proof-runs/{run.pk}/").json()["results"][0]["named"] == [FAULT]
    client.force_login(admin)
    told = client.get(f"/api/proof-runs/{run.pk}/").json()
    assert told["results"] == [{"proof": run.results[0]["proof"], "looked_at": 7, "faults": 1}]
    begun = client.post("/api/proof-runs/")
    assert (begun.status_code, begun.json()["status"]) == (201, "UNDER_WAY")
    assert client.post("/api/proof-runs/").status_code == 409


# the desk


@pytest.mark.usefixtures("an_older_house")
def test_the_last_result_stands_on_the_desk(client):
    auditor, at = an_auditor(), clock.now()
    assert [one.tone for one in proofs_for(auditor, at)] == ["warning"], "nothing was proved yet"
    a_run(ago=timedelta(hours=3))
    assert [(one.tone, one.sentence.split(" on ")[0]) for one in proofs_for(auditor, at)] == [
        ("good", "Everything was proved")
    ]
    faulty = a_run("FAULTY", ago=timedelta(hours=2))
    (found,) = proofs_for(auditor, at)
    assert (found.tone, found.count, found.url) == ("bad", 1, faulty.get_absolute_url())
    a_run("UNDER_WAY")
    assert proofs_for(auditor, at) == [found], "the last one that has ended"
    assert proofs_for(an_admin(), at) == [found]
    assert proofs_for(an_officer(), at) == []
    assert found.sentence in page_of(client, auditor, "desk").content.decode()


@pytest.mark.usefixtures("an_older_house")
def test_a_run_that_was_broken_off_stands_there_too():
    a_run("BROKEN_OFF")
    first, second = proofs_for(an_auditor(), clock.now())
    assert "before they were done" in first.sentence
    assert "last night" in second.sentence


# what anybody may know


@pytest.mark.parametrize(
    ("status", "sentence"), [("PROVED", "Everything was proved"), ("FAULTY", "Not everything was proved")]
)
def test_anybody_reads_whether_everything_was_proved_and_no_more(client, status, sentence):
    run = a_run(status)
    said = client.get("/status/").content.decode()
    assert sentence in said
    assert "overdue" not in said
    assert "CALL-0001" not in said
    told = client.get("/api/status/").json()
    assert parse_datetime(told.pop("ended_at")) == run.ended_at
    assert told == {"is_proved": status == "PROVED", "is_overdue": False}


@pytest.mark.usefixtures("an_older_house")
def test_what_was_never_whole_is_no_proof(client):
    a_run("BROKEN_OFF")
    a_run("UNDER_WAY")
    said = client.get("/status/").content.decode()
    assert "Nothing has been proved yet" in said
    assert "overdue" in said
    assert client.get("/api/status/").json() == {"ended_at": None, "is_proved": None, "is_overdue": True}


def test_the_status_page_is_found_below_every_page(client):
    assert 'href="/status/"' in client.get("/").content.decode()


def test_a_house_that_was_opened_today_owes_no_night(client):
    """Else it would say so to anybody from its first page to its first night."""
    record("house.open", User.objects.clock(), by=User.objects.clock(), at=clock.now())
    assert client.get("/api/status/").json() == {"ended_at": None, "is_proved": None, "is_overdue": False}
    assert "overdue" not in client.get("/status/").content.decode()


@pytest.mark.usefixtures("an_older_house")
def test_a_night_is_overdue_from_eight_on_and_a_person_s_run_counts():
    """02:00 in Brussels is the hour; the days on which clocks change are days like others."""
    runs, at = ProofRun.objects, clock.now()
    run = a_run(ago=timedelta(0))
    assert not runs.is_overdue(at)
    assert not runs.is_overdue(run.begun_at + LATE)
    assert runs.is_overdue(run.begun_at + timedelta(hours=24) + LATE + timedelta(hours=1))
