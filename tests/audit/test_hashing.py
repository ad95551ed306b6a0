"""The hash of a record by hand: SHA-256 over JSON written in one way, in the format that the record names."""

import hashlib
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.hashing import canonical, hash_of, hashed_columns, newest_format, plain

AT = datetime(2021, 2, 1, 10, 0, 0, 5, tzinfo=ZoneInfo("Europe/Brussels"))
PERSON = UUID("00000000-0000-4000-8000-000000000001")
# keys in the order of the alphabet
OF_TODAY = (
    '{"act":"call.note","actor_id":"00000000-0000-4000-8000-000000000001","actor_name":"Ωmega","actor_role":"OFFICER",'
    '"at":"2021-02-01T09:00:00.000005Z","chain":"call:7","changes":{"b":[1,null],"c":[]},"door":"WEB","format":2,'
    '"previous_hash":"","reason":"","request_id":"r","scope":{"call":"7"},"sequence":1,"status_after":"B",'
    '"status_before":"A","subject_id":"7","subject_name":"A call","subject_type":"programmes.call","written_at":""}'
)
OF_THE_FIRST_FORMAT = (
    '{"act":"call.note","actor_id":"00000000-0000-4000-8000-000000000001","actor_name":"Ωmega","actor_role":"OFFICER",'
    '"application_id":"","at":"2021-02-01T09:00:00.000005Z","call_id":"7","chain":"call:7",'
    '"changes":{"b":[1,null],"c":[]},"door":"WEB","member_state":"EL","previous_hash":"","reason":"","request_id":"r",'
    '"sequence":1,"status_after":"B","status_before":"A","subject_id":"7","subject_name":"A call",'
    '"subject_type":"programmes.call"}'
)


def a_record(**fields):
    return SimpleNamespace(**{
        "chain": "call:7", "sequence": 1, "at": AT, "act": "call.note", "subject_type": "programmes.call",
        "subject_id": "7", "subject_name": "A call", "actor_id": PERSON, "actor_name": "Ωmega",
        "actor_role": "OFFICER", "door": "WEB", "request_id": "r", "status_before": "A", "status_after": "B",
        "reason": "", "changes": {"c": [], "b": [1, None]}, "previous_hash": "", "scope": {"call": "7"}, "format": 2,
        "written_at": None, **fields,
    })  # fmt: skip


def by_hand(text):
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_record_of_today_hashes_its_scope_its_format_and_when_it_was_written():
    assert hash_of(a_record()) == by_hand(OF_TODAY)


def test_a_record_of_the_first_format_hashes_its_three_places_each_empty_where_it_has_none():
    assert hash_of(a_record(format=1, scope={"call": "7", "member_state": "EL"})) == by_hand(OF_THE_FIRST_FORMAT)


SCOPES = (
    {}, {"call": "7"}, {"call": "8"}, {"application": "7"}, {"call": "7", "more": "x"}, {"call": 7}, {"call": ""},
    {"call": ["7"]}, {"call": None}, {"more": "x"},
)  # fmt: skip


@pytest.mark.parametrize("of_format", [1, 2])
def test_another_scope_is_another_hash_in_every_format(of_format):
    """Also where it was spoilt: an empty text in the place of an id is not the same as no place."""
    assert len({hash_of(a_record(format=of_format, scope=scope)) for scope in SCOPES}) == len(SCOPES)


def test_to_be_hashed_is_not_to_be_changed():
    record = a_record(format=1)
    hash_of(record)
    assert record.scope == {"call": "7"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), ("", ""), (0, 0), (7, 7), ([1], [1]), ({"a": 1}, {"a": 1}), (PERSON, str(PERSON)),
        (Decimal("1.50"), "1.50"), (AT, "2021-02-01T09:00:00.000005Z"),
        (AT.astimezone(UTC), "2021-02-01T09:00:00.000005Z"),
    ],
)  # fmt: skip
def test_every_value_has_one_text(value, text):
    assert plain(value) == text
    assert type(plain(value)) is type(text)


@given(st.dictionaries(st.text(max_size=3), st.integers(), max_size=5), st.randoms(use_true_random=False))
def test_the_order_in_which_a_content_was_put_together_does_not_show(content, shuffle):
    names = list(content)
    shuffle.shuffle(names)
    assert canonical({name: content[name] for name in names}) == canonical(content)


def test_json_is_written_in_one_way_without_spaces_and_with_every_alphabet():
    assert canonical({"b": ["Ω", None], "a": 1}) == '{"a":1,"b":["Ω",null]}'


def test_a_download_holds_what_the_newest_format_hashes():
    assert newest_format() == 3
    assert hashed_columns()[-4:] == ("scope", "format", "written_at", "rows_sha256")
