"""The money of an award: what one application may get and what the budget still holds. Pure arithmetic, in cents."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
HUNDRED = Decimal(100)


def contribution_of(requested, maximum):
    """What was asked for, at most what the call allows (`maximum` None: no limit)."""
    return requested if maximum is None else min(requested, maximum)


def rate_of(contribution, total, *, highest):
    """The co-financing rate in per cent; rounding never lifts it above the highest rate of the call."""
    if not total:
        return Decimal(0)
    rate = contribution * HUNDRED / total
    rounded = rate.quantize(CENT, ROUND_HALF_UP)
    return rounded if rounded <= highest else rate.quantize(CENT, ROUND_DOWN)


def left_of(budget, awarded):
    return budget - awarded
