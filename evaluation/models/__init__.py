"""The register of evaluators, the pool of a call, assessments and batches of them, consensus reports, the committee,
the ranked list and what is supposed of it."""

from evaluation.models.batches import Batch, BatchLine
from evaluation.models.judging import Approval, Assessment, Consensus, ConsensusScore, Score
from evaluation.models.pool import PoolMember
from evaluation.models.ranking import RankedEntry, RankedList, Seat
from evaluation.models.register import RegisterEntry
from evaluation.models.rulings import Ruling
from evaluation.models.scenarios import Scenario

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
    "Scenario",
    "Score",
    "Seat",
]
