"""The ranked list once more, slowly and with fractions: what the fast one is held against; and worlds to hold."""

import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from evaluation.ranking import Candidate, Terms, ranked
from evaluation.sureness import Factor, Given, Judged, Proposal

NOON = datetime(2021, 1, 20, 12, 0, tzinfo=UTC)


def a_world(dice, *, proposals=8, evaluators=5, most=4, budget=None):
    """Judged in fives of points, so that totals meet often; the list as the house ranks it."""
    weights = [dice.choice(["1", "1.5", "0.35"]) for _ in range(3)]
    criteria = tuple(
        Factor(code, code, Decimal(20), Decimal("0.5"), Decimal(weight), dice.choice([None, Decimal(6)]))
        for code, weight in zip("ABC", weights, strict=True)
    )
    people = [f"e{number}" for number in range(evaluators)]
    rows = []
    for number in range(proposals):
        panel = dice.sample(people, dice.randint(0, min(most, evaluators)))
        given = {person: points_of(dice) for person in sorted(panel)}
        rows.append((f"P{number:04d}", points_of(dice), Decimal(dice.randint(1, 9) * 100), given))
    overall, money = (
        Decimal(dice.choice([0, 20])),
        Decimal(dice.choice([1000, 2000, 99000]) if budget is None else budget),
    )
    return listed(rows, criteria, overall, money)


def points_of(dice):
    return tuple(Decimal(dice.randrange(0, 45, 5)) / 2 for _ in range(3))


def listed(rows, criteria, overall, budget):
    """In the order of the house."""
    candidates = [
        Candidate(key, key, NOON + timedelta(minutes=number % 3), points_by(points), money)
        for number, (key, points, money, _given) in enumerate(rows)
    ]
    tie_break = ("B", "TIME", "COMMITTEE")
    terms = Terms(criteria, tie_break, overall, budget, has_reserve=True)
    entries = ranked(candidates, terms)
    kept = {key: given for key, _points, _money, given in rows}
    proposals = tuple(
        Proposal(one.candidate.key, one.candidate.number, one.rank, one.place == "MAIN",
                 tuple(one.candidate.points.values()), one.candidate.contribution, one.candidate.submitted_at)
        for one in entries
    )  # fmt: skip
    given = tuple(
        Given(line, person, person, points)
        for line, one in enumerate(proposals) for person, points in kept[one.key].items()
    )  # fmt: skip
    return Judged(criteria, tie_break[:2], overall, budget, proposals, given)


def points_by(points):
    return dict(zip("ABC", points, strict=True))


def plain_list(judged, points=None, weights=None):
    """({line: rank}, the lines that are funded)."""
    points = points or agreed(judged)
    usual = [Fraction(one.weight) for one in judged.criteria]
    weights = weights or usual
    most = [sum(Fraction(one.maximum) * weight for one, weight in zip(judged.criteria, which, strict=True))
            for which in (usual, weights)]  # fmt: skip
    totals = [sum(p * w for p, w in zip(one, weights, strict=True)) for one in points]
    least = [one.threshold or 0 for one in judged.criteria]
    passed = [
        line for line, one in enumerate(points)
        if all(p >= wanted for p, wanted in zip(one, least, strict=True))
        and totals[line] * most[0] >= Fraction(judged.overall) * most[1]
    ]  # fmt: skip
    second = [one.code for one in judged.criteria].index("B")
    order = sorted(passed, key=lambda line: (
        -totals[line], -points[line][second], judged.proposals[line].submitted_at, line,
    ))  # fmt: skip
    funded, used = set(), Decimal(0)
    for line in order:
        used += judged.proposals[line].contribution
        if used > judged.budget:
            break
        funded.add(line)
    return {line: rank for rank, line in enumerate(order, 1)}, funded


def agreed(judged):
    return [[Fraction(p) for p in one.points] for one in judged.proposals]


def moved_by_means(judged, others):
    """The agreed points, moved as the means of what was given move when `others` takes its place."""
    points = agreed(judged)
    for line, row in enumerate(points):
        was = [one.points for one in judged.given if one.line == line]
        now = [one.points for one in others if one.line == line]
        for place, factor in enumerate(judged.criteria):
            if was and now:
                row[place] += mean(now, place) - mean(was, place)
            row[place] = min(max(row[place], Fraction(0)), Fraction(factor.maximum))
    return points


def mean(rows, place):
    return Fraction(sum(Fraction(one[place]) for one in rows), len(rows))


def a_big_world(*, proposals=2000, evaluators=300, wanted=3, seed=1):
    """As a large call is: whole and half points, a budget for a third, some judged by strict people."""
    dice = random.Random(seed)
    people = [(f"e{number}", dice.gauss(0, 1)) for number in range(evaluators)]
    criteria = tuple(Factor(code, code, Decimal(20), Decimal("0.5"), Decimal(1), Decimal(8)) for code in "ABCDE")
    rows = []
    for number in range(proposals):
        level = dice.gauss(14, 2)
        given = {
            person: tuple(half(dice.gauss(level + strict, 1)) for _ in criteria)
            for person, strict in dice.sample(people, wanted)
        }
        points = tuple(half(sum(column) / wanted) for column in zip(*given.values(), strict=True))
        rows.append((f"P{number:05d}", points, Decimal(dice.randint(100, 900) * 1000), given))
    rows.sort(key=lambda row: (-sum(row[1]), row[0]))
    place = {key: line for line, (key, *_rest) in enumerate(rows)}
    lines = tuple(
        Proposal(key, key, place[key] + 1, True, points, money, NOON + timedelta(minutes=place[key]))
        for key, points, money, _given in rows
    )
    given = tuple(Given(place[key], person, person, one) for key, _p, _m, kept in rows for person, one in kept.items())
    return Judged(criteria, ("A", "TIME"), Decimal(60), Decimal(500_000 * proposals // 3), lines, given)


def half(points):
    return min(max(Decimal(round(float(points) * 2)) / 2, Decimal(0)), Decimal(20))
