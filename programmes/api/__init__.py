"""Funds, calls and the questions on them for machines."""

from programmes.api.calls import CallViewSet, FundViewSet
from programmes.api.opportunities import OpportunitiesView, OpportunityView, SearchView
from programmes.api.questions import QuestionViewSet

__all__ = ["CallViewSet", "FundViewSet", "OpportunitiesView", "OpportunityView", "QuestionViewSet", "SearchView"]
