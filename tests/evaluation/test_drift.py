"""Drift: who became stricter or milder in the order of time, held against plain sums."""

import random
from dataclasses import replace
from datetime import timedelta
from statistics import fmean, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.shown.sureness import drift_part
from evaluation.sureness import LEAST_COMPARED, Given, looked_through
from evaluation.sureness.drift import student
from tests.evaluation.plain_lists import NOON, a_world, points_of


def over_time(dice, change, *, proposals=24):
    """Everybody judges everything at a drawn moment; the first one gives `change` points more from the middle on."""
    world = a_world(dice, proposals=proposals, evaluators=0)
    moments = list(range(proposals * 4))
    dice.shuffle(moments)
    given = tuple(
        Given(line, f"e{person}", f"e{person}", points, NOON + timedelta(minutes=moments[4 * line + person]))
        for line in range(proposals) for person, points in enumerate(judgements(dice))
    )  # fmt: skip
    return replace(world, given=tuple(drifted(given, change)))


def judgements(dice):
    level = points_of(dice)
    return [tuple(min(max(point + dice.choice([-1, 0, 1]), 0), 20) for point in level) for _person in range(4)]


def drifted(given, change):
    middle = sorted(one.at for one in given if one.evaluator == "e0")[len(given) // 8]
    for one in given:
        moved = change if one.evaluator == "e0" and one.at >= middle else 0
        yield Given(one.line, one.evaluator, one.name, tuple(point + moved for point in one.points), one.at)


def by_hand(world, person):
    """(earlier differences, later ones) of one evaluator, by plain sums."""
    weights = [float(one.weight) for one in world.criteria]
    totals = [sum(float(p) * w for p, w in zip(one.points, weights, strict=True)) for one in world.given]
    found = []
    for place, one in enumerate(world.given):
        others = [totals[n] for n, other in enumerate(world.given) if other.line == one.line and n != place]
        if one.evaluator == person and others:
            found.append((one.at, totals[place] - fmean(others)))
    differences = [difference for _at, difference in sorted(found)]
    half = (len(differences) + 1) // 2
    return differences[:half], differences[half:]


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6), st.integers(-3, 3))
def test_drift_is_the_later_half_less_the_earlier_one(seed, change):
    world = over_time(random.Random(seed), change, proposals=9)
    found = looked_through(world)
    for one in found.drifts:
        early, late = by_hand(world, found.people[one.person])
        a, b = stdev(early) ** 2 / len(early), stdev(late) ** 2 / len(late)
        free = (a + b) ** 2 / (a**2 / (len(early) - 1) + b**2 / (len(late) - 1)) if a + b else 1
        assert (one.early_number, one.late_number) == (len(early), len(late)) == (5, 4)
        assert one.early == pytest.approx(fmean(early))
        assert one.change == pytest.approx(fmean(late) - fmean(early))
        assert one.high - one.low == pytest.approx(2 * student(free) * (a + b) ** 0.5)


@pytest.mark.parametrize(("change", "said"), [(4, "milder in the later half"), (-4, "stricter in the later half")])
def test_who_changes_is_named_with_how_far(change, said):
    world = over_time(random.Random(7), change)
    found = looked_through(world)
    part = drift_part(found, found.people)
    assert f"The furthest is {found.people[0]}: about" in part["sentence"]
    assert said in part["sentence"]
    assert part["left"] == 0


def test_the_order_of_time_alone_decides():
    """The same points signed the other way round: the change has the other sign."""
    world = over_time(random.Random(7), 4)
    turned = replace(world, given=tuple(replace(one, at=NOON - (one.at - NOON)) for one in world.given))
    one, other = looked_through(world).drifts[0], looked_through(turned).drifts[0]
    assert one.change == pytest.approx(-other.change)


def test_too_few_are_not_compared_and_it_is_said():
    world = over_time(random.Random(3), 4, proposals=2 * LEAST_COMPARED - 1)
    found = looked_through(world)
    assert all(one.change is None and not one.is_apart for one in found.drifts)
    assert drift_part(found, found.people)["chart"] is None
    assert "too few to tell" in drift_part(found, found.people)["sentence"]


@pytest.mark.parametrize(("free", "wanted"), [(3, 3.182), (4, 2.776), (8, 2.306), (60, 2.000), (1e9, 1.960)])
def test_the_fewer_there_are_the_wider_the_interval(free, wanted):
    """Student's t as the tables print it."""
    assert student(free) == pytest.approx(wanted, abs=0.03)
