"""The order of the house (`evaluation/ranking`) over arrays: fast enough for thousands of scenarios.

It is held against that one by tests. Where nothing announced decides, the order of the list at hand stays.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Placed:
    """`ranks`: by line, none (who missed a threshold) is one more than there are lines."""

    ranks: np.ndarray
    funded: np.ndarray
    totals: np.ndarray
    first_out: int | None  # the line that did not fit into the budget any more


def placed(world, points=None, weights=None):
    points = world.points if points is None else points
    weights = world.weights if weights is None else weights
    totals = points @ weights
    passed = np.flatnonzero(passing(world, points, totals, weights))
    order = passed[np.lexsort(keys(world, points, totals, passed))]
    ranks = np.full(len(totals), len(totals) + 1, dtype=np.int64)
    ranks[order] = np.arange(1, len(order) + 1)
    fits = int(np.searchsorted(np.cumsum(world.money[order]), world.budget, side="right"))
    funded = np.zeros(len(totals), dtype=bool)
    funded[order[:fits]] = True
    return Placed(ranks, funded, totals, int(order[fits]) if fits < len(order) else None)


def passing(world, points, totals, weights):
    return (points >= world.least).all(axis=1) & (totals >= world.overall(weights))


def keys(world, points, totals, passed):
    """Of numpy's lexsort: the last one decides first."""
    rules = [-points[passed, tie] if isinstance(tie, int) else tie[passed] for tie in world.ties]
    return [passed, *reversed(rules), -totals[passed]]
