"""The pages of decisions and letters."""

from awards.views.batch import batch_progress, decision_step_preview
from awards.views.decisions import awards, decision, decision_step, deviate, prepare
from awards.views.later import letter_step_preview, prepare_again
from awards.views.letters import letter, letter_css, letter_pdf, letter_preview, letter_step, letters, offer_step
from awards.views.published import grants_file, published
from awards.views.redress import file_redress, redress, redress_step, redresses

__all__ = [
    "awards",
    "batch_progress",
    "decision",
    "decision_step",
    "decision_step_preview",
    "deviate",
    "file_redress",
    "grants_file",
    "letter",
    "letter_css",
    "letter_pdf",
    "letter_preview",
    "letter_step",
    "letter_step_preview",
    "letters",
    "offer_step",
    "prepare",
    "prepare_again",
    "published",
    "redress",
    "redress_step",
    "redresses",
]
