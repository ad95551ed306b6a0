"""How far a list hangs on single people and scores: each figure against a plain, slow reference."""

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.ranking import Terms
from evaluation.sureness import MOVED, Supposed, looked_through, supposed_list
from evaluation.sureness.agreement import agreements
from evaluation.sureness.matrix import World
from evaluation.sureness.order import placed
from evaluation.sureness.scenarios import with_noise
from evaluation.sureness.severity import SHARES, severities
from tests.evaluation.plain_lists import a_big_world, a_world, listed, moved_by_means, plain_list

SMALL = settings(max_examples=15, deadline=None)
seeds = st.integers(0, 10**6)


def world_of(seed):
    return a_world(random.Random(seed))


def ranks_of(judged, ranks):
    """As the arrays say it: none is one more than there are lines."""
    return [ranks.get(line, len(judged.proposals) + 1) for line in range(len(judged.proposals))]


@SMALL
@given(seeds)
def test_nothing_changed_is_the_list_of_the_house(seed):
    judged = world_of(seed)
    base, (ranks, funded) = placed(World(judged)), plain_list(judged)

    assert list(base.ranks) == ranks_of(judged, {n: p.rank for n, p in enumerate(judged.proposals) if p.rank})
    assert list(base.funded) == [one.is_funded for one in judged.proposals]
    assert (list(base.ranks), set(np.flatnonzero(base.funded))) == (ranks_of(judged, ranks), funded)


@SMALL
@given(seeds)
def test_without_each_evaluator_as_ranked_by_hand(seed):
    judged = world_of(seed)
    found, (ranks, funded) = looked_through(judged), plain_list(judged)
    lists = [(ranks, funded)]
    for person in found.people:
        rest = [one for one in judged.given if one.evaluator != person]
        lists.append(plain_list(judged, moved_by_means(judged, rest)))

    shown = [ranks_of(judged, one) for one, _funded in lists]
    assert list(found.evaluators.best) == [min(column) for column in zip(*shown, strict=True)]
    assert list(found.evaluators.worst) == [max(column) for column in zip(*shown, strict=True)]
    hanging = {(one.line, one.person) for one in found.hanging if one.of is None}
    assert hanging == {
        (line, person) for person, (_ranks, other) in enumerate(lists[1:]) for line in funded ^ other
    }  # fmt: skip


@SMALL
@given(seeds)
def test_with_each_weight_moved_as_ranked_by_hand(seed):
    judged = world_of(seed)
    found, shown = looked_through(judged), [ranks_of(judged, plain_list(judged)[0])]
    for place, part in product(range(3), (-MOVED, MOVED)):
        weights = [Fraction(one.weight) for one in judged.criteria]
        weights[place] *= 1 + Fraction(part, 100)
        shown.append(ranks_of(judged, plain_list(judged, weights=weights)[0]))

    assert list(found.weights.best) == [min(column) for column in zip(*shown, strict=True)]
    assert list(found.weights.worst) == [max(column) for column in zip(*shown, strict=True)]


@settings(max_examples=12, deadline=None)
@given(seeds)
def test_the_decisions_that_hang_on_one_score_are_all_there_and_no_others(seed):
    """Every score of everybody a step up and down, each ranked anew: what is left out as too far away was so."""
    judged = world_of(seed)
    _ranks, funded = plain_list(judged)
    wanted = set()
    for row, criterion, steps in product(range(len(judged.given)), range(3), (1, -1)):
        one, factor = judged.given[row], judged.criteria[criterion]
        points = one.points[criterion] + steps * factor.step
        if not 0 <= points <= factor.maximum:
            continue
        changed = replace(one, points=(*one.points[:criterion], points, *one.points[criterion + 1 :]))
        others = [*judged.given[:row], changed, *judged.given[row + 1 :]]
        _others, other = plain_list(judged, moved_by_means(judged, others))
        wanted |= {(line, line in funded, one.evaluator, one.line, criterion, steps) for line in funded ^ other}

    found = looked_through(judged)
    assert wanted == {
        (one.line, one.is_funded, found.people[one.person], one.of, one.criterion, one.steps)
        for one in found.hanging if one.of is not None
    }  # fmt: skip


