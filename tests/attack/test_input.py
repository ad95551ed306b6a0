"""Nothing a program sends breaks the house: every answer is a sentence, never a 500, and nothing is kept of it."""

import json

import pytest
from django.urls import reverse

from audit.models import AuditRecord
from tests.attack.doors import doors
from tests.long import part_of

SHAPES = [
    b"[]", b'"x"', b"1", b"null", b"true", b"[1]", b"[{}]", b'{"reason": "\\u0000"}', b'{"reason": "\\ud800"}',
    b'{"reason": "\\u0007"}', b'{"reason": ["x"]}', b'{"reason": {"a": 1}}', b'{"reason": "' + b"x" * 20000 + b'"}',
]  # fmt: skip
UNREADABLE = [
    b"{", b"\x00", b"NaN", b'{"a": NaN}', b"1e999", b"\xff\xfe", b"[" * 5000 + b"]" * 5000,
    b'{"a":' * 3000 + b"1" + b"}" * 3000, b"9" * 5000, b'{"\\ud800": 1}',
]  # fmt: skip
ASKED = {"officer": "api-", "owner": "api-applications", "admin": "api-people"}


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("who", ASKED)
def test_json_of_any_shape_is_answered_with_a_sentence(world, client_of, undo, who):
    client = client_of(who)
    broken = []
    for number, (label, address) in enumerate(writes(world, ASKED[who])):
        for body in (*part_of(SHAPES, 5, nth=number), UNREADABLE[number % len(UNREADABLE)]):  # one reader for all
            with undo():
                answer = client.post(address, body, content_type="application/json")
                if answer.status_code >= 500 or (answer.status_code >= 400 and not said(answer)):
                    broken.append((label, body[:40], answer.status_code))
    assert broken == []


def writes(world, prefix):
    """One row of each address is enough here."""
    seen = {}
    for label, address in doors(world):
        name, _space, row = label.partition(" ")
        if name.startswith(prefix) and row not in {"unknown", "hidden"}:
            seen.setdefault((name, row.rpartition(".")[2]), (label, address))
    return seen.values()


def said(answer):
    return bool(json.loads(answer.content))


FIELDS = [None, True, [], {}, [1], {"a": 1}, "", 10**30, -(10**30), 1e300, "1e999", "NaN", "Infinity", [[]], [None],
          "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "‮", "￿", 2**63, "x" * 20000]  # fmt: skip


def test_no_field_of_an_application_breaks_its_house(world, client_of, undo):
    client = client_of("owner")
    draft = world.open.draft
    lead = str(draft.partners.get().pk)
    whole = {
        "stamp": draft.stamp, "identity": {"acronym": "A", "title": "T"},
        "partners": [{"id": str(draft.partners.get().pk), "name": "N", "country": "EL", "contact_email": "a@b.eu"}],
        "content": {"summary": "s", "objectives": ["A"]}, "declarations": [],
        "timetable": {"starts_on": "2030-01-01", "months": 3, "milestones": [{"title": "t", "first_month": 1}]},
        "changes": [
            {"part": "identity", "field": "title", "base": "T", "sent": ["x"], "value": "v"},
            {"part": "budget", "row": lead, "field": "A", "base": "", "value": "1"},
            {"part": "content", "field": "actions", "base": [], "value": ["a"]},
            {"part": "partners", "row": lead, "field": "remove", "base": {"name": "x"}, "value": "on"},
        ], "key": "k",
        "budget": {"requested": "1", "lines": [{"partner": str(draft.partners.get().pk), "amount": "1"}]},
    }  # fmt: skip
    address = reverse("api-applications-detail", args=[draft.pk])
    broken = [
        (path, value)
        for path in paths_of(whole) for value in FIELDS
        if attempt(client, address, changed(whole, path, value), undo) >= 500
    ]  # fmt: skip
    assert broken == []


def attempt(client, address, said, undo):
    """The status of the answer, or of the page of what was taken in."""
    with undo():
        answer = client.patch(address, json.dumps(said), content_type="application/json")
        if answer.status_code == 200:
            answer = client.get(address.removeprefix("/api"))
    return answer.status_code


def paths_of(said, before=()):
    if before:
        yield before
    inner = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ()
    for key, value in inner:
        yield from paths_of(value, (*before, key))


def changed(said, path, value):
    new = json.loads(json.dumps(said))
    place = new
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return new


@pytest.mark.parametrize(
    "extra",
    [
        {"status": "EVALUATED"}, {"id": "00000000-0000-0000-0000-000000000001"}, {"applicant": "x"}, {"versions": 9},
        {"reference": "ISFP-1"}, {"call": "x"}, {"submitted_at": "2020-01-01T00:00:00Z"}, {"sent_hash": "0" * 64},
    ],
)  # fmt: skip
def test_what_no_form_offers_is_not_taken_from_a_program(world, client_of, extra):
    draft = world.open.draft
    draft.refresh_from_db()  # the world is one for all tests here
    kept = {name: getattr(draft, name) for name in ("status", "pk", "applicant_id", "versions", "reference", "call_id")}
    words = {**extra, "identity": {"acronym": "NEW", "title": "T", **extra}}
    kept |= {"acronym": draft.acronym, "submitted_at": None, "sent_hash": ""}
    address = reverse("api-applications-detail", args=[draft.pk])
    refused = client_of("owner").patch(address, json.dumps(words), content_type="application/json")
    assert (refused.status_code, f"identity.{next(iter(extra))}" in refused.content.decode()) == (400, True)
    draft.refresh_from_db()
    assert {name: getattr(draft, name) for name in kept} == kept


def test_a_partner_of_another_application_is_not_taken_over(world, client_of):
    theirs = world.decided.entries[1].partners.first()
    draft = world.open.draft
    words = {
        "partners": [{"id": str(theirs.pk), "name": "Mine now", "country": "EL", "kind": "LAW"}],
        "stamp": draft.stamp,
    }
    address = reverse("api-applications-detail", args=[draft.pk])
    answer = client_of("owner").patch(address, json.dumps(words), content_type="application/json")
    theirs.refresh_from_db()
    assert (answer.status_code, theirs.name == "Mine now") == (400, False)


def test_a_score_of_another_evaluator_is_not_written(world, client_of):
    other, trail = world.evaluated.other, AuditRecord.objects.count()
    words = {"scores": [{"criterion": "REL", "points": "1", "comment": "x"}]}
    for who in ("evaluator", "officer", "member", "owner"):
        answer = client_of(who).post(
            reverse("api-assessments-score", args=[other.pk]), json.dumps(words), content_type="application/json"
        )
        assert answer.status_code in {403, 404}
    assert AuditRecord.objects.count() == trail
