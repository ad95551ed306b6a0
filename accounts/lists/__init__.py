"""Lists of people, of organisations, and of who has access."""

from accounts.lists.people import (
    ACCOUNT_TONES,
    MOST_FOUND,
    OrganisationList,
    PeopleList,
    facts_of,
    former_names,
    to_name,
)
from accounts.lists.reviews import DECISION_TONES, REVIEW_TONES, AccessLineList, AccessReviewList, tokens_in_words

__all__ = [
    "ACCOUNT_TONES",
    "DECISION_TONES",
    "MOST_FOUND",
    "REVIEW_TONES",
    "AccessLineList",
    "AccessReviewList",
    "OrganisationList",
    "PeopleList",
    "facts_of",
    "former_names",
    "to_name",
    "tokens_in_words",
]
