"""What is on offer: the fund with its objectives and actions, and the calls under it."""

from programmes.models.calls import Call, Corrigendum, Criterion, Round
from programmes.models.funds import MONEY, PERCENT, POINTS, Allocation, Fund, Passage

__all__ = [
    "MONEY",
    "PERCENT",
    "POINTS",
    "Allocation",
    "Call",
    "Corrigendum",
    "Criterion",
    "Fund",
    "Passage",
    "Round",
]
