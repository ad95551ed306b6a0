"""What programs send is taken whole or refused by its place: nothing is passed over, nothing is changed."""

import json
from decimal import Decimal

import pytest
from django.http import QueryDict
from rest_framework import serializers

from core import clock
from core.bodies import faults_in
from core.numbers import Day, Figures, Moment, Number, Whole
from programmes.models import Call
from tests.applications.factories import a_draft, an_owner
from tests.applications.test_races import an_open_call
from tests.core.programs import kind_of, program_of
from tests.factories import a_call, an_officer


class Cost(serializers.Serializer):
    told_apart_by = ("partner", "category")

    partner = serializers.UUIDField(required=False)
    category = serializers.CharField()
    id = serializers.CharField(read_only=True)


class Body(serializers.Serializer):
    title = serializers.CharField(required=False)
    codes = serializers.ListField(child=serializers.CharField(), required=False)
    ids = serializers.ListField(child=serializers.UUIDField(), required=False)
    costs = Cost(many=True, required=False)
    inner = Cost(required=False)
    free = serializers.DictField(required=False)


ONE, ONE_AGAIN = "1" * 8 + "-1111-1111-1111-" + "a" * 12, "1" * 20 + "A" * 12


@pytest.mark.parametrize(("said", "places"), [
    ({}, []), ({"title": "t", "free": {"any": 1}}, []), ({"titel": "t"}, ["titel"]),
    ({"inner": {"category": "A", "cat": 1}}, ["inner.cat"]),
    ({"costs": [{"category": "A"}, {"category": "B", "id": "1"}]}, ["costs.1.id"]),  # told, not taken
    ({"costs": [{"category": "A", "partner": ONE}, {"category": "B", "partner": ONE}]}, []),
    ({"costs": [{"category": "A", "partner": ONE}, {"category": "A", "partner": ONE_AGAIN}]}, ["costs.1"]),
    ({"costs": [{"category": "A"}, {"category": "B"}, {"category": "A", "x": 1}]}, ["costs.2", "costs.2.x"]),
    ({"costs": [{}, {}, 1, None, []]}, []),  # refused where they are read
    ({"codes": ["A", "B", "A", "A"]}, ["codes.2", "codes.3"]), ({"ids": [ONE, ONE_AGAIN]}, ["ids.1"]),
    ({"codes": "A", "costs": {"a": 1}, "inner": []}, []),
    ({"title": "x" * 100_001}, ["title"]), ({"codes": ["A"] * 10_001}, ["codes"]),
    ({"codes": ["x" * 100_001]}, ["codes.0"]),
    (QueryDict("title=a&title=b"), ["title"]), (QueryDict("codes=a&codes=b"), []),
    (QueryDict("codes=a&codes=a&x=1"), ["x", "codes.1"]),
])  # fmt: skip
def test_what_has_no_place_or_is_there_twice_is_named(said, places):
    assert sorted(place for place, _sentence in faults_in(Body(), said)) == sorted(places)


# numbers and days


@pytest.mark.parametrize(("said", "number"), [
    (1, "1"), ("1", "1"), ("10.50", "10.50"), ("10,5", "10.50"), (" 10 ", "10"), ("+10", "10"), ("1 234,5", "1234.50"),
    (Figures("0.10"), "0.10"), (Figures("1e1"), "10"), (0.1, "0.10"), (Decimal("2.50"), "2.50"),
])  # fmt: skip
def test_a_number_is_read_as_on_the_pages(said, number):
    assert Number(max_digits=14, decimal_places=2).run_validation(said) == Decimal(number)


@pytest.mark.parametrize("said", [
    "1e1", "１０", "1_0", True, False, "10.0000001", Figures("10.0000001"), 10.001, "٣", "", " ", "NaN", "Infinity", [],
    {}, "1.234", "0x10", "1" * 61, Figures("0.1000000000000000055"), b"1",
])  # fmt: skip
def test_what_is_no_plain_number_is_refused(said):
    for field in (Number(max_digits=14, decimal_places=2), Whole()):
        with pytest.raises(serializers.ValidationError):
            field.run_validation(said)


def test_whole_numbers_and_days_likewise():
    assert Whole().run_validation("1 000") == Whole().run_validation(Figures("1000.0")) == 1000
    assert Day().run_validation("31.3.2030") == Day().run_validation("2030-03-31")
    for field, said in (
        (Whole(), "1.5"),
        (Day(), "２０30-03-31"),
        (Moment(), "２０30-03-31T10:00:00Z"),
        (Day(), 20300331),
    ):
        with pytest.raises(serializers.ValidationError):
            field.run_validation(said)


# through the door


@pytest.fixture
def officer():
    return an_officer()


