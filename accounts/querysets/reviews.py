"""Reviews of access: who reads them, what waits in them, and when the last one was."""

from django.db.models import Count, Q, QuerySet

from accounts.roles import EVERYTHING, is_admin, is_auditor, seen_by
from accounts.states import AccessLinePhase, AccessLineStatus, AccessReviewPhase

READERS = {is_admin: EVERYTHING, is_auditor: EVERYTHING}


class AccessReviewQuerySet(QuerySet):
    def visible_to(self, user):
        """Administrators, who decide, and auditors."""
        return self.filter(seen_by(user, READERS))

    def open(self):
        return self.filter(status__in=AccessReviewPhase.OPEN)

    def closed(self):
        return self.filter(status__in=AccessReviewPhase.CLOSED)


class AccessLineQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(seen_by(user, READERS))

    def of(self, review):
        return self.filter(review=review)

    def waiting(self):
        return self.filter(status__in=AccessLinePhase.WAITING)

    def to_be_decided_by(self, user):
        """Four eyes: nobody decides about the own access."""
        return self.waiting().exclude(person=user.pk)

    def counts(self):
        """{status: how many lines}, in one statement."""
        found = self.aggregate(**{one: Count("pk", filter=Q(status=one)) for one in AccessLineStatus.values})
        return {one: found[one.value] for one in AccessLineStatus}
