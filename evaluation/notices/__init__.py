"""Whose turn it is in the evaluation, in the order of its life."""

from evaluation.notices import assessments, committee, pool

__all__ = ["assessments", "committee", "pool"]
