"""Assessments, consensus reports, the committee and the ranked list."""

from evaluation.models.judging import Approval, Assessment, Consensus, ConsensusScore, Score
from evaluation.models.ranking import RankedEntry, RankedList, Seat

__all__ = ["Approval", "Assessment", "Consensus", "ConsensusScore", "RankedEntry", "RankedList", "Score", "Seat"]
