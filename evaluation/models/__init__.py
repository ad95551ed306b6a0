"""The register of evaluators, the pool of a call, assessments and batches of them, consensus reports, the committee and
the ranked list."""

from evaluation.models.batches import Batch, BatchLine
from evaluation.models.judging import Approval, Assessment, Consensus, ConsensusScore, Score
from evaluation.models.pool import PoolMember
from evaluation.models.ranking import RankedEntry, RankedList, Seat
from evaluation.models.register import RegisterEntry
from evaluation.models.rulings import Ruling

__all__ = [
    "Approval",
    "Assessment",
    "Batch",
    "BatchLine",
    "Consensus",
    "ConsensusScore",
    "PoolMember",
    "RankedEntry",
    "RankedList",
    "RegisterEntry",
    "Ruling",
    "Score",
    "Seat",
]
