"""The same acts and sentences through the API: from the start to the receipt, and what each reader gets."""

import hashlib
import json

import pytest

from applications.models import Application
from applications.schedule import open_call
from audit.models import AuditRecord
from core import clock
from tests.applications.factories import (
    PDF,
    a_complete_draft,
    a_draft,
    a_file,
    a_submitted,
    an_owner,
    heard,
    the_sections,
)
from tests.applications.test_races import an_open_call
from tests.factories import a_call, an_auditor, an_evaluator, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return an_owner()


@pytest.fixture
def api(client, owner):
    client.force_login(owner)
    return client


def send(client, method, path, body=None):
    return getattr(client, method)(f"/api/{path}", json.dumps(body or {}, default=str), content_type="application/json")


def test_from_the_start_to_the_receipt(api, owner):
    call = an_open_call()
    made = send(api, "post", "applications/", {"call": call.pk})
    assert made.status_code == 201
    key = made.json()["id"]
    application = Application.objects.get(pk=key)
    assert "identity.acronym" in made.json()["gaps"]
    sections = the_sections(application)
    sections["timetable"]["starts_on"] = "2099-01-01"
    saved = send(api, "patch", f"applications/{key}/", {**sections, "stamp": application.stamp})
    assert saved.status_code == 200, saved.json()
    assert list(saved.json()["gaps"]) == ["attachments.DESCRIPTION"]
    attached = api.post(f"/api/applications/{key}/attachments/", {"kind": "DESCRIPTION", "file": a_file()})
    assert (attached.status_code, attached.json()["gaps"], attached.json()["warnings"]) == (201, {}, [])
    sent = send(api, "post", f"applications/{key}/submit/")
    assert (sent.status_code, sent.json()["status"]) == (200, "SUBMITTED")
    assert sent.json()["reference"].startswith(f"{call.reference}-")
    (receipt,) = api.get(f"/api/applications/{key}/receipts/").json()
    canonical = json.dumps(receipt["content"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(canonical.encode()).hexdigest() == receipt["sha256"] == sent.json()["sent_hash"]
    file_id = receipt["files"][0]["id"]
    assert b"".join(api.get(f"/api/applications/{key}/attachments/{file_id}/").streaming_content) == PDF
    withdrawn = send(api, "post", f"applications/{key}/steps/withdraw/", {"reason": "Our partner left."})
    assert withdrawn.json()["status"] == "WITHDRAWN"
    assert send(api, "post", f"applications/{key}/steps/restore/").json()["status"] == "DRAFT"


@pytest.mark.parametrize(
    ("body", "gap"),
    [
        ({"budget": {"requested": "12.5.1"}}, "budget.requested"),
        ({"budget": {"requested": "-1"}}, "budget.requested"),
        ({"budget": {"lines": [{"partner": "x", "category": "A", "amount": "1"}]}}, "budget.lines.0.partner"),
        ({"timetable": {"starts_on": "2021-02-30"}}, "timetable.starts_on"),
        ({"partners": [{"country": "XX"}]}, "partners.0.country"),
        ({"identity": {"title": "a\u0007b"}}, "identity.title"),
        ({"identity": {"title": "a\u0000b"}}, "identity.title"),
        ({"identity": {"acronym": "x" * 11}}, "identity.acronym"),
        ({"declarations": "TRUE"}, "declarations"),
        ({"identity": []}, "identity.non_field_errors"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_changes(api, owner, body, gap):
    application = a_draft(by=owner, call=an_open_call(), at=clock.now())
    records = AuditRecord.objects.count()
    answer = send(api, "patch", f"applications/{application.pk}/", body)
    assert (answer.status_code, gap in answer.json()["gaps"]) == (400, True), answer.json()
    assert AuditRecord.objects.count() == records
    assert Application.objects.get(pk=application.pk).stamp == 0


def test_more_than_is_taken_at_once_is_refused_in_the_one_shape(api, owner):
    draft = a_draft(by=owner)
    answer = send(api, "patch", f"applications/{draft.pk}/", {"content": {"summary": "x" * 2_600_000}})
    assert (answer.status_code, answer["content-type"]) == (400, "application/problem+json")
    assert "larger than what is taken at once" in answer.json()["detail"]


def test_unknown_fields_change_nothing(api, owner):
    """Mass assignment: what is no field of a part is refused by its name."""
    application = a_draft(by=owner, call=an_open_call(), at=clock.now())
    body = {"status": "ELIGIBLE", "reference": "X", "identity": {"title": "T", "status": "ELIGIBLE", "stamp": 9}}
    refused = send(api, "patch", f"applications/{application.pk}/", body)
    assert (refused.status_code, "identity.stamp" in refused.content.decode()) == (400, True)
    now = Application.objects.get(pk=application.pk)
    assert (now.status, now.reference, now.title, now.stamp) == ("DRAFT", None, "", application.stamp)


def test_the_late_get_the_sentence_of_the_page(api, owner):
    application = a_complete_draft(by=owner)
    answer = send(api, "post", f"applications/{application.pk}/submit/")
    assert answer.status_code == 409
    assert "closed on 21 January 2021, 17:00:00 (Brussels time)" in answer.json()["detail"]
    page = api.post(f"/applications/{application.pk}/submit/", {"stamp": application.stamp})
    assert page.status_code == 409
    assert "closed on 21 January 2021, 17:00:00 (Brussels time)" in page.content.decode()


def test_a_stale_save_is_a_conflict(api, owner):
    application = a_draft(by=owner, call=an_open_call(), at=clock.now())
    path = f"applications/{application.pk}/"
    assert send(api, "patch", path, {"stamp": 0, "identity": {"title": "One"}}).status_code == 200
    answer = send(api, "patch", path, {"stamp": 0, "identity": {"title": "Two"}})
    assert (answer.status_code, owner.name in answer.json()["detail"]) == (409, True)


def test_a_bad_file_is_refused_with_its_sentence(api, owner):
    application = a_draft(by=owner, call=an_open_call(), at=clock.now())
    path = f"/api/applications/{application.pk}/attachments/"
    answer = api.post(path, {"kind": "OTHER", "file": a_file(b"MZ", "x.pdf")})
    assert (answer.status_code, "not accepted" in answer.json()["gaps"]["file"]) == (400, True)
    empty = api.post(path, {"kind": "OTHER", "file": a_file(b"", "x.pdf")})
    assert (empty.status_code, "empty" in empty.json()["gaps"]["file"]) == (400, True)


def test_a_file_is_taken_out(api, owner):
    application = a_complete_draft(by=owner, call=an_open_call(), at=clock.now())
    file = application.attachments.get()
    answer = api.delete(f"/api/applications/{application.pk}/attachments/{file.pk}/")
    assert (answer.status_code, answer.json()["content"]["attachments"]) == (200, [])


def test_officers_confirm_override_accept(client):
    application = a_submitted()
    open_call(application.call_id)
    client.force_login(an_officer())
    seen = client.get(f"/api/applications/{application.pk}/").json()
    assert (len(seen["checks"]), seen["steps"]) == (15, ["accept", "exclude"])
    failing = seen["checks"][0]
    assert failing["steps"] == ["confirm", "override"]
    refused = send(client, "post", f"checks/{failing['id']}/steps/override/")
    assert (refused.status_code, list(refused.json()["gaps"])) == (400, ["reason"])
    done = send(client, "post", f"checks/{failing['id']}/steps/override/", {"reason": "It came by post, late."})
    assert done.json()["passed"] is False
    assert send(client, "post", f"applications/{application.pk}/steps/accept/").status_code == 400
    added = send(
        client, "post", f"applications/{application.pk}/conditions/", {"criterion": "In the topic", "found": "No."}
    )
    assert (added.status_code, added.json()["passed"]) == (201, False)
    assert send(client, "post", f"applications/{application.pk}/steps/exclude/", {"reason": "Late."}).status_code == 400
    heard(application, by=an_officer())  # what the office found itself excludes nobody unheard
    out = send(client, "post", f"applications/{application.pk}/steps/exclude/", {"reason": "Late."})
    assert out.json()["status"] == "INELIGIBLE"


def test_each_reader_gets_its_own_fields(client):
    application = a_submitted()
    open_call(application.call_id)
    client.force_login(an_auditor())
    seen = client.get(f"/api/applications/{application.pk}/").json()
    assert (set(seen) >= {"checks", "sent_hash"}, seen["steps"]) == (True, [])
    assert "situation" not in seen


def test_evaluators_see_nothing_without_an_assignment(client):
    application = a_submitted()
    open_call(application.call_id)
    client.force_login(an_evaluator())
    assert client.get(f"/api/applications/{application.pk}/").status_code == 404
    assert client.get("/api/applications/").json()["results"] == []
    assert client.get("/api/checks/").json()["results"] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions(client, rows, django_assert_num_queries):
    call = a_call()
    for _row in range(rows):
        a_submitted(call=call)
    open_call(call.pk)
    client.force_login(an_officer())
    client.get("/api/applications/")
    with django_assert_num_queries(4):  # the reader, the calls to filter by, the page, the count
        answer = client.get("/api/applications/")
    assert len(answer.json()["results"]) == rows


def test_nobody_without_a_name_gets_in(client):
    assert client.get("/api/applications/").status_code in {401, 403}


def test_hidden_steps_are_not_doors(api, owner):
    application = a_submitted(by=owner)
    for step in ("open", "set_aside", "conclude", "accept"):
        answer = send(api, "post", f"applications/{application.pk}/steps/{step}/", {"reason": "x"})
        assert answer.status_code in {403, 404}


# changes of single answers


def test_a_program_changes_single_answers_and_what_does_not_fit_is_listed(api, owner):
    application = a_complete_draft(by=owner, call=an_open_call(), at=clock.now())
    path, lead = f"applications/{application.pk}/", application.partners.get(is_coordinator=True)
    said = send(api, "patch", path, {"changes": [
        {"part": "identity", "field": "title", "base": "Joint analysis of online fraud", "value": "By a program"},
        {"part": "budget", "row": str(lead.pk), "field": "A", "base": "200000.00", "value": 150000.5},
        {"part": "identity", "field": "acronym", "base": "Something else", "value": "OTHER"},
        {"part": "timetable", "field": "months", "base": 24, "value": "two years"},
    ], "key": "one"}).json()  # fmt: skip
    assert said["content"]["identity"] == {"acronym": "NETWATCH", "title": "By a program"}
    assert "150000.50" in {line["amount"] for line in said["content"]["budget"]["lines"]}
    [kept] = said["kept_changes"]
    assert (kept["part"], kept["name"], kept["value"], kept["against"]) == ("identity", "acronym", "OTHER", "NETWATCH")
    assert said["as_typed"] == {"timetable": {"months": "two years"}}
    assert said["gaps"]["timetable.months"].startswith("“two years”: ")


def test_a_program_that_sends_its_save_twice_saves_once(api, owner):
    application = a_draft(by=owner, call=an_open_call(), at=clock.now())
    path = f"applications/{application.pk}/"
    first = {"part": "identity", "field": "title", "base": "", "value": "First"}
    for value in ("First", "Second", "First"):
        change = {**first, "value": value, "base": "" if value == "First" else "First"}
        said = send(api, "patch", path, {"changes": [change], "key": value}).json()
    assert (said["content"]["identity"]["title"], said["kept_changes"]) == ("Second", [])


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        ({"part": "identity", "field": "colour", "value": "blue"}, "identity.colour"),
        ({"part": "horoscope", "field": "sign", "value": "Leo"}, "horoscope"),
        ({"part": "budget", "row": "00000000-0000-4000-8000-000000000000", "field": "A", "value": "1"}, "budget"),
        ({"part": "attachments", "field": "file", "value": "x"}, "attachments"),
        ({"field": "title", "value": "x"}, "changes.0.part"),
        ({"part": "identity", "row": "x", "field": "title", "value": "x"}, "changes.0.row"),
    ],
)
def test_a_change_that_means_nothing_is_named_and_nothing_changes(api, owner, change, gap):
    application = a_draft(by=owner, call=an_open_call(), at=clock.now())
    answer = send(api, "patch", f"applications/{application.pk}/", {"changes": [change]})
    assert (answer.status_code, list(answer.json()["gaps"])) == (400, [gap]), answer.json()
    assert Application.objects.get(pk=application.pk).stamp == 0


def test_a_misspelt_member_is_named_and_nothing_is_believed_saved(api, owner):
    draft = a_draft(by=owner)
    stamp = draft.stamp
    for body, lost in (
        ({"identiti": {"acronym": "ZZZ"}}, ["identiti"]),
        ({"identity": {"acronim": "ZZZ"}}, ["identity.acronim"]),
        ({"identity": {"acronym": "ZZZ"}, "partners": [{"names": "X"}], "id": "1"}, ["id", "partners.0.names"]),
    ):
        refused = send(api, "patch", f"applications/{draft.pk}/", body)
        assert refused.status_code == 400, body
        assert sorted(refused.json()["gaps"]) == sorted(lost)
        assert all(said.startswith("There is no such member") for said in refused.json()["gaps"].values())
    draft.refresh_from_db()
    assert (draft.stamp, draft.acronym) != (stamp, "ZZZ")
    assert draft.stamp == stamp


def test_a_call_cannot_be_prepared_by_an_applicant_and_the_sentence_names_no_row_without_a_name(api):
    refused = send(api, "post", "calls/", {})
    assert refused.status_code in {400, 403}
    page = api.get("/calls/new/").content.decode()
    assert " on ." not in page
    assert " on ." not in refused.content.decode()
