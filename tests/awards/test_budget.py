from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.budget import contribution_of, left_of, rate_of

cents = st.integers(1, 10**12).map(lambda number: Decimal(number).scaleb(-2))


@pytest.mark.parametrize(
    ("requested", "maximum", "granted"),
    [("400000", "900000", "400000"), ("900000.01", "900000", "900000"), ("5", None, "5")],
)
def test_never_more_than_asked_for_nor_than_the_call_allows(requested, maximum, granted):
    assert contribution_of(Decimal(requested), maximum and Decimal(maximum)) == Decimal(granted)


@pytest.mark.parametrize(
    ("contribution", "total", "rate"),
    [
        ("240750", "267500", "90.00"),
        ("250000", "277777.78", "90.00"),
        ("200000", "300000", "66.67"),
        ("100000", "300000", "33.33"),
        ("0", "0", "0"),
        ("89.996", "100", "90.00"),
    ],
)
def test_the_rate(contribution, total, rate):
    assert rate_of(Decimal(contribution), Decimal(total), highest=Decimal(90)) == Decimal(rate)


def test_rounding_does_not_lift_a_rate_above_the_highest():
    assert rate_of(Decimal("90.004"), Decimal("100"), highest=Decimal("90.00")) == Decimal("90.00")
    assert rate_of(Decimal("66.666"), Decimal("100"), highest=Decimal("66.66")) == Decimal("66.66")


@given(cents, cents)
def test_what_is_left_and_what_is_spent_are_the_budget(budget, spent):
    assert left_of(budget, spent) + spent == budget
