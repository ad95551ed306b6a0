"""What an officer asks about an opened proposal, and what its applicant answers; the proposal itself stays as it is."""

from datetime import timedelta

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models.proposal import Application, OfApplication
from applications.querysets import ClarificationFileQuerySet, ClarificationQuerySet
from applications.states import ClarificationPhase, ClarificationStatus
from audit.history import versioned
from core.days import beginning_of
from core.rows import Row, Stamped


@versioned()
class Clarification(Stamped, OfApplication):
    """A question with its last day in Brussels, and the one reply to it. `because`: why that day was moved last, or
    why the question was withdrawn."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="clarifications")
    status = models.CharField(_("status"), max_length=10, choices=ClarificationStatus)
    text = models.TextField(_("question"), max_length=4000)
    due_on = models.DateField(_("to be answered by"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    because = models.TextField(_("reason"), blank=True)
    answer = models.TextField(_("answer"), max_length=10_000, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)

    objects = ClarificationQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status__in=[*ClarificationPhase.ANSWERED])
                | ~models.Q(answer="") & models.Q(answered_at__isnull=False, answered_by__isnull=False),
                name="an_answered_clarification_has_its_answer",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=[*ClarificationPhase.WITHDRAWN]) | ~models.Q(because=""),
                name="a_withdrawn_clarification_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.application} · {_('clarification')}"

    def get_absolute_url(self):
        return reverse("clarification", args=[self.pk])

    @property
    def until(self):
        """The end of its last day: what arrives then is too late."""
        return beginning_of(self.due_on + timedelta(days=1))


@versioned()
class ClarificationFile(Row):
    """A document of the reply: no part of the proposal."""

    clarification = models.ForeignKey(Clarification, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size (bytes)"))
    sha256 = models.CharField(max_length=64)
    crc32 = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(_("pages"), null=True)
    path = models.CharField(max_length=200)

    objects = ClarificationFileQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self):
        return self.name

    @property
    def chain(self):
        return self.clarification.chain

    @property
    def is_watched(self):
        return self.clarification.is_watched

    def audit_scope(self):
        return self.clarification.audit_scope()
