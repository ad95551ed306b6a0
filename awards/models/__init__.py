"""Award decisions, their letters, and what is answered to them."""

from awards.models.answers import Offer, Redress
from awards.models.outcomes import Decision, DecisionLine, Letter, Names

__all__ = ["Decision", "DecisionLine", "Letter", "Names", "Offer", "Redress"]
