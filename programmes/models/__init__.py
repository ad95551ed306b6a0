"""What is on offer: the fund with its objectives and actions, and the calls under it."""

from programmes.models.calls import Call, Criterion, Round
from programmes.models.corrigenda import Corrigendum
from programmes.models.funds import MONEY, PERCENT, POINTS, Allocation, Fund, Passage
from programmes.models.questions import Following, Question, Reply

__all__ = [
    "MONEY",
    "PERCENT",
    "POINTS",
    "Allocation",
    "Call",
    "Corrigendum",
    "Criterion",
    "Following",
    "Fund",
    "Passage",
    "Question",
    "Reply",
    "Round",
]
