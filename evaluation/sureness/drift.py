"""Whether an evaluator became stricter or milder: the differences from the others on the same proposal, in the order in
which the assessments were signed, the earlier half against the later one.

Proposals are compared with nobody else's, so a run of poor ones is no drift. What the others did meanwhile is in it:
who stays while all others become milder seems to have become stricter.
"""

from dataclasses import dataclass

import numpy as np

from evaluation.sureness.severity import NORMAL, apart

LEAST = 4  # differences in each half, below which chance says everything


@dataclass(frozen=True)
class Drift:
    """Of one evaluator, in points of the total: `change` below nothing is stricter later. None where too few of the
    assessments can be compared."""

    person: int
    early_number: int
    late_number: int
    early: float | None = None
    late: float | None = None
    change: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_apart(self):
        """By more than chance would make, nineteen times of twenty."""
        return self.low is not None and (self.low > 0 or self.high < 0)


def drifts(judged_by, totals, moments, people):
    """`judged_by`: (line, person) of each assessment, `moments` when it was signed; `people`: how many there are."""
    line, person = judged_by
    differences, order = apart(line, totals), np.argsort(moments, kind="stable")
    known = order[~np.isnan(differences[order])]
    return [drift_of(place, differences[known[person[known] == place]]) for place in range(people)]


def drift_of(place, differences):
    """The middle one of an odd number is an early one."""
    half = -(-len(differences) // 2)
    early, late = differences[:half], differences[half:]
    if len(late) < LEAST:
        return Drift(place, len(early), len(late))
    change = float(np.mean(late) - np.mean(early))
    reach = reach_of(*(float(np.var(half, ddof=1) / len(half)) for half in (early, late)), len(early), len(late))
    return Drift(
        place, len(early), len(late), float(np.mean(early)), float(np.mean(late)), change, change - reach,
        change + reach,
    )  # fmt: skip


def reach_of(early, late, early_number, late_number):
    """Half the width of the 95 % interval of a difference of two means, from their squared errors (Welch)."""
    if not early + late:
        return 0.0
    free = (early + late) ** 2 / (early**2 / (early_number - 1) + late**2 / (late_number - 1))
    return student(free) * (early + late) ** 0.5


def student(free):
    """Standard errors on each side of 95 % with so many degrees of freedom: Cornish and Fisher's expansion of
    Student's t, within three hundredths from three degrees on."""
    z = NORMAL
    return (
        z + (z**3 + z) / (4 * free) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * free**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * free**3)
    )  # fmt: skip
