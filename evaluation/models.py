"""Assessments, consensus reports, the committee and the ranked list."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models import Application, OfApplication
from audit.history import versioned
from core.rows import Row, Stamped
from evaluation.querysets import (
    AssessmentQuerySet,
    ConsensusQuerySet,
    RankedEntryQuerySet,
    RankedListQuerySet,
    SeatQuerySet,
)
from evaluation.states import AssessmentStatus, ConsensusStatus, RankedListStatus, SeatStatus
from programmes.models import MONEY, POINTS, Call, Criterion

TOTAL = {"max_digits": 10, "decimal_places": 4}  # points times weight, two places each: exact, so that ties are


@versioned()
class Assessment(Stamped, OfApplication):
    """The individual evaluation report of one evaluator on one application."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="assessments")
    evaluator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assessments")
    status = models.CharField(_("status"), max_length=10, choices=AssessmentStatus)
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
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
                fields=["application", "evaluator"], name="an_evaluator_assesses_an_application_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="SIGNED") | models.Q(signed_at__isnull=False, declared_at__isnull=False),
                name="a_signed_assessment_was_declared_first",
            ),
        ]
        indexes = [models.Index(fields=["evaluator", "status"], name="assessments_of_an_evaluator")]

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


@versioned()
class Consensus(Stamped, OfApplication):
    """The agreed scores and comments of all evaluators of an application: what the applicant will read."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="consensus")
    rapporteur = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("status"), max_length=10, choices=ConsensusStatus)
    evaluator_ids = ArrayField(models.UUIDField(), default=list)  # whose agreement it needs, as at the appointment
    total = models.DecimalField(_("total (weighted points)"), null=True, **TOTAL)
    remark = models.TextField(_("overall assessment"), blank=True, max_length=4000)
    proposed_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    objection = models.TextField(_("why it was sent back"), blank=True)
    objected_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)

    objects = ConsensusQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="APPROVED") | models.Q(total__isnull=False, approved_at__isnull=False),
                name="an_approved_consensus_has_a_total",
            )
        ]

    def __str__(self):
        return f"{self.application} · {_('consensus report')}"

    def get_absolute_url(self):
        return reverse("consensus", args=[self.pk])


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


@versioned()
class Seat(Stamped, Row):
    """A member of a call's evaluation committee (FR Art. 150). `entity` as at the appointment.

    `under_authorising_officer`: whether the member is hierarchically under the authorising officer responsible.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="seats")
    member = models.ForeignKey(User, on_delete=models.PROTECT, related_name="seats")
    status = models.CharField(max_length=10, choices=SeatStatus)
    entity = models.CharField(_("organisational entity"), max_length=60)
    under_authorising_officer = models.BooleanField(_("under the authorising officer responsible"))
    appointed_at = models.DateTimeField()
    declared_at = models.DateTimeField(_("declared absence of conflict"), null=True)
    declaration = models.TextField(blank=True)
    declaration_version = models.CharField(max_length=20, blank=True)
    declared_for = ArrayField(models.UUIDField(), default=list)  # the applications the declaration names
    ended_reason = models.TextField(_("why it ended"), blank=True)
    signed_at = models.DateTimeField(null=True)
    signed_sha256 = models.CharField(max_length=64, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "member"], name="a_person_sits_once_on_a_committee")]

    def __str__(self):
        return f"{self.member} ({self.entity})"

    @property
    def chain(self):
        return self.call.chain

    def audit_scope(self):
        return self.call.audit_scope()

    def get_absolute_url(self):
        return reverse("committee", args=[self.call_id])


@versioned()
class RankedList(Stamped, Row):
    """The evaluation record with its ranked list, rows and all; `sha256` is over the canonical JSON of its entries."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="ranked_lists")
    status = models.CharField(max_length=10, choices=RankedListStatus)
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    budget = models.DecimalField(**MONEY)
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField(null=True)

    objects = RankedListQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call"], condition=~models.Q(status="DISCARDED"), name="a_call_has_one_ranked_list"
            )
        ]

    def __str__(self):
        return f"{self.call} – {_('ranked list')}"

    def get_absolute_url(self):
        return reverse("ranked_list", args=[self.pk])

    @property
    def chain(self):
        return self.call.chain

    def audit_scope(self):
        return self.call.audit_scope()


@versioned()
class RankedEntry(OfApplication):
    """A place on the ranked list. Rejected ones keep their rank among all; `reason` names the announced criterion.

    `stage` says what kept it off the main list; `cumulative` is the money of the main list down to this rank.
    """

    class Place(models.TextChoices):
        MAIN = "MAIN", _("main list")
        RESERVE = "RESERVE", _("reserve list")
        REJECTED = "REJECTED", _("rejected")

    class Stage(models.TextChoices):
        NONE = "", _("passed")
        THRESHOLD = "THRESHOLD", _("below a threshold")
        BUDGET = "BUDGET", _("budget exhausted")

    ranked_list = models.ForeignKey(RankedList, on_delete=models.CASCADE, related_name="entries")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="entries")
    rank = models.PositiveIntegerField()
    place = models.CharField(max_length=10, choices=Place)
    stage = models.CharField(max_length=10, choices=Stage, blank=True)
    total = models.DecimalField(**TOTAL)
    points = models.JSONField()
    tie_break = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    contribution = models.DecimalField(**MONEY)
    cumulative = models.DecimalField(**MONEY)

    objects = RankedEntryQuerySet.as_manager()

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["ranked_list", "application"], name="an_application_is_ranked_once"),
            models.UniqueConstraint(fields=["ranked_list", "rank"], name="a_rank_is_given_once"),
            models.CheckConstraint(
                condition=~models.Q(place="REJECTED") | ~models.Q(reason=""), name="a_rejection_has_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.rank}. {self.application}"
