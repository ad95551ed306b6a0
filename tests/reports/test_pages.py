"""The pages and the API of reports, as their readers use them."""

import json
from base64 import urlsafe_b64decode
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from audit.models import AuditRecord
from audit.record import record
from core import clock
from programmes.models import Call
from promises.models import Promise
from reports.desk import files_for, waiting_for
from reports.documents import draw_file
from reports.forms import AboutForm
from reports.lists import TrailList
from reports.models import ReportFile, TrailRecord
from tests.evaluation.factories import an_assigned
from tests.factories import a_call, a_national_auditor, an_auditor, an_authorising_officer, an_officer
from tests.reports.factories import about, an_application, handed_in

pytestmark = pytest.mark.django_db


def text(page):
    return page.content.decode()


def test_a_call_that_is_no_id_is_none_of_the_choices():
    form = AboutForm({"call": "zz"}, calls=Call.objects.none())
    assert "UUID" not in str(form.errors["call"])


def test_from_the_catalogue_to_the_file(client, decided, keep_promises):
    """The whole way of an auditor, without a script: choose, ask, wait, take."""
    auditor = an_auditor()
    client.force_login(auditor)
    shelf = client.get(reverse("reports"), {"call": decided.call.pk})
    assert f"Reports on {decided.call.reference}" in text(shelf)
    asked = client.post(reverse("report", args=["ranked-list"]), {"call": decided.call.pk, "form": "csv"})
    file = ReportFile.objects.get(asked_by=auditor)
    assert asked["Location"] == reverse("report_file", args=[file.pk])
    waiting = client.get(asked["Location"])
    assert "Drawing the file" in text(waiting)
    progress = reverse("report_file_progress", args=[file.pk])
    assert client.get(progress).json() == {"done": 0, "total": 1, "finished": False}
    draw_file(file)
    assert client.get(progress).json() == {"done": 1, "total": 1, "finished": True}
    file.refresh_from_db()
    ready = client.get(asked["Location"])
    assert file.sha256 in text(ready)
    taken = client.get(reverse("report_file_bytes", args=[file.pk]))
    assert b"GRIFON" in b"".join(taken)
    assert taken["Content-Disposition"] == f'attachment; filename="{file.name}"'
    assert taken["X-Content-Type-Options"] == "nosniff"
    assert AuditRecord.objects.filter(act="reportfile.fetch", subject_id=str(file.pk)).count() == 1
    assert file.sha256 in text(client.get(reverse("reports")))


def test_a_file_that_could_not_be_drawn_says_so(client, decided):
    auditor = an_auditor()
    client.force_login(auditor)
    client.post(reverse("report", args=["ranked-list"]), {"call": decided.call.pk, "form": "pdf"})
    file = ReportFile.objects.get(asked_by=auditor)
    Promise.objects.about(file).update(status="FAILED")
    assert "could not be drawn" in text(client.get(file.get_absolute_url()))


def test_refusals_of_the_page_are_sentences(client, decided):
    client.force_login(an_auditor())
    address = reverse("report", args=["ranked-list"])
    assert client.post(address, {"call": decided.call.pk, "form": "exe"}).status_code == 400
    assert client.post(address, {"form": "csv"}).status_code == 400
    early = client.post(address, {"call": a_call().pk, "form": "csv"})
    assert early.status_code == 409
    assert "nothing to say yet" in text(early)
    assert client.post(address, {"call": "no-id", "form": "csv"}).status_code == 404
    draft = a_call(status="DRAFT")
    assert client.post(address, {"call": draft.pk, "form": "csv"}).status_code == 404
    client.force_login(a_national_auditor())
    assert (
        client.post(reverse("report", args=["committee"]), {"call": decided.call.pk, "form": "csv"}).status_code == 404
    )


def test_the_file_of_another_does_not_exist(client, decided):
    owner, other = an_auditor(), an_auditor()
    file = ReportFile.objects.create(
        report="ranked-list",
        about=about(decided.call).as_data(),
        form="csv",
        status="WAITING",
        asked_by=owner,
        asked_at=clock.now(),
    )
    client.force_login(other)
    for name in ("report_file", "report_file_progress", "report_file_bytes"):
        assert client.get(reverse(name, args=[file.pk])).status_code == 404
    client.force_login(owner)
    assert client.get(reverse("report_file_bytes", args=[file.pk])).status_code == 409


