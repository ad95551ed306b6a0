"""All figures of one list together, and kept as long as this process lives: the same input has the same figures."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from evaluation.sureness.agreement import agreements
from evaluation.sureness.drift import drifts
from evaluation.sureness.hanging import on_evaluators, on_scores
from evaluation.sureness.matrix import HUNDREDTHS, THOUSANDTHS, World
from evaluation.sureness.order import placed
from evaluation.sureness.scenarios import MIDDLE, Span, span_of, with_noise, with_weights_moved, without_each
from evaluation.sureness.severity import severities

DRAWS, SEED = 200, 2014  # the lot is announced here, so nobody looks for one that pleases


@dataclass(frozen=True)
class Sureness:
    """Each span and share by line; a rank of one more than there are lines: below a threshold."""

    base: object
    evaluators: Span
    weights: Span
    noise: Span
    share: np.ndarray  # of the draws in which it is funded
    hanging: tuple
    people: tuple[str, ...]
    severities: list
    agreements: list  # of each criterion, then of the total
    drifts: list


@lru_cache(maxsize=4)
def looked_through(judged):
    world = World(judged)
    base = placed(world)
    alone, weighted = list(without_each(world)), list(with_weights_moved(world))
    noise, share = noisy(world, base)
    totals = world.given @ world.weights / (HUNDREDTHS * THOUSANDTHS)
    return Sureness(
        base, span_of(ranks(base, alone)), span_of(ranks(base, weighted)), noise, share,
        (*on_evaluators(base, alone), *on_scores(world, base)), tuple(world.people),
        severities(world.line, world.person, totals, len(world.people)), agreed(world, totals),
        drifts((world.line, world.person), totals, world.moments, len(world.people)),
    )  # fmt: skip


def ranks(base, lists):
    return [base.ranks, *(one.ranks for one in lists)]


def noisy(world, base):
    """(where nine of ten draws put each, how many of them fund it)"""
    lists = list(with_noise(world, DRAWS, SEED))
    low, high = np.percentile([one.ranks for one in lists], MIDDLE, axis=0, method="nearest")
    share = np.mean([one.funded for one in lists], axis=0)
    return Span(np.minimum(low, base.ranks), np.maximum(high, base.ranks)), share


def agreed(world, totals):
    columns = [*(world.given.T / HUNDREDTHS), totals]
    return agreements(world.line, columns, np.random.default_rng(SEED))
