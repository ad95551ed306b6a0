"""The page of deliveries: what is owed, what failed, and nothing that would tell of an unopened application."""

from datetime import timedelta

import pytest

from accounts.models import User
from core import clock
from evaluation.actions import recuse_evaluator
from promises.actions import promise, write_mail
from promises.keeping import MOST_ATTEMPTS, keep_promise
from promises.lanes import Lane
from promises.models import Promise
from tests.evaluation.factories import an_assigned
from tests.factories import a_call, an_admin, an_applicant, an_auditor, an_authorising_officer, an_evaluator, an_officer
from tests.reports.factories import an_application

pytestmark = pytest.mark.django_db


def owed(kind="report_file", status="WAITING", **fields):
    at = clock.now()
    values = {"subject_id": an_officer().pk, "subject_name": "R8", "due_at": at, "made_at": at, "attempts": 0}
    return Promise.objects.create(kind=kind, status=status, **{**values, **fields})


def opened(call):
    at = clock.now()
    return owed("open_call", "KEPT", subject_id=call.pk, scope={"call": str(call.pk)}, kept_at=at)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_database_equally_often_for_one_and_three_rows(client, rows, django_assert_num_queries):
    client.force_login(an_officer())
    for place in range(rows):
        owed(subject_name=f"file {place}")
        owed(status="FAILED", last_error="no printer")
    client.get("/promises/")  # the first page of a session notes that it is in use
    with django_assert_num_queries(6):
        page = client.get("/promises/")
    assert page.content.decode().count("no printer") >= 2 * rows


def test_counts_and_the_age_of_the_oldest(client):
    at = clock.now()
    owed(made_at=at - timedelta(hours=2), due_at=at - timedelta(hours=2))
    owed(due_at=at + timedelta(days=3))
    owed(status="RUNNING")
    owed(status="FAILED")
    client.force_login(an_officer())
    counts = client.get("/promises/progress/").json()
    assert {name: counts[name] for name in ("waiting", "later", "running", "failed")} == {
        "waiting": 1, "later": 1, "running": 1, "failed": 1,
    }  # fmt: skip
    assert "2 hours" in client.get("/promises/").content.decode()


def test_each_lane_says_how_long_its_oldest_has_waited_and_a_late_one_stands_out(client):
    at = clock.now()
    owed(lane=Lane.MAIL, due_at=at - timedelta(minutes=2))
    owed(lane=Lane.OPENING, due_at=at - timedelta(minutes=2))
    client.force_login(an_officer())
    lanes = {lane["lane"]: lane for lane in client.get("/promises/progress/").json()["lanes"]}
    assert (lanes[Lane.MAIL]["waiting"], lanes[Lane.MAIL]["is_late"]) == (1, False)
    assert (lanes[Lane.OPENING]["waiting"], lanes[Lane.OPENING]["is_late"]) == (1, True)
    page = client.get("/promises/").content.decode()
    table = page[page.index("How long each kind") :]
    assert table.index("openings at their hour") < table.index("mails")
    assert page.count("– late") == 1


def test_try_again_makes_a_failed_delivery_due_and_is_recorded(client):
    officer = an_officer()
    failed = owed(status="FAILED", attempts=MOST_ATTEMPTS, last_error="the disk is full")
    client.force_login(officer)
    assert client.post(f"/promises/{failed.pk}/try_again/").status_code == 302
    failed.refresh_from_db()
    assert (failed.status, failed.attempts, failed.last_error) == ("WAITING", 0, "")
    from audit.models import AuditRecord

    record = AuditRecord.objects.get(act="promise.try_again")
    assert (record.actor_id, record.status_before, record.status_after) == (str(officer.pk), "FAILED", "WAITING")


def test_a_kept_delivery_is_not_tried_again(client):
    kept = owed(status="KEPT", kept_at=clock.now())
    client.force_login(an_officer())
    assert client.post(f"/promises/{kept.pk}/try_again/").status_code == 409
    kept.refresh_from_db()
    assert kept.status == "KEPT"


