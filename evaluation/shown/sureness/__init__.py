"""How sure a list is, laid out: pictures with their sentence, tables, and the same rows for files."""

from evaluation.shown.sureness.decisions import decisions_table, decisions_words
from evaluation.shown.sureness.drift import drift_part
from evaluation.shown.sureness.people import agreement_part, people_part
from evaluation.shown.sureness.ranks import application, decision, figure_of, ranks_part
from evaluation.shown.sureness.tables import FILES, PAGE, said_of

__all__ = [
    "FILES", "PAGE", "agreement_part", "application", "decision", "decisions_table", "decisions_words", "drift_part",
    "figure_of", "people_part", "ranks_part", "said_of",
]  # fmt: skip
