"""The arithmetic: the vectors of the facts, and what must hold for every budget."""

from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.budget import Budget, budget_in, indirect_costs, most_for, part_of

CENTS = st.integers(0, 10**11).map(lambda cents: Decimal(cents) / 100)
SOME = st.integers(1, 10**10).map(lambda cents: Decimal(cents) / 100)
RATES = st.integers(1, 10_000).map(lambda hundredths: Decimal(hundredths) / 100)
CENT = Decimal("0.01")


@pytest.mark.parametrize(
    ("direct", "indirect"),
    [("250000", "17500.00"), ("0", "0.00"), ("0.07", "0.00"), ("0.08", "0.01"), ("0.50", "0.04"), ("100.01", "7.00")],
)
def test_indirect_costs_of_seven_per_cent(direct, indirect):
    assert indirect_costs(Decimal(direct), Decimal(7)) == Decimal(indirect)


def test_the_vector_of_a_grant_below_the_minimum():
    budget = Budget({("lead", "A"): Decimal(250_000)}, Decimal(7), requested=Decimal("240750"), own=Decimal("26750"))
    assert (budget.indirect, budget.total) == (Decimal("17500.00"), Decimal("267500.00"))
    assert most_for(budget.total, Decimal(90)) == Decimal("240750.00")
    assert budget.keeps_rate(Decimal(90))
    assert budget.is_balanced
    assert budget.requested < Decimal(250_000)


def test_a_share_of_seventy_per_cent():
    assert most_for(Decimal(1_206_431), Decimal(70)) == Decimal("844501.70")


def test_a_cent_above_the_rate_is_above_the_rate():
    budget = Budget({("lead", "A"): Decimal(100_000)}, Decimal(0), requested=Decimal("90000.01"))
    assert not budget.keeps_rate(Decimal(90))
    assert budget.rate > 90


@pytest.mark.parametrize(
    ("requested", "rate", "keeps"),
    [
        ("0", "0", True),
        ("60000", "60", True),
        ("90000", "90", True),
        ("90000.01", "90.01", False),
        ("1e5", "100", False),
    ],
)
def test_the_rate_is_the_part_of_the_total_in_per_cent_rounded_up(requested, rate, keeps):
    budget = Budget({("lead", "A"): Decimal(100_000)}, Decimal(0), requested=Decimal(requested))
    assert budget.rate == Decimal(rate)
    assert budget.keeps_rate(Decimal(90)) == keeps


def test_totals_by_partner_and_category():
    lines = {("a", "A"): Decimal("10.10"), ("a", "C"): Decimal("5"), ("b", "A"): Decimal("0.01")}
    budget = Budget(lines, Decimal(7), requested=Decimal(10), own=Decimal(4), other=Decimal(1))
    assert (budget.of_partner("a"), budget.of_partner("b"), budget.of_partner("c")) == (Decimal("15.10"), CENT, 0)
    assert (budget.of_category("A"), budget.of_category("C")) == (Decimal("10.11"), Decimal(5))
    assert (budget.direct, budget.indirect, budget.total) == (Decimal("15.11"), Decimal("1.06"), Decimal("16.17"))
    assert budget.missing == Decimal("1.17")


@given(CENTS, RATES)
def test_what_the_rate_allows_never_exceeds_it_and_misses_it_by_less_than_a_cent(total, rate):
    most = most_for(total, rate)
    assert most * 100 <= total * rate < (most + CENT) * 100


@given(st.dictionaries(st.tuples(st.sampled_from("abc"), st.sampled_from("ABCDE")), SOME))
def test_partners_and_categories_add_up_to_the_direct_costs(lines):
    budget = Budget(lines, Decimal(7))
    assert sum(budget.of_partner(who) for who in "abc") == budget.direct
    assert sum(budget.of_category(what) for what in "ABCDE") == budget.direct
    assert budget.total == budget.direct + budget.indirect


@given(st.lists(SOME, min_size=1, max_size=6), CENTS)
def test_the_shares_of_the_partners_make_the_contribution_within_rounding(costs, requested):
    budget = Budget({(str(who), "A"): cost for who, cost in enumerate(costs)}, Decimal(7), requested=requested)
    shares = [budget.share_of(str(who)) for who in range(len(costs))]
    assert abs(sum(shares) - requested) <= CENT * len(costs) / 2


def test_a_part_of_nothing_is_nothing():
    assert part_of(Decimal(100), Decimal(0), Decimal(0)) == 0


@pytest.mark.parametrize(("own", "missing"), [("9.99", "0.01"), ("10.00", "0"), ("10.01", "-0.01")])
def test_only_what_meets_the_total_to_the_cent_is_balanced(own, missing):
    budget = Budget({("a", "A"): Decimal(100)}, Decimal(0), requested=Decimal(80), own=Decimal(own), other=Decimal(10))
    assert budget.missing == Decimal(missing)
    assert budget.is_balanced == (Decimal(missing) == 0)


def test_an_empty_budget_costs_nothing_and_asks_for_no_part_of_it():
    budget = Budget({}, Decimal(7))
    assert (budget.total, budget.paid, budget.rate) == (0, 0, 0)
    assert (budget.at("a", "A"), budget.share_of("a")) == (0, 0)


def test_one_cell_is_what_one_partner_spends_on_one_category():
    budget = Budget({("a", "A"): Decimal(3), ("a", "C"): Decimal(5)}, Decimal(7))
    assert (budget.at("a", "C"), budget.at("a", "B")) == (Decimal(5), 0)


def test_a_reckoned_budget_is_not_changed_afterwards():
    with pytest.raises(FrozenInstanceError):
        Budget({}, Decimal(7)).requested = Decimal(1)


def a_content(**said):
    lines = [{"partner": "a", "category": "A", "amount": "100.10"}, {"partner": "b", "category": "A", "amount": "5"}]
    empty = dict.fromkeys(("requested", "own_resources", "other_resources"), "")
    return {"budget": {"lines": lines, **empty, **said}}


def test_a_budget_is_read_from_what_the_content_says():
    said = a_content(requested="90.00", own_resources="10.50", other_resources="0.25")
    assert budget_in(said, Decimal(7)) == Budget(
        {("a", "A"): Decimal("100.10"), ("b", "A"): Decimal(5)}, Decimal(7),
        requested=Decimal(90), own=Decimal("10.50"), other=Decimal("0.25"),
    )  # fmt: skip


def test_what_a_draft_leaves_open_counts_as_nothing():
    budget = budget_in(a_content(), Decimal(7))
    assert (budget.requested, budget.own, budget.other) == (0, 0, 0)
    assert budget.missing == budget.total == Decimal("112.46")
