"""Points, totals and thresholds, exactly."""

from dataclasses import FrozenInstanceError
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.scoring import figure, maximum_of, problem_with, shortfalls, spread_of, total_of


def criterion(code, maximum=5, step="0.5", weight="1", threshold=None):
    threshold = None if threshold is None else Decimal(threshold)
    return SimpleNamespace(
        code=code, title=code.title(), maximum=Decimal(maximum), step=Decimal(step), weight=Decimal(weight),
        threshold=threshold,
    )  # fmt: skip


def points(**given):
    return {code: Decimal(value) for code, value in given.items()}


@pytest.mark.parametrize("given", ["0", "0.5", "3", "4.50", "5", "5.00"])
def test_points_on_a_step_between_nothing_and_the_maximum_can_be_given(given):
    assert problem_with(Decimal(given), criterion("EXC")) is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("-0.5", "between 0 and 5"), ("5.5", "between 0 and 5"), ("NaN", "outside"), ("Infinity", "outside"),
        ("4.25", "steps of 0.5"), ("0.01", "steps of 0.5"),
    ],
)  # fmt: skip
def test_other_points_are_refused_with_a_sentence(given, words):
    assert words in problem_with(Decimal(given), criterion("EXC"))


def test_weights_multiply_and_nothing_is_rounded():
    grid = [criterion("A", weight="1.25"), criterion("B", weight="0.33")]

    assert total_of(points(A="4.5", B="3.01"), grid) == Decimal("6.6183")
    assert maximum_of(grid) == Decimal("7.9")


def test_every_missed_threshold_is_named_and_the_overall_one_comes_last():
    grid = [criterion("REL", maximum=40, threshold=25), criterion("QUA", maximum=40), criterion("IMP", maximum=20)]

    missed = shortfalls(points(REL="24.5", QUA="30", IMP="15"), grid, overall=Decimal(70))

    assert [str(one) for one in missed] == [
        "Criterion REL Rel: 24.5 of 40 points, below its threshold of 25.",
        "Total of 69.5 of 100 points, below the overall threshold of 70.",
    ]


def test_a_threshold_that_is_just_reached_is_passed():
    grid = [criterion("REL", maximum=40, threshold=25), criterion("QUA", maximum=60)]

    assert shortfalls(points(REL="25", QUA="45"), grid, overall=Decimal(70)) == []


def test_more_than_a_threshold_asks_is_passed_too():
    grid = [criterion("REL", maximum=40, threshold=25), criterion("QUA", maximum=60)]

    assert shortfalls(points(REL="25.5", QUA="50"), grid, overall=Decimal(70)) == []


@given(low=st.integers(0, 80), high=st.integers(0, 80), overall=st.integers(0, 40))
def test_who_gets_more_points_never_misses_more_thresholds(low, high, overall):
    grid = [criterion("REL", maximum=40, threshold=25)]
    less, more = (
        {one.code for one in shortfalls({"REL": Decimal(halves) / 2}, grid, overall=Decimal(overall))}
        for halves in sorted([low, high])
    )

    assert more <= less


def test_a_fair_share_of_a_weighted_point_decides():
    """69.9999 is below 70: with totals rounded to two places it would have passed."""
    grid = [criterion("A", maximum=100, weight="0.01", step="0.01"), criterion("B", maximum=100, step="0.01")]

    assert shortfalls(points(A="99.99", B="69"), grid, overall=Decimal(70))
    assert not shortfalls(points(A="100", B="69"), grid, overall=Decimal(70))


def test_the_spread_is_from_the_lowest_to_the_highest():
    spread = spread_of([Decimal("30"), Decimal("24.5"), Decimal("33")])

    assert (spread.lowest, spread.highest, spread.distance) == (Decimal("24.5"), Decimal("33"), Decimal("8.5"))
    assert spread.holds(Decimal("24.5"))
    assert spread.holds(Decimal("30"))
    assert spread.holds(Decimal("33"))
    assert not spread.holds(Decimal("24"))
    assert not spread.holds(Decimal("33.5"))
    assert spread_of([]) is None


def test_what_was_reckoned_is_not_changed_afterwards():
    (missed,) = shortfalls(points(REL="24"), [criterion("REL", maximum=40, threshold=25)], overall=Decimal(0))

    with pytest.raises(FrozenInstanceError):
        missed.points = Decimal(25)
    with pytest.raises(FrozenInstanceError):
        spread_of([Decimal(1)]).lowest = Decimal(0)


@pytest.mark.parametrize(("number", "text"), [("28.00", "28"), ("4.50", "4.5"), ("100", "100"), ("0.00", "0")])
def test_figures_are_written_as_people_write_them(number, text):
    assert figure(Decimal(number)) == text


scaled = st.integers(min_value=0, max_value=10_000)


@given(given=st.lists(st.tuples(scaled, scaled), min_size=1, max_size=8))
def test_the_total_is_what_whole_numbers_give(given):
    """Hundredths times hundredths are ten-thousandths: counted in integers, the same."""
    grid = [criterion(str(place), weight=Decimal(weight) / 100) for place, (_points, weight) in enumerate(given)]
    scores = {str(place): Decimal(hundredths) / 100 for place, (hundredths, _weight) in enumerate(given)}

    assert total_of(scores, grid) * 10_000 == sum(hundredths * weight for hundredths, weight in given)
