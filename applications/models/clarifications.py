"""What an officer asks about an opened proposal, and what its applicant answers; the proposal itself stays as it is."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.models.asked import AnswerFile, Asked
from applications.models.proposal import Application
from applications.querysets import ClarificationFileQuerySet, ClarificationQuerySet
from applications.states import ClarificationPhase, ClarificationStatus
from audit.history import versioned


@versioned()
class Clarification(Asked):
    """A question with its last day in Brussels, and the one reply to it."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="clarifications")
    status = models.CharField(_("status"), max_length=10, choices=ClarificationStatus)

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


@versioned()
class ClarificationFile(AnswerFile):
    clarification = models.ForeignKey(Clarification, on_delete=models.PROTECT, related_name="files")

    objects = ClarificationFileQuerySet.as_manager()

    @property
    def chain(self):
        return self.clarification.chain

    @property
    def is_watched(self):
        return self.clarification.is_watched

    def audit_scope(self):
        return self.clarification.audit_scope()
