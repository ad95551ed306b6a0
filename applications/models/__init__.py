"""The proposal, from draft to receipt to eligibility."""

from applications.models.changes import KeptChange, Saving
from applications.models.judged import Check, Receipt
from applications.models.proposal import (
    Application,
    Attachment,
    BudgetLine,
    Milestone,
    OfApplication,
    Partner,
)

__all__ = [
    "Application",
    "Attachment",
    "BudgetLine",
    "Check",
    "KeptChange",
    "Milestone",
    "OfApplication",
    "Partner",
    "Receipt",
    "Saving",
]
