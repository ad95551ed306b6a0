"""The attempts to submit, as their applicant reads them."""

from dataclasses import dataclass

from applications.models import Attempt

MOST = 20
TONES = {Attempt.Outcome.ACCEPTED: "good", Attempt.Outcome.REFUSED: "bad", Attempt.Outcome.INTERRUPTED: "neutral"}


@dataclass(frozen=True)
class Attempts:
    """`rows` are (attempt, tone), the newest first; `earlier`: how many more there are."""

    rows: list
    earlier: int


def attempts_at(application, user):
    found = Attempt.objects.visible_to(user).filter(application=application).select_related("by", "receipt")
    newest = list(found[:MOST])
    earlier = found.count() - MOST if len(newest) == MOST else 0
    return Attempts([(one, TONES[one.outcome]) for one in newest], earlier)