@pytest.mark.parametrize("somebody", [an_applicant, an_auditor, an_evaluator])
def test_others_find_no_such_page(client, somebody):
    client.force_login(somebody())
    failed = owed(status="FAILED")
    assert client.get("/promises/").status_code == 404
    assert client.get("/promises/progress/").status_code == 404
    assert client.post(f"/promises/{failed.pk}/try_again/").status_code in {403, 404}


def test_before_the_call_is_opened_nothing_tells_of_its_applications(client):
    """FR Art. 149(3)(c): no list, no count, no search, no file."""
    call = a_call()
    application = an_application(call, status="SUBMITTED", reference="CANARY-0001")
    promise("receipt", application)
    write_mail(to="canary@example.eu", subject="CANARY received", body="…", about=application)
    for person in (an_officer(), an_authorising_officer(), an_admin(), an_auditor()):
        assert not Promise.objects.visible_to(person).exists()
    client.force_login(an_officer())
    for address in ("/promises/", "/promises/?q=CANARY", "/promises/?format=csv", "/promises/progress/"):
        answer = client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        assert b"CANARY-0001" not in body
    assert client.get("/promises/progress/").json()["waiting"] == 0


def test_after_the_opening_the_office_sees_them(client):
    call = a_call(status="CHECKING")
    promise("receipt", an_application(call, reference="ISFP-1-0001"))
    assert not Promise.objects.visible_to(an_officer()).filter(kind="receipt").exists()
    opened(call)
    assert Promise.objects.visible_to(an_officer()).filter(kind="receipt").exists()
    assert not Promise.objects.visible_to(an_admin()).filter(kind="receipt").exists()


def test_mails_of_accounts_are_the_administrators(client):
    """They hold addresses, and the subject may say more than the office needs to know."""
    write_mail(to="canary@example.eu", subject="Your invitation", body="…", about=an_applicant())
    assert Promise.objects.visible_to(an_admin()).count() == 1
    assert not Promise.objects.visible_to(an_officer()).exists()


def test_a_delivery_nobody_can_keep_fails_in_words_and_lands_on_the_desk(client):
    row = owed("no_such_kind", attempts=MOST_ATTEMPTS - 1)
    keep_promise(row.pk)
    row.refresh_from_db()
    assert row.status == "FAILED"
    assert "no_such_kind" in row.last_error
    from promises.desk import waiting_for

    (one,) = waiting_for(an_officer(), clock.now())
    assert one.count == 1
    assert one.tone == "bad"
    assert waiting_for(User.objects.clock(), clock.now()) == []


def test_the_api_lists_and_tries_again(client):
    failed = owed(status="FAILED", last_error="no printer")
    client.force_login(an_officer())
    assert client.get("/api/promises/").json()["results"][0]["last_error"] == "no printer"
    answer = client.post(f"/api/promises/{failed.pk}/steps/try_again/", content_type="application/json")
    assert (answer.status_code, answer.json()["status"]) == (200, "WAITING")


def test_whoever_is_in_conflict_reads_no_mail_about_it():
    """Neither of the application, nor of the call, whose other applications compete for the same money."""
    call = a_call(status="EVALUATION")
    opened(call)
    application, other = (an_application(call, status="ELIGIBLE", reference=f"ISFP-9-000{n}") for n in (1, 2))
    mine, free = an_officer(), an_officer()
    assessment = an_assigned(application, mine)
    Promise.objects.exclude(kind="open_call").delete()
    for row in (application, other):
        write_mail(to="someone@example.eu", subject=f"About {row.reference}", body="…", about=row)
    of_the_other = Promise.objects.visible_to(mine).filter(kind="mail")
    assert [one.scope["application"] for one in of_the_other] == [str(other.pk)], "not declared on the first yet"

    recuse_evaluator(assessment, by=mine, at=clock.now(), reason="A cousin.")

    assert not Promise.objects.visible_to(mine).filter(scope__call=str(call.pk)).exists()
    assert Promise.objects.visible_to(free).filter(kind="mail", scope__has_key="application").count() >= 2
