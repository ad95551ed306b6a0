"""What leaves the house for applicants: letters, drawn from fixed facts, and the mails that announce them."""

from awards.documents.facts import Papers, facts_of, fill_letter
from awards.documents.files import PdfLost, keep_pdf, kept_pdf
from awards.documents.formats import newest
from awards.documents.letters import context_of, digest_of, draw_letter, page_of, template_of, title_of
from awards.documents.mails import notice_of

__all__ = [
    "Papers",
    "PdfLost",
    "context_of",
    "digest_of",
    "draw_letter",
    "facts_of",
    "fill_letter",
    "keep_pdf",
    "kept_pdf",
    "newest",
    "notice_of",
    "page_of",
    "template_of",
    "title_of",
]
