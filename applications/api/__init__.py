"""Applications and their checks for machines."""

from applications.api.checks import CheckBatchViewSet, CheckViewSet
from applications.api.duties import DutyViewSet
from applications.api.participations import ParticipationViewSet
from applications.api.proposals import ApplicationViewSet
from applications.api.remarks import RemarkViewSet

__all__ = [
    "ApplicationViewSet",
    "CheckBatchViewSet",
    "CheckViewSet",
    "DutyViewSet",
    "ParticipationViewSet",
    "RemarkViewSet",
]
