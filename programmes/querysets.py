from django.db.models import Q, QuerySet

from accounts.roles import is_commission
from programmes.states import JUDGED, OPENED, PUBLISHED, CallPhase


class FundQuerySet(QuerySet):
    def visible_to(self, user):
        return self  # the programme is public


class CallQuerySet(QuerySet):
    def visible_to(self, user):
        """Everybody sees what is published; a draft is the officers' own."""
        return self if is_commission(user) else self.published()

    def published(self):
        return self.filter(status__in=PUBLISHED)

    def open(self, at):
        return self.awaited().filter(opens_at__lte=at, closes_at__gt=at)

    def awaited(self):
        """Published and not opened yet: applications are expected, or wait unread for the closing time."""
        return self.filter(status__in=CallPhase.PUBLISHED)

    def opened(self):
        """Their applications may be read."""
        return self.filter(status__in=OPENED)

    def in_checks(self):
        return self.filter(status__in=CallPhase.CHECKING)

    def under_evaluation(self):
        return self.filter(status__in=CallPhase.EVALUATION)

    def judged(self):
        """Their evaluation has begun."""
        return self.filter(status__in=JUDGED)

    def ranked(self):
        return self.filter(status__in=CallPhase.RANKED)

    def decided(self):
        return self.filter(status__in=CallPhase.DECIDED)


class CorrigendumQuerySet(QuerySet):
    def published(self):
        return self.exclude(published_at=None)

    def waiting(self):
        """Proposed, neither published nor dropped: one of a call at most."""
        return self.filter(published_at=None, dropped_at=None)


class RoundQuerySet(QuerySet):
    def covering(self, application):
        """The rounds that are about this application, in their order; it is judged in the last of them."""
        named = Q(application_ids=None) | Q(application_ids__contains=[application.pk])
        return self.filter(named, call=application.call_id).order_by("ordinal")
