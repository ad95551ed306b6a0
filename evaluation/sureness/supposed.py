"""The list under other terms, ranked by the house's own function: what if, never what is."""

from dataclasses import dataclass, replace
from decimal import Decimal

from evaluation.ranking import Candidate, ranked
from evaluation.ranking.terms import MAIN

FINE = Decimal("1e-9")  # of a mean that has no end; totals are rounded to four places in any case


@dataclass(frozen=True)
class Supposed:
    """`factors`: {code: (weight, threshold)}; `left_out`: evaluators whose assessments count no more.

    `part_from`: the first that does not fit gets what is left, from this amount on; None: it gets nothing.
    """

    factors: dict
    tie_break: tuple[str, ...]
    overall: Decimal
    budget: Decimal
    left_out: frozenset = frozenset()
    part_from: Decimal | None = None


@dataclass(frozen=True)
class Beside:
    """One application on both lists. `amount`: what it would get, all that it asked for unless `is_part`."""

    line: int
    rank: int | None
    is_funded: bool
    total: Decimal
    amount: Decimal = Decimal(0)
    is_part: bool = False

    def moved(self, proposal):
        return self.is_part or self.rank != proposal.rank or self.is_funded != proposal.is_funded


def listed(judged, terms, supposed):
    """[Beside] in the order the list would have. `terms` are the call's, for all that is not supposed."""
    lines = {one.key: line for line, one in enumerate(judged.proposals)}
    entries = ranked(list(candidates_of(judged, terms, supposed.left_out)), terms_with(judged, terms, supposed))
    return with_part([beside(one, lines[one.candidate.key]) for one in entries], supposed)


def beside(entry, line):
    is_funded = entry.place == MAIN
    amount = entry.candidate.contribution if is_funded else Decimal(0)
    return Beside(line, entry.rank, is_funded, entry.total, amount)


def with_part(entries, supposed):
    """The first behind the budget line gets what is left of the money, where that is enough to begin with."""
    left = supposed.budget - sum((one.amount for one in entries), Decimal(0))
    place = next((place for place, one in enumerate(entries) if one.rank and not one.is_funded), None)
    if place is None or supposed.part_from is None or left <= 0 or left < supposed.part_from:
        return entries
    part = replace(entries[place], is_funded=True, amount=left, is_part=True)
    return [*entries[:place], part, *entries[place + 1 :]]


def terms_with(judged, terms, supposed):
    criteria = tuple(
        replace(one, weight=supposed.factors[one.code][0], threshold=supposed.factors[one.code][1])
        for one in judged.criteria
    )
    return replace(
        terms, criteria=criteria, tie_break=supposed.tie_break, overall_threshold=supposed.overall,
        budget=supposed.budget,
    )  # fmt: skip


def candidates_of(judged, terms, left_out):
    given = {}
    for one in judged.given:
        given.setdefault(one.line, []).append(one)
    for line, one in enumerate(judged.proposals):
        points = agreed_without(one.points, given.get(line, []), left_out, judged.criteria)
        yield Candidate(
            one.key, one.number, one.submitted_at, points, one.contribution, terms.topics[one.topic : one.topic + 1]
        )


def agreed_without(points, given, left_out, criteria):
    """The agreed points, moved as the means of the individual ones move; who is left without any keeps them."""
    kept = [one for one in given if one.evaluator not in left_out]
    moves = kept and len(kept) < len(given)
    found = {}
    for place, factor in enumerate(criteria):
        shift = mean(kept, place) - mean(given, place) if moves else Decimal(0)
        found[factor.code] = min(max(points[place] + shift, Decimal(0)), factor.maximum)
    return found


def mean(rows, place):
    return (sum((one.points[place] for one in rows), Decimal(0)) / len(rows)).quantize(FINE)
