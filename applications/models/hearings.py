"""Before an adverse decision an applicant is told what is intended and why, and may answer to it (FR Art. 133)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models.asked import AnswerFile, Asked
from applications.models.proposal import Application
from applications.querysets import HearingFileQuerySet, HearingQuerySet
from applications.states import HearingPhase, HearingStatus
from audit.history import versioned


@versioned()
class Hearing(Asked):
    """A notice of what is intended (`text`: the facts it rests on), the one set of observations on it, and in words how
    they were taken into account."""

    class Measure(models.TextChoices):
        EXCLUSION = "EXCLUSION", _("exclusion from the procedure")
        REJECTION = "REJECTION", _("rejection by the award decision")
        LESS = "LESS", _("taking back or lowering an award")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="hearings")
    status = models.CharField(_("status"), max_length=10, choices=HearingStatus)
    reference = models.CharField(_("number"), max_length=100, unique=True)
    measure = models.CharField(_("what is intended"), max_length=10, choices=Measure)
    text = models.TextField(_("facts"), max_length=4000)
    intended = models.TextField(_("intended decision"), max_length=4000)
    considered = models.TextField(_("how it was taken into account"), blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    settled_at = models.DateTimeField(_("settled"), null=True)

    objects = HearingQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        indexes = [
            models.Index(
                fields=["due_on"], condition=models.Q(status__in=["SENT", "OBSERVED", "SILENT"]), name="open_hearings"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status__in=["OBSERVED", "CONSIDERED"])
                | ~models.Q(answer="") & models.Q(answered_at__isnull=False, answered_by__isnull=False),
                name="observations_say_what_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=[*HearingPhase.HELD])
                | models.Q(settled_at__isnull=False, settled_by__isnull=False),
                name="a_settled_hearing_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="CONSIDERED") | ~models.Q(considered=""),
                name="considered_observations_say_how",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=[*HearingPhase.WITHDRAWN]) | ~models.Q(because=""),
                name="a_withdrawn_notice_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.application} · {_('notice before an adverse decision')}"

    def get_absolute_url(self):
        return reverse("hearing", args=[self.pk])


@versioned()
class HearingFile(AnswerFile):
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="files")

    objects = HearingFileQuerySet.as_manager()

    @property
    def chain(self):
        return self.hearing.chain

    @property
    def is_watched(self):
        return self.hearing.is_watched

    def audit_scope(self):
        return self.hearing.audit_scope()
