"""Pages about what is on offer."""

from programmes.views.calls import call_calendar, call_feed, call_page, call_step, call_step_preview, calls
from programmes.views.drafts import call_correct, call_edit, call_new
from programmes.views.form_questions import call_form
from programmes.views.funds import fund_page, funds
from programmes.views.questions import (
    call_follow,
    call_questions,
    call_unfollow,
    question,
    question_answer,
    question_ask,
    question_correct,
    question_step,
)
from programmes.views.what_if import allocation

__all__ = [
    "allocation",
    "call_calendar",
    "call_correct",
    "call_edit",
    "call_feed",
    "call_follow",
    "call_form",
    "call_new",
    "call_page",
    "call_questions",
    "call_step",
    "call_step_preview",
    "call_unfollow",
    "calls",
    "fund_page",
    "funds",
    "question",
    "question_answer",
    "question_ask",
    "question_correct",
    "question_step",
]
