from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.roles import EVERYTHING, is_applicant, is_auditor, is_commission, seen_by
from core.counting import CAP, number_of
from programmes.states import (
    JUDGED,
    OPENED,
    PUBLIC_QUESTIONS,
    PUBLISHED,
    CallPhase,
    FollowingPhase,
    QuestionPhase,
)


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

    def with_questions(self):
        """Those still published with a question that waits; `waiting` says how many."""
        waiting = self.model._meta.get_field("questions").related_model.objects.waiting()
        calls = self.awaited().filter(Exists(waiting.filter(call=OuterRef("pk"))))
        return calls.annotate(waiting=number_of(waiting, "call", most=CAP))

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


class QuestionQuerySet(QuerySet):
    def visible_to(self, user):
        """As it was asked, and by whom. What is published of it everybody reads on the call's page."""
        return self.filter(seen_by(user, {is_applicant: Q(asked_by=user.pk), is_commission | is_auditor: EVERYTHING}))

    def waiting(self):
        return self.filter(status__in=QuestionPhase.WAITING)

    def not_public(self):
        return self.exclude(status__in=PUBLIC_QUESTIONS)

    def public(self):
        """Published, the newest first, with every version of its reply."""
        return self.filter(status__in=PUBLIC_QUESTIONS).order_by("-number").prefetch_related("replies")


class FollowingQuerySet(QuerySet):
    def in_force(self):
        return self.filter(status__in=FollowingPhase.FOLLOWS)
