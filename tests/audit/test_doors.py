"""Through which door an act came in, under which number, and whose matter a record is."""

import re
import threading
from uuid import UUID, uuid4

import pytest
from django.db.models import Q
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from audit.door import door, this_door
from audit.middleware import DoorMiddleware
from audit.scope import as_scope, in_scope

ID = re.compile(r"[0-9a-f]{32}")


def test_whatever_no_door_let_in_is_a_command_without_a_number():
    assert this_door() == ("COMMAND", "")


def test_a_door_is_open_until_its_end_and_has_a_number_of_its_own():
    with door("WEB") as (name, first):
        assert (name, this_door()) == ("WEB", ("WEB", first))
    with door("WEB") as (_name, second):
        assert ID.fullmatch(first)
        assert ID.fullmatch(second)
        assert first != second
    assert this_door() == ("COMMAND", "")


def test_what_was_promised_is_kept_under_the_number_of_the_request_that_promised_it():
    with door("WORKER", "abc"):
        assert this_door() == ("WORKER", "abc")


def test_within_a_door_another_one_is_only_passed_through():
    with door("WEB", "outer"):
        with door("WORKER", "inner"):
            assert this_door() == ("WORKER", "inner")
        assert this_door() == ("WEB", "outer")


def test_a_door_is_shut_behind_a_fault_too():
    with pytest.raises(ZeroDivisionError), door("WEB"):
        _ = 1 / 0
    assert this_door() == ("COMMAND", "")


def test_two_who_come_at_once_have_a_door_each():
    seen, both_in = {}, threading.Barrier(2)

    def come_in(name):
        with door(name, name.lower()):
            both_in.wait(timeout=10)
            seen[name] = this_door()

    threads = [threading.Thread(target=come_in, args=[name]) for name in ("WEB", "API")]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=10)
    assert seen == {"WEB": ("WEB", "web"), "API": ("API", "api")}


@pytest.mark.parametrize(("path", "name"), [
    ("/", "WEB"), ("/calls/", "WEB"), ("/api/", "API"), ("/api/calls/", "API"), ("/api", "WEB"), ("/apis/", "WEB"),
    ("/calls/api/", "WEB"),
])  # fmt: skip
def test_the_address_tells_people_from_programs(path, name):
    [(seen, _number)], _answer = through(path)
    assert seen == name


def through(path):
    """(the door seen inside, the answer) of one request."""
    seen = []

    def inside(request):
        seen.append(this_door())
        return HttpResponse(request.request_id)

    return seen, DoorMiddleware(inside)(RequestFactory().get(path))


def test_the_number_of_a_request_is_given_back_to_whoever_calls_for_help():
    seen, answer = through("/calls/")
    assert seen == [("WEB", answer["X-Request-Id"])]
    assert answer.content.decode() == answer["X-Request-Id"]
    assert ID.fullmatch(answer["X-Request-Id"])


# whose matter

KINDS = st.sampled_from(["call", "application", "fund", "member_state"])
VALUES = st.uuids() | st.sampled_from(["EL", "", None]) | st.integers(0, 9)


@given(st.dictionaries(KINDS, VALUES))
def test_a_scope_names_what_applies_as_text_and_nothing_else(named):
    scope = as_scope(named)

    assert scope == {kind: str(value) for kind, value in named.items() if value is not None and value != ""}
    assert as_scope(scope) == scope


def test_nought_is_a_value_and_an_empty_text_is_none():
    assert as_scope({"call": 0, "fund": "", "application": None}) == {"call": "0"}


def test_of_several_any_one_will_do_and_of_none_nothing_is_found():
    one, other = UUID(int=1), uuid4()
    assert in_scope("call", []) == Q(pk__in=[])
    found = in_scope("call", [one, other])
    assert found.connector == Q.OR
    assert [child for child in found.children if child[0] == "scope__contains"] == [
        ("scope__contains", {"call": str(one)}), ("scope__contains", {"call": str(other)}),
    ]  # fmt: skip