@pytest.fixture
def call(officer):
    return a_call(status="DRAFT")


def sent(person, verb, address, body, **headers):
    text = body if isinstance(body, str) else json.dumps(body)
    return getattr(program_of(person), verb)(f"/api/{address}", text, content_type="application/json", headers=headers)


@pytest.mark.django_db
@pytest.mark.parametrize(("verb", "address", "body", "places"), [
    ("post", "calls/", {"fond": "isf", "criteria": [{"code": "A", "titel": "x"}]}, ["fond", "criteria.0.titel"]),
    ("post", "calls/", '{"title": "a", "title": "b"}', ["title"]),
    ("post", "calls/", '{"criteria": [{"code": "A", "code": "B"}]}', ["criteria.0.code"]),
    ("patch", "calls/{pk}/", {"status": "PUBLISHED", "id": "x"}, ["status", "id"]),
    ("patch", "calls/{pk}/", {"criteria": [{"code": "A"}, {"code": "A"}], "actions": ["C", "C"]},
     ["criteria.1", "actions.1"]),
    ("post", "calls/{pk}/steps/discard/", {"raeson": "x"}, ["raeson"]),
    ("post", "calls/{pk}/follow/", {"mail": False}, ["mail"]),
    ("post", "proof-runs/", {"all": True}, ["all"]),
    ("post", "assessments/assign_all/", [{"application": ONE, "evaluator": ONE, "x": 1},
                                         {"application": ONE_AGAIN, "evaluator": ONE}], ["0.x", "1"]),
])  # fmt: skip
def test_nothing_is_passed_over_at_the_door(officer, call, verb, address, body, places):
    refused = sent(officer, verb, address.format(pk=call.pk), body)

    assert (refused.status_code, kind_of(refused)) == (400, "incomplete"), refused.content
    assert sorted(refused.json()["gaps"]) == sorted(places)
    assert "nothing was changed" in refused.json()["detail"]


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "body", "word"), [
    ("calls/", "[]", "object"), ("calls/{pk}/follow/", "[1]", "object"), ("assessments/assign_all/", "{}", "list"),
])  # fmt: skip
def test_a_list_is_no_object_and_an_object_no_list(officer, call, address, body, word):
    refused = sent(officer, "post", address.format(pk=call.pk), body)

    assert (refused.status_code, kind_of(refused)) == (400, "unreadable")
    assert f"Send a JSON {word}" in refused.json()["detail"]


@pytest.mark.django_db
def test_nobody_writes_over_a_colleague_without_saying_what_was_seen(officer, call):
    address, tag = f"calls/{call.pk}/", program_of(officer).get(f"/api/calls/{call.pk}/").headers["ETag"]

    refused = sent(officer, "patch", address, {"title": "Mine"})
    assert (refused.status_code, kind_of(refused), list(refused.json()["gaps"])) == (428, "not-based", ["stamp"])
    assert sent(officer, "patch", address, {"title": "First", "stamp": call.stamp}).status_code == 200
    assert sent(officer, "patch", address, {"title": "Late", "stamp": call.stamp}).status_code == 409
    assert sent(officer, "patch", address, {"title": "Late"}, **{"If-Match": tag}).status_code == 412
    assert Call.objects.get(pk=call.pk).title == "First"
    assert sent(officer, "patch", address, {"title": "Whatever stands"}, **{"If-Match": "*"}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("odd", ["\u202a", "\u2066", "\x00", "\U000e0041"])
def test_a_form_is_looked_at_like_json(officer, call, odd):
    address = f"/api/calls/{call.pk}/steps/discard/"
    for kind in ("json", "multipart"):
        refused = program_of(officer).post(address, {"reason": f"a{odd}b"}, format=kind)
        assert (refused.status_code, list(refused.json()["gaps"])) == (400, ["reason"]), kind


@pytest.mark.django_db
def test_whoever_may_not_do_it_hears_that_first(call):
    assert sent(an_owner(), "patch", f"calls/{call.pk}/", {"title": "Mine"}).status_code in {403, 404}


@pytest.mark.django_db
def test_single_answers_have_their_own_base_and_whole_parts_the_stamp():
    owner = an_owner()
    draft = a_draft(by=owner, call=an_open_call(), at=clock.now())
    change = {"part": "identity", "field": "title", "base": draft.title, "value": "Another"}

    assert sent(owner, "patch", f"applications/{draft.pk}/", {"changes": [change]}).status_code == 200
    assert sent(owner, "patch", f"applications/{draft.pk}/", {"identity": {"title": "Mine"}}).status_code == 428
    twice = sent(owner, "patch", f"applications/{draft.pk}/", {"changes": [change, change]})
    assert list(twice.json()["gaps"]) == ["changes.1"]
