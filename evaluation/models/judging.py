"""Individual assessments, and the consensus reports made of them."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models import Application, OfApplication
from audit.history import versioned
from core.rows import Stamped
from evaluation.models.fields import TOTAL, stays_in_its_round
from evaluation.querysets import AssessmentQuerySet, ConsensusQuerySet
from evaluation.states import AssessmentStatus, ConsensusStatus
from programmes.models import POINTS, Criterion, Round


@versioned(many=True)
class Assessment(Stamped, OfApplication):
    """The individual evaluation report of one evaluator on one application, in one round of the evaluation.

    A conflict that was known before the evaluation began has no round.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="assessments")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="assessments", null=True)
    evaluator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assessments")
    status = models.CharField(_("status"), max_length=10, choices=AssessmentStatus)
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    batch = models.ForeignKey("evaluation.Batch", on_delete=models.PROTECT, related_name="assessments", null=True)
    due_at = models.DateTimeField(_("to be signed by"))
    declared_at = models.DateTimeField(_("declared absence of conflict"), null=True)
    declaration = models.TextField(blank=True)
    declaration_version = models.CharField(max_length=20, blank=True)
    signed_at = models.DateTimeField(_("signed"), null=True)
    ended_reason = models.TextField(_("why it ended"), blank=True)
    remark = models.TextField(_("general remark"), blank=True, max_length=4000)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "evaluator", "round"], name="an_evaluator_assesses_an_application_once_a_round"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="SIGNED") | models.Q(signed_at__isnull=False, declared_at__isnull=False),
                name="a_signed_assessment_was_declared_first",
            ),
            models.CheckConstraint(
                condition=models.Q(round__isnull=False) | models.Q(status="CONFLICT"),
                name="what_is_judged_has_its_round",
            ),
        ]
        indexes = [
            models.Index(fields=["evaluator", "status"], name="assessments_of_an_evaluator"),
            models.Index(fields=["due_at", "id"], name="assessments_by_due"),
            models.Index(fields=["status", "due_at", "id"], name="assessments_of_a_status"),
            models.Index(fields=["round", "due_at", "id"], name="assessments_of_a_round"),
            models.Index(fields=["status", "id"], name="assessments_by_status"),
        ]
        triggers = [stays_in_its_round()]

    def __str__(self):
        return f"{self.application} · {self.evaluator}"

    def get_absolute_url(self):
        return reverse("assessment", args=[self.pk])


@versioned()
class Score(OfApplication):
    """Points and comment of one assessment on one criterion; either may still be missing in a draft."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField(_("points"), null=True, blank=True, **POINTS)
    comment = models.TextField(_("comment"), blank=True, max_length=4000)

    class Meta:
        ordering = ["criterion__order"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="one_score_for_a_criterion"),
            models.CheckConstraint(
                condition=models.Q(points=None) | models.Q(points__gte=0), name="points_are_not_negative"
            ),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.points}"

    @property
    def application(self):
        return self.assessment.application


@versioned(many=True)
class Consensus(Stamped, OfApplication):
    """The agreed scores and comments of all evaluators of an application: what the applicant will read.

    In force is the approved report of the last round that has one; the earlier ones stay on file.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="consensus_reports")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="consensus_reports")
    rapporteur = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("status"), max_length=10, choices=ConsensusStatus)
    batch = models.ForeignKey("evaluation.Batch", on_delete=models.PROTECT, related_name="reports", null=True)
    evaluator_ids = ArrayField(models.UUIDField(), default=list)  # whose agreement it needs, as at the appointment
    total = models.DecimalField(_("total (weighted points)"), null=True, **TOTAL)
    remark = models.TextField(_("overall assessment"), blank=True, max_length=4000)
    proposed_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    objection = models.TextField(_("why it was sent back"), blank=True)
    objected_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    passed_over = models.JSONField(_("gone on without"), default=list)  # [{"evaluator", "name", "opinion", "reason"}]
    ended_reason = models.TextField(_("why it was set aside"), blank=True)

    objects = ConsensusQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="APPROVED") | models.Q(total__isnull=False, approved_at__isnull=False),
                name="an_approved_consensus_has_a_total",
            ),
            models.UniqueConstraint(
                fields=["application", "round"],
                condition=~models.Q(status="SET_ASIDE"),
                name="an_application_has_one_report_a_round",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "id"], name="reports_by_status"),
            models.Index(fields=["round", "status", "id"], name="reports_of_a_round"),
            models.Index(Coalesce("total", Decimal(0)), "id", name="reports_by_total"),
        ]
        triggers = [stays_in_its_round()]

    def __str__(self):
        return f"{self.application} · {_('consensus report')}"

    def get_absolute_url(self):
        return reverse("consensus", args=[self.pk])

    @property
    def ids_passed_over(self):
        return {one["evaluator"] for one in self.passed_over}

    @property
    def asked_ids(self):
        """Whose agreement it still needs, or has."""
        return {pk for pk in self.evaluator_ids if str(pk) not in self.ids_passed_over}


@versioned()
class ConsensusScore(OfApplication):
    """`deviation` says why the agreed points lie outside the evaluators' own range; applicants do not read it."""

    consensus = models.ForeignKey(Consensus, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField(_("points"), null=True, blank=True, **POINTS)
    comment = models.TextField(_("comment"), blank=True, max_length=4000)
    deviation = models.TextField(_("why outside the evaluators' range"), blank=True, max_length=4000)

    class Meta:
        ordering = ["criterion__order"]
        constraints = [
            models.UniqueConstraint(fields=["consensus", "criterion"], name="one_agreed_score_for_a_criterion")
        ]

    def __str__(self):
        return f"{self.criterion}: {self.points}"

    @property
    def application(self):
        return self.consensus.application


@versioned()
class Approval(OfApplication):
    """An evaluator's yes to the consensus report of `proposed_at`; a new proposal needs new ones."""

    consensus = models.ForeignKey(Consensus, on_delete=models.CASCADE, related_name="approvals")
    evaluator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consensus", "evaluator"], name="an_evaluator_approves_once")]

    def __str__(self):
        return f"{self.consensus} · {self.evaluator}"

    @property
    def application(self):
        return self.consensus.application
