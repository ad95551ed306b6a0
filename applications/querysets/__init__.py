"""Who sees which rows of applications, and the questions that are asked of them."""

from applications.querysets.asked import (
    AnswerFileQuerySet,
    AskedQuerySet,
    ClarificationFileQuerySet,
    ClarificationQuerySet,
    HearingFileQuerySet,
    HearingQuerySet,
)
from applications.querysets.proposals import (
    TEXTS,
    ApplicationQuerySet,
    AttachmentQuerySet,
    AttemptQuerySet,
    CheckBatchLineQuerySet,
    CheckBatchQuerySet,
    CheckQuerySet,
    DraftPaperQuerySet,
    OfApplicationQuerySet,
    OrderQuerySet,
    ReceiptQuerySet,
    WorkQuerySet,
    calls_to_check,
)

__all__ = [
    "TEXTS",
    "AnswerFileQuerySet",
    "ApplicationQuerySet",
    "AskedQuerySet",
    "AttachmentQuerySet",
    "AttemptQuerySet",
    "CheckBatchLineQuerySet",
    "CheckBatchQuerySet",
    "CheckQuerySet",
    "ClarificationFileQuerySet",
    "ClarificationQuerySet",
    "DraftPaperQuerySet",
    "HearingFileQuerySet",
    "HearingQuerySet",
    "OfApplicationQuerySet",
    "OrderQuerySet",
    "ReceiptQuerySet",
    "WorkQuerySet",
    "calls_to_check",
]
