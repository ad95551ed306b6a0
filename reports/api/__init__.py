"""Reports and findings through the API."""

from reports.api.findings import FindingViewSet
from reports.api.reading import ProofRunViewSet, ReportFileViewSet, ReportViewSet, StatusView, TrailViewSet

__all__ = [
    "FindingViewSet",
    "ProofRunViewSet",
    "ReportFileViewSet",
    "ReportViewSet",
    "StatusView",
    "TrailViewSet",
]