def test_a_decision_on_the_edge_hangs_on_its_strict_evaluator():
    """Three proposals, money for two: without the strict one the third would be second."""
    criteria = world_of(0).criteria
    criteria = tuple(replace(one, weight=Decimal(1), threshold=None) for one in criteria)
    ten, low, high = (tuple(Decimal(n) for _ in range(3)) for n in (10, 4, 14))
    rows = [
        ("first", high, Decimal(100), {"mild": high, "fair": high}),
        ("second", tuple(Decimal("10.5") for _ in range(3)), Decimal(100), {"mild": ten, "fair": ten}),
        ("third", ten, Decimal(100), {"strict": low, "fair": high}),
    ]
    found = looked_through(listed(rows, criteria, Decimal(0), Decimal(200)))

    alone = {(one.line, one.is_funded, found.people[one.person]) for one in found.hanging if one.of is None}
    assert alone >= {(2, False, "strict"), (1, True, "strict")}
    assert (found.evaluators.best[2], found.evaluators.worst[2]) == (1, 3)


def test_noise_comes_again_stays_within_half_a_step_and_moves_no_line_without_assessments():
    judged = world_of(4)
    world = World(judged)
    totals = [[one.totals for one in with_noise(world, 5, seed)] for seed in (1, 1, 2)]
    most = (world.step * world.fine // 2) @ world.weights

    assert np.array_equal(totals[0], totals[1])
    assert not np.array_equal(totals[0], totals[2])
    assert (abs(totals[0] - placed(world).totals) <= most).all()
    judged_by_nobody = world.panel == 0
    assert (np.array(totals[0])[:, judged_by_nobody] == placed(world).totals[judged_by_nobody]).all()


# severity and agreement


def test_alpha_is_krippendorffs_own_example():
    """Krippendorff (2011), data C with four coders and twelve units: interval 0.849."""
    coders = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]  # fmt: skip
    pairs = [(unit, value) for row in coders for unit, value in enumerate(row) if value is not None]
    line, values = (np.array(column) for column in zip(*pairs, strict=True))
    [found] = agreements(line, [values.astype(float)], np.random.default_rng(1))

    assert found.alpha == pytest.approx(0.849, abs=0.0005)
    assert found.low < found.alpha < found.high
    assert (found.proposals, found.scores) == (11, 40)


def test_nothing_to_compare_has_no_alpha_and_nobody_strict():
    line, person, same = np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([5.0, 5.0, 5.0])
    [found] = agreements(line, [same], np.random.default_rng(1))

    assert (found.alpha, found.proposals) == (None, 1)
    assert [(one.estimate, one.difference) for one in severities(line, person, same, 2)] == [(0, 0), (0, 0)]
    assert looked_through(replace(world_of(0), given=())).severities == []


