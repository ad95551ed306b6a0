"""The evaluation through the API."""

from evaluation.api.views import AssessmentViewSet, ConsensusViewSet, RankedListViewSet, SeatViewSet

__all__ = ["AssessmentViewSet", "ConsensusViewSet", "RankedListViewSet", "SeatViewSet"]
