"""What people are told by mail: what an officer asks them by a day, and which part of a proposal is given to them."""

from applications.notices import duties, remarks
from applications.notices.asked import (
    answered_mail,
    clarification_mail,
    clarification_withdrawn_mail,
    due_mail,
    expired_mail,
    link,
    notice_due_mail,
    notice_mail,
    notice_withdrawn_mail,
    observed_mail,
    settled_mail,
    silent_mail,
    written,
)

__all__ = [
    "answered_mail",
    "clarification_mail",
    "clarification_withdrawn_mail",
    "due_mail",
    "duties",
    "expired_mail",
    "link",
    "notice_due_mail",
    "notice_mail",
    "notice_withdrawn_mail",
    "observed_mail",
    "remarks",
    "settled_mail",
    "silent_mail",
    "written",
]
