"""The colours of decisions, letters and outcomes, the same on every page."""

from awards.states import (
    DecisionPhase,
    DecisionStatus,
    LetterPhase,
    LetterStatus,
    OfferPhase,
    OfferStatus,
    RedressPhase,
    RedressStatus,
)
from core.phases import for_each

D, L = DecisionPhase, LetterPhase
DECISION_TONES = for_each(
    DecisionStatus,
    {D.PREPARED: "neutral", D.PROPOSED: "warning", D.DECIDED: "info", D.ISSUED: "good", D.DISCARDED: "neutral"},
)
LETTER_TONES = for_each(LetterStatus, {L.WAITING: "warning", L.UNREAD: "info", L.READ: "good"})
OFFER_TONES = for_each(
    OfferStatus,
    {OfferPhase.OPEN: "warning", OfferPhase.ACCEPTED: "good", OfferPhase.DECLINED + OfferPhase.LAPSED: "neutral"},
)
REDRESS_TONES = for_each(
    RedressStatus,
    {
        RedressPhase.FILED: "warning", RedressPhase.UPHELD: "good",
        RedressPhase.CONFIRMED + RedressPhase.TAKEN_BACK: "neutral",
    },
)  # fmt: skip
OUTCOME_TONES = {"AWARD": "good", "RESERVE": "info", "REJECTION": "neutral"}