@pytest.mark.parametrize("rows", [1, 3])
def test_questions_of_the_catalogue_page(client, decided, rows, django_assert_num_queries):
    auditor = an_auditor()
    for _ in range(rows):
        ReportFile.objects.create(
            report="checks",
            about=about(decided.call).as_data(),
            form="csv",
            status="WAITING",
            asked_by=auditor,
            asked_at=clock.now(),
        )
    client.force_login(auditor)
    with django_assert_num_queries(7):
        client.get(reverse("reports"))


@pytest.mark.parametrize("rows", [1, 3])
def test_questions_of_the_trail_page(client, rows, django_assert_num_queries):
    call = a_call(status="CHECKING")
    for _ in range(rows):
        from audit.record import record

        record("application.note", an_application(call), by=an_officer(), at=clock.now())
    client.force_login(an_auditor())
    with django_assert_num_queries(4):
        client.get(reverse("trail"))


def test_a_report_on_the_screen_shows_figures_pictures_and_rows(client, decided):
    client.force_login(an_authorising_officer())
    page = text(client.get(reverse("report", args=["statistics"]), {"call": decided.call.pk}))
    assert page.count("<svg") == 5
    assert "Successful" in page
    assert "Germany" in page
    early = text(client.get(reverse("report", args=["ranked-list"]), {"call": a_call(status="CHECKING").pk}))
    assert "nothing to report on this call yet" in early


# the trail


def acts_seen(client, **params):
    return [row["act"] for row in client.get("/api/trail/", params).json()["results"]]


def test_the_trail_is_filtered_by_act_person_thing_and_day(client, decided):
    client.force_login(an_auditor())
    assert set(acts_seen(client, act="decision.")) == {
        "decision.prepare", "decision.deviate", "decision.propose", "decision.decide", "decision.issue",
    }  # fmt: skip
    assert set(acts_seen(client, actor="Evaluator Б", call=str(decided.call.pk))) == {
        "assessment.declare", "assessment.score", "assessment.sign", "consensus.approve",
    }  # fmt: skip
    assert set(acts_seen(client, subject=decided.excluded.reference, role="OFFICER", act="application")) == {
        "application.exclude"
    }
    assert acts_seen(client, since="2021-02-05", until="2021-02-05", act="decision.decide") == ["decision.decide"]
    assert acts_seen(client, until="2021-02-04", act="decision.decide") == []
    page = client.get(reverse("trail"), {"since": "yesterday"})
    assert "since: Write the day as" in page.text
    assert client.get("/api/trail/", {"since": "yesterday"}).status_code == 400


def test_the_trail_as_a_list_file_is_recorded_too(client, decided):
    auditor = an_auditor()
    client.force_login(auditor)
    answer = client.get(reverse("trail"), {"format": "csv", "act": "decision."})
    assert b"decision.decide" in b"".join(answer)
    assert AuditRecord.objects.filter(act="download", actor_id=str(auditor.pk)).count() == 1


def test_national_auditors_see_the_trail_of_their_member_state_only(client, decided):
    client.force_login(a_national_auditor("FR"))
    page = text(client.get(reverse("trail")))
    assert decided.entries[2].reference in page
    for other in (decided.entries[0], decided.entries[1], decided.excluded):
        assert other.reference not in page
        assert client.get(reverse("trail"), {"subject": other.reference}).context["list"].count == 0


def test_before_the_opening_the_trail_tells_nothing_of_applications(client):
    call = a_call()
    application = handed_in(call, 1, "EL", "SECRET", "Secret")
    for user in (an_auditor(), an_officer(), an_authorising_officer(), a_national_auditor("EL")):
        client.force_login(user)
        for params in ({}, {"act": "application"}, {"subject": application.reference}, {"call": call.pk}):
            page = client.get(reverse("trail"), params)
            assert "SECRET" not in text(page)
            shown = {one.scope.get("application") for one in page.context["list"].objects}
            assert str(application.pk) not in shown
        for params in ({"subject": application.reference}, {"call": call.pk}):
            assert client.get(reverse("trail"), params).context["list"].count == 0
        assert acts_seen(client, call=str(call.pk)) == []


