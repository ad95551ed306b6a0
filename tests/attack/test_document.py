"""Every operation of the interface for programs is described and driven: what reads and what posts by the permission
matrix, at each door, as each kind of person; the rest here. Every answer of the suite is held against the document."""

import json

import pytest
from django.http import JsonResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver

from tests.attack.doors import doors
from tests.described import HeldAgainstTheDocument, document, operations
from tests.factories import an_officer

DRIVEN_HERE = {  # {operation: (who, address of the world, what is sent)}
    "applications_partial_update": (
        "owner", lambda world: f"applications/{world.open.draft.pk}/", {"changes": []},
    ),
    "applications_attachments_destroy": (
        "owner",
        lambda world: f"applications/{world.open.sent.pk}/attachments/{world.open.sent.attachments.first().pk}/",
        None,
    ),
    "applications_attachments_partial_update": (
        "owner",
        lambda world: f"applications/{world.open.sent.pk}/attachments/{world.open.sent.attachments.first().pk}/",
        {"before": None},
    ),
    "applications_standing_order_destroy": (
        "owner", lambda world: f"applications/{world.open.draft.pk}/standing_order/", None,
    ),
    "calls_partial_update": (
        "officer", lambda world: f"calls/{world.draft_call.pk}/", {"title": "Another title", "stamp": 0},
    ),
    "participations_partial_update": (
        "stranger", lambda world: f"participations/{world.open.sent.pk}/", {"changes": []},
    ),
    "people_mails_update": ("owner", lambda world: "people/mails/", {"mails": {}}),
}  # fmt: skip


def test_every_operation_is_driven(world, client_of, undo):
    addresses = [address for _label, address in doors(world)]
    at_no_door = [
        one["operationId"]
        for method, pattern, one in operations()
        if method in {"get", "post"} and not any(map(pattern.match, addresses))
    ]
    others = [(method, one["operationId"]) for method, _pattern, one in operations() if method not in {"get", "post"}]
    assert at_no_door == []
    assert {name for _method, name in others} == DRIVEN_HERE.keys()
    for method, name in others:
        who, address, said = DRIVEN_HERE[name]
        send = getattr(client_of(who), method)
        with undo():
            answer = send(f"/api/{address(world)}", json.dumps(said or {}), content_type="application/json")
        assert answer.status_code in {200, 404}, (name, answer.content)


@pytest.mark.django_db
def test_an_answer_that_is_not_described_is_a_fault_of_its_test():
    """The net itself: a field too little, a status that nobody wrote down, a page where JSON was promised."""
    for answer in (JsonResponse({"id": 1}), JsonResponse({}, status=418), JsonResponse({}, content_type="text/html")):
        with pytest.raises(AssertionError):
            HeldAgainstTheDocument(lambda request, answer=answer: answer)(RequestFactory().get("/api/people/me/"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "name", "ask"),
    [
        (400, "unknown", lambda client: client.get("/api/calls/?shoe_size=9")),
        (400, "unknown", lambda client: client.get("/api/calls/?sort=shoe_size")),
        (400, "incomplete", lambda client: client.post("/api/calls/", "{}", content_type="application/json")),
        (400, "unreadable", lambda client: client.post("/api/calls/", "{", content_type="application/json")),
        (401, "no-token", lambda _client: Client().get("/api/letters/")),
        (401, "wrong-token", lambda _client: Client().get("/api/calls/", headers={"Authorization": "Bearer none"})),
        (403, "not-allowed", lambda client: client.post("/api/proof-runs/")),
        (404, "not-found", lambda client: client.get("/api/calls/00000000-0000-0000-0000-000000000000/")),
        (404, "not-found", lambda _client: Client().get("/api/no-such-thing/")),
        (405, "wrong-method", lambda client: client.delete("/api/calls/")),
        (406, "not-acceptable", lambda client: client.get("/api/calls/", headers={"Accept": "text/html"})),
        (415, "wrong-media-type", lambda client: client.post("/api/calls/", "<a/>", content_type="text/xml")),
    ],
)
def test_every_refusal_is_a_problem_with_a_name(client, status, name, ask):
    client.force_login(an_officer())
    answer = ask(client)
    told = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert (told["type"], told["status"], set(told)) == (
        f"/api/problems/#{name}", status, {"type", "title", "status", "detail", "gaps"},
    )  # fmt: skip
    assert told["detail"]
    kinds = {one["type"]: one for one in client.get("/api/problems/").json()}
    assert kinds[told["type"]] == {key: told[key] for key in ("type", "title", "status")}


def test_a_list_is_described_by_its_own_declaration():
    listed = document()["paths"]["/api/decisions/"]["get"]
    asked = {one["name"]: one["schema"] for one in listed["parameters"] if one["in"] == "query"}
    assert asked.keys() == {"q", "status", "sort", "page"}
    assert {"PROPOSED", "ISSUED"} <= set(asked["status"]["enum"])
    assert set(asked["sort"]["enum"]) == {"call", "-call", "prepared_at", "-prepared_at"}
    row = document()["components"]["schemas"]["DecisionRow"]["properties"]
    assert (row["awarded"]["type"], row["decided_at"]["format"]) == (["string", "null"], "date-time")
    assert {"status", "status_label", "cause", "cause_label"} <= row.keys()


def test_what_nests_is_sent_as_json_and_files_as_forms():
    for _method, _pattern, one in operations():
        kinds = one.get("requestBody", {}).get("content", {}).keys()
        assert kinds in (set(), {"application/json"}, {"multipart/form-data"}), one["operationId"]


def test_the_document_speaks_openapi_3_1():
    assert document()["openapi"].startswith("3.1")
    assert get_resolver().resolve_error_handler(404).__module__ == "core.broken"
