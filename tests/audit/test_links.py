"""What does not fit in a chain is named, record by record, in a sentence each."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from audit.hashing import hash_of
from audit.record import PATIENCE, broken_links

START = datetime(2021, 2, 1, 9, 0, tzinfo=UTC)


def a_link(sequence, *, before=None, **fields):
    link = SimpleNamespace(**{
        "chain": "call:7", "sequence": sequence, "at": START, "act": "call.note", "subject_type": "programmes.call",
        "subject_id": "7", "subject_name": "A call", "actor_id": "1", "actor_name": "Omega", "actor_role": "OFFICER",
        "door": "WEB", "request_id": "r", "status_before": "", "status_after": "", "reason": "", "changes": {},
        "previous_hash": before.hash if before else "", "scope": {}, "format": 2, "written_at": None, **fields,
    })  # fmt: skip
    link.hash = hash_of(link)
    return link


def a_chain(*fields):
    """One link for each set of fields, each upon the one before it."""
    links = []
    for place, own in enumerate(fields, 1):
        links.append(a_link(**{"sequence": place, "before": links[-1] if links else None, **own}))
    return links


def told(links):
    return [(link.sequence, sentence) for link, sentence in broken_links(links)]


def test_a_chain_that_fits_has_nothing_to_be_told():
    assert told(a_chain({}, {}, {})) == []
    assert told([]) == []


def test_records_that_are_missing_are_named_once_and_what_follows_them_fits_again():
    assert told(a_chain({}, {"sequence": 3}, {"sequence": 4}, {"sequence": 7})) == [
        (3, "record 2 is missing"),
        (7, "record 5 is missing"),
    ]


def test_a_chain_that_does_not_begin_with_the_first_misses_it():
    _first, second, third = a_chain({}, {}, {})
    assert told([second, third]) == [(2, "record 1 is missing"), (2, "does not continue the record before it")]


def test_a_place_that_was_given_twice_shows():
    (first,) = a_chain({})
    assert told([first, a_link(1, before=first)]) == [(1, "record 2 is missing")]


def test_a_record_upon_another_than_the_one_before_it_shows():
    first, second = a_chain({}, {})
    assert told([first, a_link(2, before=second)]) == [(2, "does not continue the record before it")]


def test_a_record_that_was_changed_shows_itself_and_not_its_neighbours():
    links = a_chain({}, {}, {})
    links[1].reason = "Another"
    assert told(links) == [(2, "was changed after it was written")]


@pytest.mark.parametrize(
    ("earlier", "sentences"),
    [
        (PATIENCE, []), (PATIENCE + timedelta(microseconds=1), [(2, "is dated before the record before it")]),
        (-PATIENCE, []), (timedelta(days=-400), []), (timedelta(days=1), [(2, "is dated before the record before it")]),
    ],
)  # fmt: skip
def test_two_who_act_at_once_may_be_written_in_either_order_for_a_minute(earlier, sentences):
    assert timedelta(minutes=1) == PATIENCE
    assert told(a_chain({}, {"at": START - earlier})) == sentences


def test_a_record_in_an_older_format_than_the_one_before_it_was_not_written_then():
    assert told(a_chain({"format": 1}, {"format": 2}, {"format": 2})) == []
    assert told(a_chain({"format": 2}, {"format": 1})) == [
        (2, "is written in an older format than the record before it"),
    ]


@pytest.mark.parametrize("unknown", [0, 4])
def test_a_format_that_nobody_knows_is_said_so(unknown):
    links = a_chain({}, {})
    links[1].format = unknown
    assert (2, f"has the format {unknown}, which nobody knows") in told(links)
