"""The proposal, from draft to receipt to eligibility."""

from applications.models.attempts import Attempt
from applications.models.batches import CheckBatch, CheckBatchLine
from applications.models.changes import KeptChange, Saving
from applications.models.checks import Check
from applications.models.clarifications import Clarification, ClarificationFile
from applications.models.copies import Copy, DraftPaper
from applications.models.duties import Duty
from applications.models.hearings import Hearing, HearingFile
from applications.models.orders import StandingOrder
from applications.models.participations import Participation
from applications.models.proposal import (
    Application,
    Attachment,
    BudgetLine,
    Milestone,
    OfApplication,
    Partner,
    Receipt,
)
from applications.models.remarks import Remark

__all__ = [
    "Application",
    "Attachment",
    "Attempt",
    "BudgetLine",
    "Check",
    "CheckBatch",
    "CheckBatchLine",
    "Clarification",
    "ClarificationFile",
    "Copy",
    "DraftPaper",
    "Duty",
    "Hearing",
    "HearingFile",
    "KeptChange",
    "Milestone",
    "OfApplication",
    "Participation",
    "Partner",
    "Receipt",
    "Remark",
    "Saving",
    "StandingOrder",
]
