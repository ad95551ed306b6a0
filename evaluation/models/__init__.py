"""The register of evaluators, assessments, batches of them, consensus reports, the committee and the ranked list."""

from evaluation.models.batches import Batch, BatchLine
from evaluation.models.judging import Approval, Assessment, Consensus, ConsensusScore, Score
from evaluation.models.ranking import RankedEntry, RankedList, Seat
from evaluation.models.register import RegisterEntry

__all__ = [
    "Approval",
    "Assessment",
    "Batch",
    "BatchLine",
    "Consensus",
    "ConsensusScore",
    "RankedEntry",
    "RankedList",
    "RegisterEntry",
    "Score",
    "Seat",
]
