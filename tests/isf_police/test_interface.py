"""The pages for people who write programs tell what the document tells, to anybody."""

import json
from html import unescape

import pytest
from django.urls import reverse

from isf_police.interface import document, fields_of, groups, kind

METHODS = {"get", "post", "put", "patch", "delete"}


def written():
    """(METHOD, path) of every operation of the document."""
    return {(one.upper(), path) for path, said in document()["paths"].items() for one in METHODS & said.keys()}


def test_every_operation_stands_on_the_page_of_its_group(client, db):
    found = set()
    for name, operations in groups().items():
        page = unescape(client.get(reverse("api_group", args=[name])).text)
        found |= {
            (one.method, one.path) for one in operations if f"<h2><code>{one.method} {one.path}</code></h2>" in page
        }
        assert all(page.count(f'id="{one.anchor}"') == 1 for one in operations)
    assert found == written()


def test_each_group_is_reached_from_the_first_page(client, db):
    page = client.get(reverse("api_docs")).text

    assert all(f'href="{reverse("api_group", args=[name])}"' in page for name in groups())
    assert client.get(reverse("api_group", args=["no-such-group"])).status_code == 404


def test_the_document_is_the_same_in_both_forms_and_for_everybody(client, db, django_user_model):
    as_json = client.get(reverse("schema"), {"format": "json"})

    assert json.loads(as_json.content) == json.loads(json.dumps(document()))
    assert client.get(reverse("schema")).content.startswith(b"openapi: 3.")


def test_what_a_page_says_of_a_field():
    rows = {
        name: (kind(schema), needed) for name, schema, needed in fields_of({"$ref": "#/components/schemas/Problem"})
    }

    assert "detail" in rows
    assert all(said for said, _needed in rows.values())


@pytest.mark.parametrize(("schema", "words"), [
    ({"type": "string"}, "text"), ({"type": "string", "format": "date"}, "text (date)"),
    ({"type": ["string", "null"]}, "text"), ({"type": "array", "items": {"type": "integer"}}, "list of: whole number"),
    ({"enum": ["A", "B", None]}, "one of: A, B"), ({"allOf": [{"type": "boolean"}]}, "true or false"),
    ({"oneOf": [{"enum": ["A"]}, {"type": "null"}]}, "one of: A"), ({}, "anything"),
    ({"properties": {"a": {}}}, "object"),
])  # fmt: skip
def test_kinds_in_words(schema, words):
    assert kind(schema) == words


def test_fields_within_fields_are_named_by_their_way():
    inner = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
    outer = {"properties": {"one": inner, "many": {"type": "array", "items": inner}}}

    assert [(name, needed) for name, _schema, needed in fields_of(outer)] == [
        ("one", False), ("one.name", True), ("many", False), ("many[].name", True)]  # fmt: skip


def test_what_holds_itself_is_laid_out_a_few_floors_deep():
    endless = {"properties": {}}
    endless["properties"]["again"] = endless

    assert [name for name, *_rest in fields_of(endless)] == [
        "again",
        "again.again",
        "again.again.again",
        "again.again.again.again",
    ]
