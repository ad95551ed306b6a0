"""The lists of applications and of their checks."""

from applications.lists.checks import CheckBatchLineList, CheckBatchList, CheckList
from applications.lists.proposals import OpenedApplications, OwnApplications

__all__ = ["CheckBatchLineList", "CheckBatchList", "CheckList", "OpenedApplications", "OwnApplications"]
