"""Which calls are being judged, by whom, and who is in conflict with one."""

from django.db.models import Exists, OuterRef, Q

from applications.models import Application
from evaluation.states import (
    SEALED,
    SITTING,
    AssessmentPhase,
    RankedListPhase,
)
from programmes.models import Call, Round
from programmes.states import JUDGED, RANKED


def is_judged_again(call):
    """Whether a later round of this call waits for its signed list, or the list of its last one was set aside."""
    last = call.rounds.last()
    if last is None or not call.stands_in(JUDGED) or last.ranked_lists.signed().exists():
        return False
    return last.ordinal > 1 or last.ranked_lists.set_aside().exists()


def calls_under_evaluation():
    """Those judged for the first time, those of which a later round has no signed list or whose list was set aside."""
    again = Application.objects.evaluable().filter(call__status__in=RANKED)
    later = Round.objects.filter(call=OuterRef("call"), ordinal__gt=OuterRef("ordinal"))
    to_rank = (
        Round.objects.exclude(Exists(later))
        .exclude(ranked_lists__status__in=SEALED)
        .filter(Q(ordinal__gt=1, call__status__in=JUDGED) | Q(ranked_lists__status__in=RankedListPhase.SET_ASIDE))
    )
    return Call.objects.under_evaluation() | Call.objects.filter(
        Q(pk__in=again.values("call")) | Q(pk__in=to_rank.values("call"))
    )


def calls_in_conflict(user):
    """The calls that have an application with which this person is in conflict: all compete for the same money."""
    return Call.objects.filter(
        applications__assessments__evaluator=user, applications__assessments__status__in=AssessmentPhase.CONFLICT
    )


def calls_judged_by(user):
    """The calls on whose committee this user sits, having declared no conflict."""
    return Call.objects.filter(
        seats__member=user, seats__status__in=SITTING, seats__declared_at__isnull=False
    )  # fmt: skip
