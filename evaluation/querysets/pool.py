"""Who sees the pool of a call, and what of it is asked."""

from django.db.models import Count, F, Q, QuerySet

from accounts.roles import EVERYTHING, is_assessor, seen_by, sees_whole_calls
from evaluation.states import ASKED, PoolMemberPhase
from programmes.states import COMMITTEE_CHANGES, CallPhase


class PoolMemberQuerySet(QuerySet):
    def visible_to(self, user):
        """One's own invitations; those who organise, decide or audit evaluations see all."""
        return self.filter(seen_by(user, {is_assessor: Q(person=user), sees_whole_calls: EVERYTHING}))

    def of_call(self, call):
        return self.filter(call=call)

    def asked(self):
        """Whose invitation was not taken back: a call that has one of these has a pool."""
        return self.filter(status__in=ASKED)

    def invited(self):
        return self.filter(status__in=PoolMemberPhase.INVITED)

    def answerable(self, today):
        """Invited, the last day has not passed, and the call goes on."""
        return self.invited().filter(answer_by__gte=today).exclude(call__status__in=CallPhase.CANCELLED)

    def accepted(self):
        return self.filter(status__in=PoolMemberPhase.ACCEPTED)

    def open(self):
        """Invited or accepted: what its person still has to do with."""
        return self.filter(status__in=PoolMemberPhase.INVITED + PoolMemberPhase.ACCEPTED)

    def to_replace(self, today):
        """Who was asked and will not come: declined, gone, or silent after the last day."""
        silent = Q(status__in=PoolMemberPhase.INVITED, answer_by__lt=today)
        return self.filter(silent | Q(status__in=PoolMemberPhase.DECLINED + PoolMemberPhase.GONE))

    def overdue_by_call(self, today):
        """{"call", "reference", "number"} of each call in which somebody let the last day pass."""
        late = (
            self.invited().filter(answer_by__lt=today, call__status__in=COMMITTEE_CHANGES).order_by("call__reference")
        )
        return late.values("call", reference=F("call__reference")).annotate(number=Count("pk"))

    def with_names(self):
        return self.select_related("person", "call", "invited_by")
