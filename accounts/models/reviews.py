"""Reviews of access: who could do what here when the review was opened, and what was decided about each."""

import hashlib
import json
from dataclasses import astuple

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models.memberships import Membership
from accounts.models.people import User
from accounts.querysets import AccessLineQuerySet, AccessReviewQuerySet
from accounts.roles import every_role
from accounts.states import DECIDED, AccessLineStatus, AccessReviewPhase, AccessReviewStatus
from audit.history import versioned
from core.formats import brussels_day
from core.rows import Row, Stamped
from core.spelling import InOrder, by_words


@versioned()
class AccessReview(Stamped, Row):
    """One review: opened on a day with the day until which each role is to be kept or ended. One is open at a time."""

    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(gettext_lazy("opened"))
    decide_by = models.DateField(gettext_lazy("to be decided by"))
    told_at = models.DateTimeField(gettext_lazy("late lines told"), null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(gettext_lazy("ended"), null=True, blank=True)
    status = models.CharField(gettext_lazy("status"), max_length=10, choices=AccessReviewStatus)

    objects = AccessReviewQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["opened_at", "id"], name="access_reviews_by_opening")]
        constraints = [
            models.UniqueConstraint(
                fields=["status"], condition=models.Q(status__in=AccessReviewPhase.OPEN),
                name="one_review_of_access_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=AccessReviewPhase.OPEN) | models.Q(ended_at__isnull=False),
                name="a_review_of_access_that_ended_says_when",
            ),
        ]  # fmt: skip

    def __str__(self):
        return str(_("Access review of %(day)s") % {"day": brussels_day(self.opened_at)})

    def get_absolute_url(self):
        return reverse("access_review", args=[self.pk])


@versioned(many=True)
class AccessLine(Stamped, Row):
    """One role of one person, as it stood when the review was opened, and what was decided about it.

    `appointed`: in words, how the person came by the role. `has_factor`: whether a second factor was set up. `tokens`:
    those of programs that were in use, [{name, start, used}]. `closed_account`: with the role the account was closed.
    """

    review = models.ForeignKey(AccessReview, on_delete=models.PROTECT, related_name="lines")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="access_lines")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="access_lines")
    name = models.CharField(gettext_lazy("name"), max_length=150)
    email = models.EmailField(gettext_lazy("e-mail"))
    role = models.CharField(gettext_lazy("role"), max_length=12, choices=every_role)
    place = models.CharField(gettext_lazy("organisation or entity"), max_length=250, blank=True)
    member_state = models.CharField(gettext_lazy("Member State"), max_length=2, blank=True)
    from_at = models.DateTimeField(gettext_lazy("from"))
    until_at = models.DateTimeField(gettext_lazy("until"), null=True, blank=True)
    appointed = models.CharField(gettext_lazy("how appointed"), max_length=500, blank=True)
    signed_in_at = models.DateTimeField(gettext_lazy("last signed in"), null=True, blank=True)
    has_factor = models.BooleanField(gettext_lazy("second factor"))
    tokens = models.JSONField(gettext_lazy("tokens for programs"), default=list)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(gettext_lazy("decided"), null=True, blank=True)
    reason = models.TextField(gettext_lazy("reason"), max_length=1000, blank=True)
    closed_account = models.BooleanField(gettext_lazy("account closed"), default=False)
    status = models.CharField(gettext_lazy("status"), max_length=10, choices=AccessLineStatus)

    objects = AccessLineQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("review", InOrder("name"), "id", name="access_lines_by_name"),
            models.Index(fields=["review", "status", "id"], name="access_lines_by_status"),
            GinIndex(by_words("name"), by_words("email"), name="access_lines_by_words"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["review", "membership"], name="a_role_stands_once_in_a_review"),
            models.CheckConstraint(
                condition=~models.Q(status__in=DECIDED)
                | models.Q(decided_at__isnull=False, decided_by__isnull=False),
                name="who_decided_about_an_access_and_when",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("person")),
                name="nobody_reviews_the_own_access",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.name}: {self.words}"

    def get_absolute_url(self):
        return reverse("access_line", args=[self.pk])

    @property
    def words(self):
        """“programme officer, HOME.E.1”."""
        place = self.place or self.member_state
        return f"{self.get_role_display()}, {place}" if place else str(self.get_role_display())

    @property
    def mark(self):
        """What whoever decides has seen: this edition of the line, and what the person is here at this moment."""
        now = sorted(json.dumps(astuple(one), default=str) for one in self.person.places)
        return f"{self.stamp}-{hashlib.sha256(json.dumps(now).encode()).hexdigest()[:16]}"

    @property
    def chain(self):
        return self.review.chain

    def audit_scope(self):
        return {"member_state": self.member_state}
