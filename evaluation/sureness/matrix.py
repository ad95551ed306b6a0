"""What was judged, as plain values; and the same as whole numbers in arrays, so that equal totals stay equal."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from math import lcm

import numpy as np

from programmes.ties import AMOUNT, TIME, TOPIC

HUNDREDTHS, THOUSANDTHS = 100, 1000
FINER = 60  # so that half a step of noise, shared by a few evaluators, has steps of its own


@dataclass(frozen=True)
class Factor:
    """A criterion."""

    code: str
    title: str
    maximum: Decimal
    step: Decimal
    weight: Decimal
    threshold: Decimal | None


@dataclass(frozen=True)
class Proposal:
    """A line of the list, with what decides between equals."""

    key: str
    number: str
    rank: int | None
    is_funded: bool
    points: tuple[Decimal, ...]
    contribution: Decimal
    submitted_at: datetime
    topic: int = 0


@dataclass(frozen=True)
class Given:
    """What one evaluator gave one proposal, which is named by its line; `at`: when it was signed."""

    line: int
    evaluator: str
    name: str
    points: tuple[Decimal, ...]
    at: datetime | None = None


@dataclass(frozen=True)
class Judged:
    criteria: tuple[Factor, ...]
    tie_break: tuple[str, ...]
    overall: Decimal
    budget: Decimal
    proposals: tuple[Proposal, ...]  # in the order of the list
    given: tuple[Given, ...]  # by proposal


class World:
    """The same in whole numbers: points in hundredths, finely enough that a mean of any panel is one too."""

    def __init__(self, judged):
        self.judged = judged
        self.line = np.array([one.line for one in judged.given], dtype=np.int64)
        self.panel = np.bincount(self.line, minlength=len(judged.proposals))
        sizes = {int(n) for n in np.unique(self.panel) if n > 1}
        self.fine = FINER * lcm(*(n * (n - 1) for n in sizes))
        self.take_criteria(judged)
        self.take_proposals(judged)
        self.take_given(judged)

    def take_criteria(self, judged):
        self.weights = whole([one.weight for one in judged.criteria], THOUSANDTHS)
        self.maximum = whole([one.maximum for one in judged.criteria], HUNDREDTHS) * self.fine
        self.step = whole([one.step for one in judged.criteria], HUNDREDTHS)
        least = [one.threshold or Decimal(0) for one in judged.criteria]
        self.least = whole(least, HUNDREDTHS) * self.fine

    def take_proposals(self, judged):
        shape = (len(judged.proposals), len(judged.criteria))
        points = [points for one in judged.proposals for points in one.points]
        self.points = whole(points, HUNDREDTHS).reshape(shape) * self.fine
        self.money = whole([one.contribution for one in judged.proposals], HUNDREDTHS)
        self.budget = int(judged.budget * HUNDREDTHS)
        self.ties = [self.tie(rule) for rule in judged.tie_break]

    def take_given(self, judged):
        people = dict.fromkeys(one.evaluator for one in judged.given)
        places = {person: place for place, person in enumerate(people)}
        self.people = list(people)
        self.person = np.array([places[one.evaluator] for one in judged.given], dtype=np.int64)
        self.moments = np.array([one.at.timestamp() if one.at else 0.0 for one in judged.given])
        points = [points for one in judged.given for points in one.points]
        self.given = whole(points, HUNDREDTHS).reshape(len(judged.given), len(judged.criteria))
        self.asked = self.panel[self.line] if judged.given else np.zeros(0, dtype=np.int64)

    def tie(self, rule):
        """What decides between equals by this rule, smaller first; of a criterion, its column."""
        if rule in (known := {one.code: place for place, one in enumerate(self.judged.criteria)}):
            return known[rule]
        return whole_order([MEASURED[rule](one) for one in self.judged.proposals])

    def overall(self, weights):
        """The overall threshold in units of totals: it keeps its share of the maximum when weights move."""
        usual, moved = (int(self.maximum @ one) for one in (self.weights, weights))
        wanted = int(self.judged.overall * HUNDREDTHS) * THOUSANDTHS * self.fine
        return -(-wanted * moved // usual) if usual else wanted


MEASURED = {TIME: lambda one: one.submitted_at, AMOUNT: lambda one: one.contribution, TOPIC: lambda one: one.topic}


def whole(numbers, unit):
    return np.array([int(number * unit) for number in numbers], dtype=np.int64)


def whole_order(values):
    """The place of each value among the different ones."""
    places = {value: place for place, value in enumerate(sorted(set(values)))}
    return np.array([places[value] for value in values], dtype=np.int64)
