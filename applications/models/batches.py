"""Many checks confirmed at once: proposed, looked at, confirmed, done together, perhaps taken back."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models.checks import Check
from applications.models.proposal import Application, OfApplication
from applications.querysets import CheckBatchLineQuerySet, CheckBatchQuerySet
from applications.states import CheckBatchStatus
from audit.history import versioned
from core.rows import Row, Stamped
from programmes.models import Call


@versioned()
class CheckBatch(Stamped, Row):
    """The confirmations of its lines, as one promise: of one condition (`code`), or of all that the system found met
    (`code` empty). `size` counts the lines that it would confirm, `made` and `refused` what became of them."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="check_batches")
    status = models.CharField(_("status"), max_length=10, choices=CheckBatchStatus)
    code = models.CharField(_("condition"), max_length=30, blank=True)
    criterion = models.CharField(_("announced condition"), max_length=300, blank=True)
    size = models.PositiveIntegerField(_("checks"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("proposed"))
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    made = models.PositiveIntegerField(_("made"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    ended_reason = models.TextField(_("why it was taken back"), blank=True)
    returned = models.PositiveIntegerField(_("taken back"), default=0)

    is_watched = True  # it names proposals
    objects = CheckBatchQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["call", "-made_at"], name="check_batches_of_a_call")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["PROPOSED", "DISCARDED"])
                | models.Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="confirmed_checks_say_by_whom_and_when",
            )
        ]

    def __str__(self):
        return _("Checks of %(call)s") % {"call": self.call}

    def get_absolute_url(self):
        return reverse("check_batch", args=[self.pk])

    @property
    def chain(self):
        return self.call.chain

    def audit_scope(self):
        return self.call.audit_scope()


@versioned()
class CheckBatchLine(OfApplication):
    """One check that the batch is about; `refusal`: why it is not confirmed, or not taken back, with the others."""

    batch = models.ForeignKey(CheckBatch, on_delete=models.CASCADE, related_name="lines")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    refusal = models.TextField(_("why not"), blank=True)

    objects = CheckBatchLineQuerySet.as_manager()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "place"], name="lines_of_checks_are_numbered"),
            models.UniqueConstraint(fields=["batch", "about"], name="a_batch_names_a_check_once"),
        ]

    def __str__(self):
        return str(self.about)
