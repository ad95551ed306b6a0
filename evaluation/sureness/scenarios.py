"""The list as it could be: without one evaluator, with a weight moved, with half a step of noise on every score.

Evaluators agreed on points; what they would have agreed on without one of them nobody knows. Here the agreed
points move by as much as the mean of the individual ones does, within the scale: nothing changed gives the list itself.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from evaluation.sureness.order import placed

MOVED = 10  # per cent, by which one weight at a time goes up and down
MIDDLE = (5, 95)  # per cent of the draws between which a rank is said to lie


@dataclass(frozen=True)
class Span:
    """From the best to the worst rank of each line."""

    best: np.ndarray
    worst: np.ndarray


def span_of(all_ranks):
    return Span(np.min(all_ranks, axis=0), np.max(all_ranks, axis=0))


def without_each(world):
    """The list without each evaluator in turn, in the order of `world.people`."""
    shifts = shifts_of(world)
    rows = np.argsort(world.person, kind="stable")
    edges = np.searchsorted(world.person[rows], np.arange(len(world.people) + 1))
    for begin, end in pairwise(edges):
        points = world.points.copy()
        points[world.line[rows[begin:end]]] += shifts[rows[begin:end]]
        yield placed(world, within(world, points))


def shifts_of(world):
    """By how much the mean of its proposal moves when each assessment is gone; of an only one, nothing is known."""
    sums = np.zeros_like(world.points)
    np.add.at(sums, world.line, world.given)
    n = world.asked[:, None]
    moved = (sums[world.line] - n * world.given) * (world.fine // np.maximum(n * (n - 1), 1))
    return np.where(n > 1, moved, 0)


def with_weights_moved(world):
    """The list with each weight in turn a tenth up and down, in the order of the criteria."""
    for place in range(len(world.weights)):
        for part in (100 - MOVED, 100 + MOVED):
            weights = world.weights.copy()
            weights[place] = weights[place] * part // 100
            yield placed(world, weights=weights)


def with_noise(world, draws, seed):
    """The list with half a step, at most, added to or taken from every score of every evaluator, by lot."""
    dice = np.random.default_rng(seed)
    half = world.step * (world.fine / np.maximum(world.asked, 1))[:, None]
    lines, starts = np.unique(world.line, return_index=True)
    for _draw in range(draws):
        points = world.points.copy()
        if len(lines):
            noise = np.rint((dice.random(world.given.shape) - 0.5) * half).astype(np.int64)
            points[lines] += np.add.reduceat(noise, starts, axis=0)
        yield placed(world, within(world, points))


def within(world, points):
    """Nobody gets less than nothing, or more than there is."""
    return np.clip(points, 0, world.maximum)
