"""Who sees what of an evaluation, and every question about its rows."""

from evaluation.querysets.batches import BatchLineQuerySet, BatchQuerySet
from evaluation.querysets.calls import (
    calls_in_conflict,
    calls_judged_by,
    calls_under_evaluation,
    is_judged_again,
)
from evaluation.querysets.judging import AssessmentQuerySet, ConsensusQuerySet, kept_from
from evaluation.querysets.pool import PoolMemberQuerySet
from evaluation.querysets.ranking import RankedEntryQuerySet, RankedListQuerySet, SeatQuerySet
from evaluation.querysets.register import RegisterEntryQuerySet
from evaluation.querysets.rulings import RulingQuerySet
from evaluation.querysets.scenarios import ScenarioQuerySet

__all__ = [
    "AssessmentQuerySet",
    "BatchLineQuerySet",
    "BatchQuerySet",
    "ConsensusQuerySet",
    "PoolMemberQuerySet",
    "RankedEntryQuerySet",
    "RankedListQuerySet",
    "RegisterEntryQuerySet",
    "RulingQuerySet",
    "ScenarioQuerySet",
    "SeatQuerySet",
    "calls_in_conflict",
    "calls_judged_by",
    "calls_under_evaluation",
    "is_judged_again",
    "kept_from",
]
