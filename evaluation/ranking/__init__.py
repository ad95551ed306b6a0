"""The ranked list, from agreed points to ranks and to the bytes that are signed."""

from evaluation.ranking.order import open_ties, ranked
from evaluation.ranking.seals import FORMAT, SEALS, facts, facts_of, seal_of, sealed
from evaluation.ranking.terms import Candidate, Decided, Ranked, Terms

__all__ = [
    "FORMAT", "SEALS", "Candidate", "Decided", "Ranked", "Terms", "facts", "facts_of", "open_ties", "ranked", "seal_of",
    "sealed",
]  # fmt: skip
