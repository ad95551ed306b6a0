"""The decisions that would be others without one evaluator, or with one score a step higher or lower."""

from dataclasses import dataclass

import numpy as np

from evaluation.sureness.order import passing, placed
from evaluation.sureness.scenarios import within


@dataclass(frozen=True)
class Hanging:
    """The decision on `line` is another without `person`; or where `person` gave proposal `of` a step more or less."""

    line: int
    is_funded: bool
    person: int
    of: int | None = None
    criterion: int | None = None
    steps: int = 0


def changed(base, other):
    """The lines whose decision is another."""
    return [int(line) for line in np.flatnonzero(base.funded != other.funded)]


def on_evaluators(base, lists):
    for person, other in enumerate(lists):
        for line in changed(base, other):
            yield Hanging(line, bool(base.funded[line]), person)


def on_scores(world, base):
    """Each score in turn a step up and down. A score of a proposal far from the budget line changes nothing: only
    those are ranked anew whose proposal crosses a threshold or meets the line."""
    for criterion in range(len(world.weights)):
        for steps in (1, -1):
            points = moved(world, criterion, steps)
            for of in np.flatnonzero(may_matter(world, base, points)):
                yield from on_scores_of(world, base, int(of), points[of], (criterion, steps))


def moved(world, criterion, steps):
    points = world.points.copy()
    n = np.maximum(world.panel, 1)
    points[:, criterion] += np.where(world.panel > 0, steps * world.step[criterion] * (world.fine // n), 0)
    return within(world, points)


def may_matter(world, base, points):
    totals = points @ world.weights
    passes = passing(world, points, totals, world.weights)
    line = -1 if base.first_out is None else base.totals[base.first_out]
    matters = np.where(base.funded, ~passes | (totals <= line), passes & (totals >= line))
    if base.first_out is not None:
        matters[base.first_out] = True  # who is behind it may fit when it goes
    return matters


def on_scores_of(world, base, of, points, which):
    criterion, steps = which
    every = world.points.copy()
    every[of] = points
    lines = changed(base, placed(world, every))
    for row in could_give(world, of, criterion, steps) if lines else ():
        for line in lines:
            yield Hanging(line, bool(base.funded[line]), int(world.person[row]), of, criterion, steps)


def could_give(world, of, criterion, steps):
    """The assessments of a proposal whose points on a criterion have room for another step."""
    rows = np.flatnonzero(world.line == of)
    given = world.given[rows, criterion] + steps * world.step[criterion]
    return rows[(given >= 0) & (given * world.fine <= world.maximum[criterion])]