def test_an_officer_who_still_has_to_assess_sees_nothing_of_that_application(client, decided):
    """Else the trail would show the others' points before the own signature."""
    officer = an_officer()
    client.force_login(officer)
    call = a_call(status="EVALUATION")
    mine, other = an_application(call, status="ELIGIBLE"), an_application(call, status="ELIGIBLE")
    for application in (mine, other):
        an_assigned(application)
    assert acts_seen(client, call=str(call.pk)) == ["assessment.assign"] * 2
    assessment = an_assigned(mine, evaluator=officer)
    assert acts_seen(client, call=str(call.pk)) == ["assessment.assign"]
    assessment.status = "CONFLICT"
    assessment.save()
    assert acts_seen(client, call=str(call.pk)) == ["assessment.assign"]


def test_the_office_sees_no_acts_of_accounts(client):
    from audit.record import record

    somebody = an_officer()
    record("user.appoint", somebody, by=somebody, at=clock.now())
    for user, expected in ((an_officer(), []), (an_auditor(), ["user.appoint"])):
        client.force_login(user)
        assert acts_seen(client, act="user.") == expected


# the API


def test_the_same_way_through_the_api(client, decided):
    auditor = an_auditor()
    client.force_login(auditor)
    wanted = {"report": "ranked-list", "call": str(decided.call.pk), "form": "csv"}
    asked = client.post("/api/report-files/", json.dumps(wanted), content_type="application/json")
    assert asked.status_code == 201, asked.content
    pk = asked.json()["id"]
    early = client.get(f"/api/report-files/{pk}/bytes/")
    assert early.status_code == 409
    draw_file(ReportFile.objects.get(pk=pk))
    ready = client.get(f"/api/report-files/{pk}/").json()
    assert (ready["status"], ready["row_count"]) == ("DRAWN", 4)
    taken = b"".join(client.get(f"/api/report-files/{pk}/bytes/"))
    import hashlib

    assert hashlib.sha256(taken).hexdigest() == ready["sha256"]
    assert client.get("/api/report-files/").json()["results"][0]["sha256"] == ready["sha256"]
    one = client.get("/api/trail/").json()["results"][0]
    assert client.get(f"/api/trail/{one['id']}/").json()["hash"]


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ({"report": "ranked-list", "form": "csv"}, 400),
        ({"report": "nothing", "form": "csv"}, 400),
        ({"report": "audit-trail", "form": "exe"}, 400),
        ({"form": "csv"}, 400),
        ({"report": "ranked-list", "form": "csv", "call": "00000000-0000-0000-0000-000000000000"}, 404),
    ],
)
def test_the_api_refuses_what_the_page_refuses(client, wanted, status):
    client.force_login(an_auditor())
    answer = client.post("/api/report-files/", json.dumps(wanted), content_type="application/json")
    assert answer.status_code == status
    assert not ReportFile.objects.exists()


def test_an_auditors_desk_names_decided_calls_not_yet_taken(decided):
    auditor, at = an_auditor(), clock.now() + timedelta(days=1)
    (one,) = files_for(auditor)
    assert (one.count, one.url) == (1, reverse("reports"))
    file = ReportFile.objects.create(
        report="ranked-list", about=about(decided.call).as_data(), form="csv", status="DRAWN", asked_by=auditor,
        asked_at=at, path="x", sha256="0" * 64,
    )  # fmt: skip
    assert files_for(auditor) == []
    assert waiting_for(an_officer(), at) == []
    assert file.get_absolute_url()


def test_no_name_of_a_record_counts_what_its_reader_may_not_see(client, monkeypatch):
    """Ids of records count the secret acts of others too: addresses, answers and cursors name places in chains."""
    monkeypatch.setattr(TrailList, "page_size", 1)
    for _ in range(2):
        record("call.look", a_call(), by=an_officer(), at=clock.now())
    newest, older = TrailRecord.objects.order_by("-at", "-pk")[:2]
    client.force_login(an_auditor())

    answer = client.get("/api/trail/").json()
    cursor = parse_qs(urlsplit(answer["next"]).query)["page"][0]
    plain = json.loads(urlsafe_b64decode(cursor.split(":")[0] + "=="))

    assert [one["id"] for one in answer["results"]] == [newest.public_name]
    assert plain[2] == newest.public_name
    assert [one["id"] for one in client.get(answer["next"]).json()["results"]] == [older.public_name]
    assert client.get(f"/api/trail/{older.public_name}/").json()["id"] == older.public_name


@pytest.mark.parametrize("place", ["17", "call:x:0", "call:x:99999999999999999999", "call:x:1", ":1", "-" * 36])
def test_a_place_where_no_record_stands_is_not_found(client, place):
    client.force_login(an_auditor())
    assert client.get(f"/api/trail/{place}/").status_code == 404
