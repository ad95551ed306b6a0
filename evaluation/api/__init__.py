"""The evaluation through the API."""

from evaluation.api.batches import BatchViewSet
from evaluation.api.pool import PoolViewSet
from evaluation.api.register import RegisterViewSet
from evaluation.api.rulings import RulingViewSet
from evaluation.api.scenarios import ScenarioViewSet
from evaluation.api.views import AssessmentViewSet, ConsensusViewSet, RankedListViewSet, SeatViewSet

__all__ = [
    "AssessmentViewSet",
    "BatchViewSet",
    "ConsensusViewSet",
    "PoolViewSet",
    "RankedListViewSet",
    "RegisterViewSet",
    "RulingViewSet",
    "ScenarioViewSet",
    "SeatViewSet",
]
