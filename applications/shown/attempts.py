"""The attempts to submit, as their applicant reads them."""

from dataclasses import dataclass
from typing import NamedTuple

from applications.models import Attempt

MOST = 20
TONES = {Attempt.Outcome.ACCEPTED: "good", Attempt.Outcome.REFUSED: "bad", Attempt.Outcome.INTERRUPTED: "neutral"}


class Line(NamedTuple):
    """An attempt, with the first sentence that was said and the others."""

    attempt: Attempt
    tone: str
    said: str
    more: list


@dataclass(frozen=True)
class Attempts:
    """`rows` are Lines, the newest first; `earlier`: how many more there are."""

    rows: list
    earlier: int


def attempts_at(application, user):
    found = Attempt.objects.visible_to(user).filter(application=application).select_related("by", "receipt")
    newest = list(found[:MOST])
    earlier = found.count() - MOST if len(newest) == MOST else 0
    return Attempts([line_of(one) for one in newest], earlier)


def line_of(attempt):
    said, *more = attempt.reason.splitlines() or [""]
    return Line(attempt, TONES[attempt.outcome], said, more)
