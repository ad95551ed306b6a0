"""Points, totals and thresholds: pure and exact. A criterion is anything with `code, title, maximum, step, weight,
threshold`; points are {code: Decimal}. Nothing is rounded: points and weights have two places, their product four."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

EXACT = Decimal("0.0001")


@dataclass(frozen=True)
class Shortfall:
    """A threshold that was missed; `code` is empty for the overall one."""

    code: str
    title: str
    points: Decimal
    maximum: Decimal
    threshold: Decimal

    def __str__(self):
        words = {
            "title": f"{self.code} {self.title}", "points": figure(self.points),
            "maximum": figure(self.maximum), "threshold": figure(self.threshold),
        }  # fmt: skip
        if self.code:
            return (
                _("Criterion %(title)s: %(points)s of %(maximum)s points, below its threshold of %(threshold)s.")
                % words
            )
        return _("Total of %(points)s of %(maximum)s points, below the overall threshold of %(threshold)s.") % words


@dataclass(frozen=True)
class Spread:
    lowest: Decimal
    highest: Decimal

    @property
    def distance(self):
        return self.highest - self.lowest

    def holds(self, points):
        return self.lowest <= points <= self.highest


def problem_with(points, criterion):
    """Why these points cannot be given on this criterion, or None."""
    words = {"maximum": figure(criterion.maximum), "step": figure(criterion.step), "points": points}
    if not points.is_finite() or not 0 <= points <= criterion.maximum:
        return _("Give between 0 and %(maximum)s points; %(points)s is outside.") % words
    if points % criterion.step:
        return _("Points go up in steps of %(step)s; %(points)s lies between two steps.") % words
    return None


def total_of(points, criteria):
    """The weighted total; every criterion must have its points."""
    return sum((points[one.code] * one.weight for one in criteria), Decimal(0)).quantize(EXACT)


def maximum_of(criteria):
    return sum((Decimal(one.maximum) * one.weight for one in criteria), Decimal(0)).quantize(EXACT)


def shortfalls(points, criteria, *, overall):
    """Every threshold missed: those of the criteria in their order, then the overall one."""
    missed = [
        Shortfall(one.code, one.title, points[one.code], one.maximum, one.threshold)
        for one in criteria
        if one.threshold is not None and points[one.code] < one.threshold
    ]
    total = total_of(points, criteria)
    if total < overall:
        missed.append(Shortfall("", "", total, maximum_of(criteria), overall))
    return missed


def spread_of(numbers):
    """From the lowest to the highest, or None where there is nothing."""
    numbers = list(numbers)
    return Spread(min(numbers), max(numbers)) if numbers else None


def figure(number):
    """28.00 -> 28, 4.50 -> 4.5: as an evaluator would write it."""
    text = f"{Decimal(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
