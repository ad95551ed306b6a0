"""What goes into a ranked list, and what comes out; the rules by which two are compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from programmes.ties import AMOUNT, TIME, TOPIC

MAIN, RESERVE, REJECTED = "MAIN", "RESERVE", "REJECTED"
THRESHOLD, BUDGET = "THRESHOLD", "BUDGET"


@dataclass(frozen=True)
class Terms:
    """What the call announced, and nothing else, decides."""

    criteria: tuple
    tie_break: tuple[str, ...]
    overall_threshold: Decimal
    budget: Decimal
    has_reserve: bool
    topics: tuple[str, ...] = ()  # the call's action types, the most wanted first
    decided: Mapping[frozenset, "Decided"] = field(default_factory=dict)  # by the keys of those who were equal


@dataclass(frozen=True)
class Decided:
    """What the committee decided about some who were equal: their keys in order, and why."""

    order: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Candidate:
    key: str  # the application's id
    number: str
    submitted_at: datetime
    points: Mapping[str, Decimal]
    contribution: Decimal
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ranked:
    position: int
    rank: int | None  # none for those below a threshold
    candidate: Candidate
    total: Decimal
    equal_to: frozenset = frozenset()  # the keys of an open tie, its own among them
    place: str = MAIN
    stage: str = ""
    tie_break: str = ""
    reason: str = ""
    cumulative: Decimal = Decimal(0)


def deciding(terms):
    known = {one.code for one in terms.criteria} | MEASURES.keys()
    return [rule for rule in terms.tie_break if rule in known]


def measure(rule, candidate, terms):
    return MEASURES[rule](candidate, terms) if rule in MEASURES else -candidate.points[rule]


def topic_of(candidate, terms):
    """The place of its most wanted action type in the order of the call; behind all of them when it has none."""
    return min((terms.topics.index(one) for one in candidate.topics if one in terms.topics), default=len(terms.topics))


MEASURES = {
    TIME: lambda one, terms: one.submitted_at,
    AMOUNT: lambda one, terms: one.contribution,
    TOPIC: topic_of,
}
