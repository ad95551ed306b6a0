"""Assessments, batches of them, consensus reports, the committee and the ranked list."""

from evaluation.models.batches import Batch, BatchLine
from evaluation.models.judging import Approval, Assessment, Consensus, ConsensusScore, Score
from evaluation.models.ranking import RankedEntry, RankedList, Seat

__all__ = [
    "Approval",
    "Assessment",
    "Batch",
    "BatchLine",
    "Consensus",
    "ConsensusScore",
    "RankedEntry",
    "RankedList",
    "Score",
    "Seat",
]
