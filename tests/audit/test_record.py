"""What one record holds: who did what to which row, and how it moved."""

import pytest

from audit.hashing import hash_of
from audit.record import record
from tests.audit.factories import START
from tests.factories import a_call, an_officer

pytestmark = pytest.mark.django_db


def test_a_record_says_who_did_what_to_which_row_and_how_it_moved():
    call, officer = a_call(), an_officer()
    kept = record(
        "call.note", call, by=officer, at=START, move=("DRAFT", "PUBLISHED"), changes={"a": [1, 2]}, reason="R"
    )
    kept.refresh_from_db()
    assert (kept.act, kept.at, kept.reason, kept.changes) == ("call.note", START, "R", {"a": [1, 2]})
    assert (kept.status_before, kept.status_after) == ("DRAFT", "PUBLISHED")
    assert (kept.actor_id, kept.actor_name, kept.actor_role) == (str(officer.pk), str(officer), "OFFICER")
    assert (kept.subject_type, kept.subject_id, kept.subject_name) == ("programmes.call", str(call.pk), str(call))


@pytest.mark.parametrize("move", [("", ""), (None, None)])
def test_what_does_not_move_has_no_states_and_what_changes_nothing_says_so(move):
    kept = record("call.note", a_call(), by=an_officer(), at=START, move=move)
    assert (kept.status_before, kept.status_after, kept.changes) == ("", "", {})


def test_the_longest_names_are_kept_as_far_as_their_columns_reach():
    call, officer = a_call(title="T" * 250), an_officer()
    call.reference, officer.name = "R" * 400, "N" * 250
    kept = record("call.note", call, by=officer, at=START)
    kept.refresh_from_db()
    assert (kept.subject_name, kept.actor_name) == ("R" * 300, "N" * 200)
    assert hash_of(kept) == kept.hash


def test_each_record_continues_the_one_before_it_and_a_chain_begins_with_one():
    call, other, officer = a_call(), a_call(), an_officer()
    first, second, third, elsewhere = (
        record("call.note", row, by=officer, at=START) for row in (call, call, call, other)
    )
    assert [one.sequence for one in (first, second, third, elsewhere)] == [1, 2, 3, 1]
    assert [one.previous_hash for one in (first, second, third, elsewhere)] == ["", first.hash, second.hash, ""]
    assert (third.format, third.written_at) == (3, first.written_at)
