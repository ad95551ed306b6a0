"""What a call must say before it is published, gap by gap: each sentence at its field, and none where none is due."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.days import day_of
from programmes.completeness import contradictions, gaps_of, money, times
from tests.factories import CLOSES, OPENS, a_call
from tests.programmes.drafts import THREE, YES, a_draft


@pytest.mark.django_db
def test_a_whole_call_has_no_gap():
    call = a_call(inform_by=day_of(CLOSES + timedelta(days=90)))

    assert gaps_of(call, list(call.criteria.all()), YES) == {}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "empty", "sentence"), [
    ("topic", "", "Describe the topic."),
    ("budget", None, "Give the budget of the call in euro."),
    ("budget", Decimal(0), "Give the budget of the call in euro."),
    ("opens_at", None, "Say when the call opens."),
    ("closes_at", None, "Say when the call closes."),
    ("inform_by", None, "Give the planned date of informing applicants."),
    ("eligible_states", [], "Choose the eligible Member States."),
])  # fmt: skip
def test_what_is_missing_is_asked_for_at_its_field(name, empty, sentence):
    call = a_call(inform_by=day_of(CLOSES + timedelta(days=90)))
    setattr(call, name, empty)

    assert gaps_of(call, list(call.criteria.all()), YES)[name] == sentence


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["objectives", "actions"])
def test_a_call_names_what_it_is_for(name):
    call = a_call(inform_by=day_of(CLOSES + timedelta(days=90)))
    getattr(call, name).clear()

    assert list(gaps_of(call, list(call.criteria.all()), YES)) == [name]


# times


@pytest.mark.parametrize(("after", "wanted"), [
    (timedelta(0), ["closes_at"]), (timedelta(seconds=-1), ["closes_at"]), (timedelta(seconds=1), []),
])  # fmt: skip
def test_a_call_closes_after_it_opens_if_only_by_a_second(after, wanted):
    assert list(contradictions(a_draft(closes_at=OPENS + after))) == wanted


@pytest.mark.parametrize(("at", "wanted"), [
    (CLOSES - timedelta(seconds=1), {}), (CLOSES, {"closes_at": "This closing time is already past."}),
])  # fmt: skip
def test_a_closing_time_that_is_past_is_no_closing_time(at, wanted):
    assert times(a_draft(), THREE, at) == wanted


@pytest.mark.parametrize(("days", "is_gap"), [(-1, True), (0, True), (1, False)])
def test_nobody_is_informed_before_the_call_has_closed(days, is_gap):
    found = times(a_draft(inform_by=day_of(CLOSES) + timedelta(days=days)), THREE, YES)

    assert ("inform_by" in found) is is_gap


@pytest.mark.parametrize("name", ["opens_at", "closes_at"])
def test_without_both_times_nothing_is_said_about_their_order(name):
    call = a_draft(**{name: None})

    assert times(call, THREE, YES) == {}
    assert contradictions(call) == {}


# money


@pytest.mark.parametrize(("low", "high", "wanted"), [
    (None, None, []), (1, None, []), (None, 1, []), (5, 5, []), (6, 5, ["max_contribution"]),
])  # fmt: skip
def test_the_highest_contribution_is_not_below_the_lowest(low, high, wanted):
    assert list(contradictions(a_draft(min_contribution=low, max_contribution=high))) == wanted


@pytest.mark.parametrize("name", ["budget", "min_contribution", "max_contribution", "overall_threshold"])
def test_nothing_is_below_zero(name):
    assert contradictions(a_draft(**{"min_contribution": None, name: Decimal("-0.01")}))[name]
    assert name not in contradictions(a_draft(**{"min_contribution": None, name: Decimal(0)}))


@pytest.mark.parametrize(("high", "budget", "is_gap"), [
    (2, 1, True), (1, 1, False), (None, 1, False), (2, None, False), (2, 0, False),
])  # fmt: skip
def test_one_contribution_does_not_exceed_the_budget(high, budget, is_gap):
    assert bool(money(a_draft(max_contribution=high, budget=budget), THREE, YES)) is is_gap


@given(st.decimals(-10, 10, places=2), st.decimals(-10, 10, places=2))
def test_whatever_amounts_are_said_the_database_never_has_to_refuse_them(low, high):
    """`contradictions` says in words what the constraints of the table say in numbers."""
    found = contradictions(a_draft(min_contribution=low, max_contribution=high))

    assert bool(found) is (low > high or low < 0 or high < 0)