def test_who_is_strict_is_found_whatever_proposals_were_given():
    """The strict one had the best proposals: the mean points are high, the severity is below nothing all the same."""
    dice = random.Random(3)
    pairs = [(n, person) for n in range(40) for person in ((0, 1, 2) if n < 20 else (1, 2, 3))]
    totals = [(80 if n < 20 else 50) - (4 if person == 0 else 0) + dice.gauss(0, 1) for n, person in pairs]
    line, person = (np.array(column) for column in zip(*pairs, strict=True))
    found = severities(line, person, np.array(totals), 4)

    assert found[0].difference == pytest.approx(-4, abs=0.7)
    assert found[0].high < 0
    assert all(one.low < found[0].estimate + 4 < one.high for one in found[1:])
    assert [one.compared for one in found] == [20, 40, 40, 20]


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_the_model_is_hendersons_and_its_variances_the_likeliest(seed):
    """Against the mixed-model equations and the likelihood of all contrasts, both written out with full matrices."""
    dice = np.random.default_rng(seed)
    line, person = np.repeat(np.arange(12), 3), np.concatenate([dice.permutation(6)[:3] for _ in range(12)])
    totals = dice.normal(0, 2, 12)[line] + dice.normal(0, 2, 6)[person] + dice.normal(0, 1, 36)
    x, z = np.eye(12)[line], np.eye(6)[person]
    contrasts = np.linalg.svd(x)[0][:, 12:]
    seen = contrasts.T @ totals

    def unlikely(share):
        spread = contrasts.T @ (share * z @ z.T + (1 - share) * np.eye(36)) @ contrasts
        size = seen @ np.linalg.solve(spread, seen) / len(seen)
        return (len(seen) * np.log(size) + np.linalg.slogdet(spread)[1]) / 2, size

    shares = SHARES[::20]
    best = min(shares, key=lambda share: unlikely(share)[0])
    found = severities(line, person, totals, 6)
    ratio = ratio_of(found, line, person, totals)
    assert unlikely(ratio / (1 + ratio))[0] <= unlikely(best)[0] + 1e-6
    left = np.block([[x.T @ x, x.T @ z], [z.T @ x, z.T @ z + np.eye(6) / max(ratio, 1e-9)]])
    expected = np.linalg.solve(left, np.concatenate([x.T @ totals, z.T @ totals]))[12:]
    assert [one.estimate for one in found] == pytest.approx(list(expected), abs=1e-6)


def ratio_of(found, line, person, totals):
    from evaluation.sureness.severity import likeliest, within_proposals

    matrix, vector, left = within_proposals(line, person, totals, len(found))
    values, axes = np.linalg.eigh(matrix)
    between, chance = likeliest(np.where(values > 1e-6, values, 0), axes.T @ vector, left, 24)
    return between / chance


@pytest.mark.slow
def test_two_thousand_proposals_are_looked_through_in_seconds():
    from time import perf_counter

    judged = a_big_world()
    begun = perf_counter()
    found = looked_through(judged)

    assert perf_counter() - begun < 10
    assert len(found.severities) == 300
    assert found.base.funded.sum() > 100


# what if


@SMALL
@given(seeds)
def test_what_is_supposed_as_announced_is_the_list_itself(seed):
    judged = world_of(seed)
    entries = supposed_list(judged, terms_of(judged), supposed_of(judged))
    assert [(one.line, one.rank, one.is_funded) for one in entries] == [
        (line, one.rank, one.is_funded) for line, one in enumerate(judged.proposals)
    ]  # fmt: skip
    assert not any(one.moved(judged.proposals[one.line]) for one in entries)


@SMALL
@given(seeds)
def test_other_terms_and_evaluators_left_out_as_ranked_by_hand(seed):
    dice = random.Random(seed)
    judged = a_world(dice, most=2)  # halves have an end: the house's decimals are exact
    gone = frozenset(dice.sample(["e0", "e1", "e2"], 2))
    supposed = replace(supposed_of(judged), left_out=gone, budget=Decimal(dice.choice([500, 3000])))
    supposed.factors["A"] = (Decimal(2), Decimal(3))
    entries = supposed_list(judged, terms_of(judged), supposed)

    criteria = (replace(judged.criteria[0], weight=Decimal(2), threshold=Decimal(3)), *judged.criteria[1:])
    other = replace(judged, criteria=criteria, budget=supposed.budget)
    rest = [one for one in judged.given if one.evaluator not in gone]
    ranks, funded = plain_list(other, moved_by_means(judged, rest))
    assert {one.line: one.rank for one in entries if one.rank} == ranks
    assert {one.line for one in entries if one.is_funded} == funded


def terms_of(judged):
    return Terms(judged.criteria, (*judged.tie_break, "COMMITTEE"), judged.overall, judged.budget, has_reserve=True)


def supposed_of(judged):
    factors = {one.code: (one.weight, one.threshold) for one in judged.criteria}
    return Supposed(factors, judged.tie_break, judged.overall, judged.budget)
