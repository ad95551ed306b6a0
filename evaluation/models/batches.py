"""Many assignments, or rapporteurs, at once: proposed, looked at, confirmed, made together, perhaps taken back."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models import Application, OfApplication
from audit.history import versioned
from core.rows import Row, Stamped
from evaluation.querysets import BatchLineQuerySet, BatchQuerySet
from evaluation.states import BatchStatus
from programmes.models import Call


@versioned()
class Batch(Stamped, Row):
    """The assignments of its lines, or the rapporteurs they name, as one promise. What it was made from stands with it,
    so that it can be made again.

    `terms`: of a proposal, {"wanted", "limit" or null, "apart", "officers", "languages", "seed"}; of rapporteurs
    {"limit", "seed"}.
    `lacking`: the applications that it leaves short, [{"number", "missing", "barred", "full", "housed"}], the first of
    them; `short` counts them all.
    """

    class Purpose(models.TextChoices):
        ASSIGNMENT = "ASSIGNMENT", _("assignments")
        RAPPORTEUR = "RAPPORTEUR", _("rapporteurs")

    class Source(models.TextChoices):
        PROPOSAL = "PROPOSAL", _("even distribution")
        FILE = "FILE", _("file")

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="batches")
    status = models.CharField(_("status"), max_length=10, choices=BatchStatus)
    purpose = models.CharField(_("of"), max_length=10, choices=Purpose, default=Purpose.ASSIGNMENT)
    source = models.CharField(_("made from"), max_length=10, choices=Source)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    terms = models.JSONField(default=dict)
    size = models.PositiveIntegerField(_("assignments"))
    short = models.PositiveIntegerField(default=0)
    lacking = models.JSONField(default=list)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("proposed"))
    due_at = models.DateTimeField(_("to be signed by"), null=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    made = models.PositiveIntegerField(_("made"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    ended_reason = models.TextField(_("why it was taken back"), blank=True)
    returned = models.PositiveIntegerField(_("taken back"), default=0)

    is_watched = True  # it names proposals
    objects = BatchQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["call", "-made_at"], name="batches_of_a_call_by_time")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["PROPOSED", "DISCARDED"])
                | models.Q(confirmed_by__isnull=False, confirmed_at__isnull=False, due_at__isnull=False)
                | models.Q(confirmed_by__isnull=False, confirmed_at__isnull=False, purpose="RAPPORTEUR"),
                name="a_confirmed_batch_says_by_whom_and_until_when",
            )
        ]

    def __str__(self):
        sentence = _("Rapporteurs of %(call)s") if self.is_of_rapporteurs else _("Assignments of %(call)s")
        return sentence % {"call": self.call}

    @property
    def is_of_rapporteurs(self):
        return self.purpose == self.Purpose.RAPPORTEUR

    def get_absolute_url(self):
        return reverse("batch", args=[self.pk])

    @property
    def chain(self):
        return self.call.chain

    def audit_scope(self):
        return self.call.audit_scope()


@versioned(many=True)
class BatchLine(OfApplication):
    """One pair. `facts` of a proposal: how many were free for the application, what the evaluator has with it, and the
    least and most of all; `refusal`: why it could not be made when the others were."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="lines")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    evaluator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    facts = models.JSONField(default=dict)
    refusal = models.TextField(_("why not"), blank=True)

    objects = BatchLineQuerySet.as_manager()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "place"], name="lines_of_a_batch_are_numbered"),
            models.UniqueConstraint(fields=["batch", "application", "evaluator"], name="a_batch_names_a_pair_once"),
        ]

    def __str__(self):
        return f"{self.application} · {self.evaluator}"
