"""How much stricter or milder each evaluator gave points than those who judged the same proposals.

Plain: the mean of the differences from the others' mean on each proposal, with its standard error and spread.
Model: total of an assessment = its proposal + its evaluator + chance, the proposals as they are, the evaluators spread
around nothing (crossed effects). Between proposals nothing is compared, so nobody is strict for having been given poor
ones. The likelihood of what is left within the proposals (REML) has one unknown ratio once the evaluators' matrix is
turned on its axes: exact, without iteration.
"""

from dataclasses import dataclass

import numpy as np

NORMAL = 1.959964  # standard errors on each side of 95 %
SHARES = np.linspace(0, 0.999, 1000)  # of the variance that the evaluators make, among which the likeliest is sought


@dataclass(frozen=True)
class Severity:
    """Of one evaluator, in points of the total: below nothing is stricter. None where nobody judged the same."""

    person: int
    number: int
    compared: int
    difference: float | None
    error: float | None  # none of a single difference
    spread: float | None
    estimate: float
    low: float
    high: float


def severities(line, person, totals, people):
    """`line`, `person`, `totals` of each assessment; `people`: how many evaluators there are."""
    differences = apart(line, totals)
    estimates, errors = modelled(line, person, totals, people)
    return [
        one_of(place, differences[person == place], estimates[place], errors[place]) for place in range(people)
    ]  # fmt: skip


def apart(line, totals):
    """Of each assessment from the mean of the others on its proposal; nan where there is none."""
    n = np.bincount(line)[line]
    sums = np.bincount(line, weights=totals)[line]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(n > 1, totals - (sums - totals) / (n - 1), np.nan)


def one_of(place, differences, estimate, error):
    known = differences[~np.isnan(differences)]
    spread = float(np.std(known, ddof=1)) if len(known) > 1 else None
    return Severity(
        place, len(differences), len(known), float(np.mean(known)) if len(known) else None,
        None if spread is None else spread / float(np.sqrt(len(known))), spread,
        float(estimate), float(estimate - NORMAL * error), float(estimate + NORMAL * error),
    )  # fmt: skip


def modelled(line, person, totals, people):
    """(estimate, standard error) of each evaluator."""
    matrix, vector, left = within_proposals(line, person, totals, people)
    values, axes = np.linalg.eigh(matrix)
    values = np.where(values > 1e-9 * max(len(line), 1), values, 0.0)
    turned = axes.T @ vector
    between, chance = likeliest(values, turned, left, free=len(line) - len(np.unique(line)))
    if chance <= 0 or between <= 0:  # all agree, or nothing is known: nobody differs
        return np.zeros(people), np.zeros(people)
    shrunk = between / (between * values + chance)
    return axes @ (shrunk * turned), np.sqrt((axes**2) @ (shrunk * chance))


def within_proposals(line, person, totals, people):
    """The normal equations of the evaluators once each proposal's own level is taken out, and its squares."""
    n = np.bincount(line)
    inside = totals - (np.bincount(line, weights=totals) / np.maximum(n, 1))[line]
    met = np.zeros((len(n), people))
    np.add.at(met, (line, person), 1.0)
    matrix = np.diag(met.sum(axis=0)) - met.T @ (met / np.maximum(n, 1)[:, None])
    return matrix, np.bincount(person, weights=inside, minlength=people), float(inside @ inside)


def likeliest(values, turned, left, free):
    """The variances (between evaluators, by chance) that make what was given likeliest."""
    seen = values > 0
    if free <= 0 or not seen.any():
        return 0.0, 0.0
    values, squares = values[seen], turned[seen] ** 2 / values[seen]
    rest = max(left - float(squares.sum()), 0.0)
    ratios = SHARES / (1 - SHARES)
    grown = 1 + ratios[:, None] * values
    chance = (rest + (squares / grown).sum(axis=1)) / free
    if not chance.min() > 1e-12:
        return 0.0, 0.0
    best = int(np.argmin(free * np.log(chance) + np.log(grown).sum(axis=1)))
    return float(ratios[best] * chance[best]), float(chance[best])
