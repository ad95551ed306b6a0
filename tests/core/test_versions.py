"""What changed between what somebody saw and what is: merged over several records, said in the words of the page."""

from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from core.errors import Incomplete, NotAllowed, Refused, Stale, WrongState
from core.versions import difference, gaps_of, in_words, label_of, merged, said, sentence_about
from programmes.models import Call

CALL = Call(reference="ISFP-1", status="DRAFT")


def a_record(
    changes=None, before="DRAFT", after="DRAFT", who="Ada", role="OFFICER", at=datetime(2021, 1, 1, 11, 0, tzinfo=UTC)
):
    return SimpleNamespace(
        changes=changes or {}, status_before=before, status_after=after, actor_name=who, actor_role=role, at=at
    )  # fmt: skip


# differences


@pytest.mark.parametrize(("before", "after", "wanted"), [
    ({}, {}, {}), ({"a": 1}, {"a": 1}, {}), ({"a": 1}, {"a": 2}, {"a": [1, 2]}), ({}, {"a": 1}, {"a": [None, 1]}),
    ({"a": 1}, {}, {}), ({"a": None}, {"a": ""}, {"a": [None, ""]}), ({"a": 1}, {"a": Decimal("1.0")}, {}),
])  # fmt: skip
def test_a_difference_is_what_is_not_equal(before, after, wanted):
    assert difference(before, after) == wanted


def test_what_has_a_place_of_its_own_on_the_record_is_not_said_twice():
    changes = {"id": [1, 2], "status": ["A", "B"], "stamp": [1, 2], "title": ["a", "b"]}
    assert said(changes, CALL) == {"title": ["a", "b"]}


def test_no_record_tells_a_secret():
    assert said({"password": ["a", "b"], "name": ["a", "b"]}, User()) == {"name": ["a", "b"]}


# merged


def test_over_several_records_the_first_before_and_the_last_after_count():
    records = [a_record({"title": ["a", "b"]}), a_record({"budget": ["1", "2"]}), a_record({"title": ["b", "c"]})]

    assert merged(records) == {"title": ("a", "c"), "budget": ("1", "2")}


def test_what_came_back_to_where_it_was_is_no_difference():
    assert merged([a_record({"title": ["a", "b"]}), a_record({"title": ["b", "a"]})]) == {}


def test_a_move_is_a_difference_of_the_status():
    records = [a_record(before="DRAFT", after="PUBLISHED"), a_record(before="PUBLISHED", after="CHECKING")]

    assert merged(records) == {"status": ("DRAFT", "CHECKING")}


@pytest.mark.parametrize("odd", [None, "text", ["one"], [1, 2, 3], {"was": 1}, 7])
def test_a_change_of_another_shape_breaks_nothing(odd):
    assert merged([a_record({"odd": odd, "title": ["a", "b"]})]) == {"title": ("a", "b")}


@given(st.lists(st.integers(0, 3), min_size=2, max_size=8))
def test_any_walk_of_one_column_is_told_by_its_ends(walk):
    records = [a_record({"title": [one, other]}) for one, other in pairwise(walk)]

    assert merged(records) == ({} if walk[0] == walk[-1] else {"title": (walk[0], walk[-1])})


# in words


@pytest.mark.parametrize(("value", "words"), [
    (None, ""), ("text", "text"), (7, "7"), (True, "yes"), (False, "no"), (["a", "b"], "a, b"), ([], ""),
    ("x" * 201, "x" * 200 + "…"), ("x" * 200, "x" * 200),
])  # fmt: skip
def test_a_value_is_written_for_people_and_not_without_end(value, words):
    assert in_words(CALL, "topic", value) == words


def test_a_status_is_said_by_its_label():
    assert in_words(CALL, "status", "PUBLISHED") == "published"
    assert in_words(CALL, "status", "A_STATUS_OF_BEFORE") == "A_STATUS_OF_BEFORE"
    assert label_of(CALL, "status") == "Status"


def test_a_name_that_is_no_column_is_its_own_label():
    assert label_of(CALL, "entries") == "entries"


def test_gaps_name_label_old_and_new():
    found = gaps_of([a_record({"entries": [1, 2]}, before="DRAFT", after="PUBLISHED")], CALL)

    assert found == {
        "status": "Status: was “in preparation”, is now “published”", "entries": "entries: was “1”, is now “2”",
    }  # fmt: skip


# the sentence


def reading(role):
    """Somebody in this role."""
    person = User()
    person.__dict__["roles"] = frozenset([role])
    return person


@pytest.mark.parametrize(
    ("role", "who"), [("OFFICER", "The programme office"), ("APPLICANT", "Ada"), ("SYSTEM", "Ada")]
)
def test_an_applicant_reads_no_name_of_an_official_and_that_of_a_colleague(role, who):
    sentence = str(sentence_about([a_record(who="Ada", role=role)], CALL, reader=reading("APPLICANT")))
    assert sentence.startswith(f"{who} changed ISFP-1")


def test_the_last_who_changed_it_is_named_with_the_time_in_brussels():
    sentence = str(sentence_about([a_record(who="Ada"), a_record(who="Ben")], CALL, reader=reading("OFFICER")))

    assert sentence.startswith("Ben changed ISFP-1 at 12:00:00 (Brussels time), after you opened it.")


def test_where_no_record_tells_who_the_sentence_says_what_to_do():
    assert str(sentence_about([], CALL, reader=User())) == (
        "ISFP-1 is not as you saw it. Load the page again, then repeat what still holds."
    )


# refusals themselves


@pytest.mark.parametrize(("refusal", "short"), [
    (Refused("Top."), "Top."), (Refused("Top.", {"a": "Gap."}), "Gap."), (NotAllowed("Top."), "Top."),
    (WrongState("Top.", {"a": "Gap."}), "Gap."), (Incomplete({"a": "Gap.", "b": "More."}), "Gap."),
    (Incomplete({}, "Top."), "Top."), (Stale("Who.", {"a": "Gap."}), "Who."),
])  # fmt: skip
def test_in_short_the_first_gap_says_most_but_who_was_first_counts_more(refusal, short):
    assert refusal.in_short == short


@pytest.mark.parametrize(("kind", "status"), [(Refused, 400), (NotAllowed, 403), (WrongState, 409), (Stale, 409)])
def test_each_refusal_has_its_status(kind, status):
    assert kind("No.").status == status
    assert str(kind("No.")) == "No."
    assert kind("No.").gaps == {}


def test_what_is_missing_has_a_sentence_on_top_even_when_none_is_given():
    assert "Something is missing or wrong." in str(Incomplete({"a": "Gap."}).sentence)
    assert Incomplete({"a": "Gap."}).status == 400


def test_a_stale_refusal_brings_along_what_happened():
    record = a_record()

    assert Stale("Who.", since=(record,)).since == [record]
    assert Stale("Who.").since == []
