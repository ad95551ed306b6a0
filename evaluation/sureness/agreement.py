"""Krippendorff's alpha for figures (interval): 1 when evaluators agree, 0 when they agree as chance would.

Only proposals with two or more assessments tell anything. The interval: proposals drawn anew by lot, many times.
"""

from dataclasses import dataclass

import numpy as np

AGAIN = 500  # how often the proposals are drawn anew


@dataclass(frozen=True)
class Agreement:
    """`alpha` is none where all points are the same: there is nothing to agree about."""

    alpha: float | None
    low: float | None
    high: float | None
    proposals: int
    scores: int


def agreements(line, columns, dice):
    """Of each column of values, given by assessments of these lines; all columns rest on the same draws."""
    n = np.bincount(line)
    proposals, scores = int((n > 1).sum()), int(n[n > 1].sum())
    drawn = dice.multinomial(proposals, np.full(proposals, 1 / proposals), size=AGAIN) if proposals else None
    return [one_of(sums_of(line, values), drawn, proposals, scores) for values in columns]


def one_of(sums, drawn, proposals, scores):
    alpha = alphas(sums.sum(axis=0)[None, :])[0] if proposals else np.nan
    if np.isnan(alpha):
        return Agreement(None, None, None, proposals, scores)
    low, high = np.nanpercentile(alphas(drawn @ sums), [2.5, 97.5])
    return Agreement(float(alpha), float(low), float(high), proposals, scores)


def sums_of(line, values):
    """Of each proposal with two or more: how many, their sum, their squares, the squares of their differences."""
    n = np.bincount(line)
    total, squares = (np.bincount(line, weights=one) for one in (values, values**2))
    kept = n > 1
    n, total, squares = n[kept], total[kept], squares[kept]
    return np.column_stack([n, total, squares, 2 * (n * squares - total**2) / np.maximum(n - 1, 1)])


def alphas(sums):
    """Of each row of sums over proposals; nan where all points are the same."""
    n, total, squares, differences = sums.T
    expected = 2 * (n * squares - total**2) / (n - 1)
    same = expected <= 1e-9 * np.maximum(squares, 1)
    return np.where(same, np.nan, 1 - differences / np.where(same, 1, expected))
