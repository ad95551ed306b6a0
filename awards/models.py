"""Award decisions and their letters."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models import Application, OfApplication
from audit.history import versioned
from awards.querysets import DecisionQuerySet, LetterQuerySet
from awards.states import DecisionStatus, LetterStatus
from core.rows import Row
from evaluation.models import RankedList
from programmes.models import MONEY, PERCENT, Call


@versioned()
class Decision(Row):
    """The award decision on a call (FR Art. 200(6)). `evaluator_ids` (user ids as text) serve four eyes."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="decision")
    ranked_list = models.OneToOneField(RankedList, on_delete=models.PROTECT, related_name="decision")
    status = models.CharField(max_length=10, choices=DecisionStatus)
    number = models.CharField(_("number"), max_length=60, blank=True)
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    evaluator_ids = models.JSONField(default=list)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    reasons = models.TextField(_("reasons"), blank=True)
    issued_at = models.DateTimeField(_("letters issued"), null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="DECIDED")
                | (models.Q(decided_by__isnull=False, decided_at__isnull=False) & ~models.Q(reasons="")),
                name="a_decision_says_who_when_and_why",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("prepared_by")),
                name="nobody_decides_what_they_prepared",
            ),
        ]

    def __str__(self):
        return self.number or f"{self.call} – {_('award decision')}"

    def get_absolute_url(self):
        return reverse("decision", args=[self.pk])

    @property
    def chain(self):
        return self.call.chain

    def audit_scope(self):
        return self.call.audit_scope()


@versioned()
class DecisionLine(OfApplication):
    """What is decided on one application; a deviation from the ranked list has its own reason.

    `stage` says where an unsuccessful application failed.
    """

    class Outcome(models.TextChoices):
        AWARD = "AWARD", _("award")
        RESERVE = "RESERVE", _("reserve list")
        REJECTION = "REJECTION", _("rejection")

    class Stage(models.TextChoices):
        NONE = "", _("successful")
        ADMISSIBILITY = "ADMISSIBILITY", _("admissibility")
        ELIGIBILITY = "ELIGIBILITY", _("eligibility")
        EXCLUSION = "EXCLUSION", _("exclusion")
        THRESHOLD = "THRESHOLD", _("below a threshold")
        BUDGET = "BUDGET", _("budget exhausted")

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="lines")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="decision_line")
    outcome = models.CharField(max_length=10, choices=Outcome)
    stage = models.CharField(max_length=14, choices=Stage, blank=True)
    rank = models.PositiveIntegerField(null=True)
    contribution = models.DecimalField(default=0, **MONEY)
    rate = models.DecimalField(default=0, **PERCENT)
    reason = models.TextField(_("reason"))
    deviates = models.BooleanField(default=False)
    deviation_reason = models.TextField(blank=True)

    class Meta:
        ordering = [models.F("rank").asc(nulls_last=True), "application__reference"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(deviates=True) | ~models.Q(deviation_reason=""),
                name="a_deviation_has_its_own_reason",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="every_outcome_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.application}: {self.get_outcome_display()}"


@versioned()
class Letter(OfApplication):
    """One letter to one applicant. `facts` are fixed when it is written; the PDF is drawn once from them and kept."""

    class Kind(models.TextChoices):
        AWARD = "AWARD", _("invitation to grant agreement preparation")
        RESERVE = "RESERVE", _("reserve list letter")
        REJECTION = "REJECTION", _("rejection letter")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="letters")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(_("letter"), max_length=10, choices=Kind)
    status = models.CharField(_("status"), max_length=10, choices=LetterStatus)
    reference = models.CharField(_("reference"), max_length=80, unique=True)
    facts = models.JSONField()
    written_at = models.DateTimeField()
    pdf_path = models.CharField(max_length=200, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    read_at = models.DateTimeField(_("read"), null=True)
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    counts_as_read_at = models.DateTimeField(null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "application"], name="one_letter_for_an_application"),
            models.CheckConstraint(
                condition=~models.Q(status__in=["SENT", "READ"])
                | (models.Q(sent_at__isnull=False) & ~models.Q(pdf_sha256="")),
                name="a_sent_letter_was_drawn_and_kept",
            ),
        ]
        indexes = [models.Index(fields=["status", "counts_as_read_at"], name="letters_to_count_as_read")]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("letter", args=[self.pk])
