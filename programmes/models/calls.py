"""The calls under a fund: what each announces, and the rounds of its evaluation."""

from datetime import timedelta
from decimal import Decimal

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.history import versioned, versioned_links
from core import clock
from core.rows import Row, Stamped
from core.spelling import InOrder, by_words
from programmes.form_parts import usual_parts
from programmes.models.funds import MONEY, PERCENT, POINTS, Fund, Passage
from programmes.querysets import CallQuerySet, RoundQuerySet
from programmes.states import CallPhase, CallStatus

LONGEST_WAIT = timedelta(days=1)  # of an opening, for the second person of a corrigendum that gives more time


@versioned()
class Call(Stamped, Row):
    """A published invitation. What evaluation will apply is written here and frozen by `publish` (FR Art. 194).

    `parts` is the form that applicants fill in: a dict for each part, {"part": its name}, in the order of the pages.
    `tie_break` holds codes of criteria and rules of `programmes.ties`, `topic_order` codes of action types.
    """

    fund = models.ForeignKey(Fund, verbose_name=_("fund"), on_delete=models.PROTECT, related_name="calls")
    status = models.CharField(_("status"), max_length=12, choices=CallStatus, default=CallStatus.DRAFT)
    reference = models.CharField(_("reference"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=250)
    topic = models.TextField(_("topic"), blank=True)
    budget = models.DecimalField(_("budget (EUR)"), null=True, blank=True, **MONEY)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    questions_close_at = models.DateTimeField(_("questions are taken until"), null=True, blank=True)
    inform_by = models.DateField(_("applicants informed by"), null=True, blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    eligible_states = ArrayField(
        models.CharField(max_length=2), verbose_name=_("eligible Member States"), default=list, blank=True
    )
    objectives = models.ManyToManyField(Passage, verbose_name=_("specific objectives"), related_name="+", blank=True)
    actions = models.ManyToManyField(Passage, verbose_name=_("action types"), related_name="+", blank=True)
    min_partners = models.PositiveSmallIntegerField(_("minimum number of organisations"), default=2)
    min_states = models.PositiveSmallIntegerField(_("minimum number of Member States"), default=2)
    min_contribution = models.DecimalField(_("minimum EU contribution (EUR)"), null=True, blank=True, **MONEY)
    max_contribution = models.DecimalField(_("maximum EU contribution (EUR)"), null=True, blank=True, **MONEY)
    max_rate = models.DecimalField(
        _("maximum co-financing rate (%)"),
        default=Decimal(90),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        **PERCENT,
    )
    indirect_rate = models.DecimalField(
        _("indirect costs (% of direct costs)"),
        default=Decimal(7),
        validators=[MinValueValidator(0), MaxValueValidator(25)],
        **PERCENT,
    )
    max_months = models.PositiveSmallIntegerField(_("maximum duration (months)"), default=24)
    required_attachments = ArrayField(
        models.CharField(max_length=20), verbose_name=_("required attachments"), default=list, blank=True
    )
    parts = models.JSONField(_("parts of the form"), default=usual_parts)
    overall_threshold = models.DecimalField(_("overall threshold (points)"), default=Decimal(0), **POINTS)
    tie_break = ArrayField(models.CharField(max_length=10), verbose_name=_("tie-break order"), default=list, blank=True)
    topic_order = ArrayField(
        models.CharField(max_length=10), verbose_name=_("action types by priority"), default=list, blank=True
    )
    evaluators_wanted = models.PositiveSmallIntegerField(_("evaluators for each application"), default=2)
    has_reserve = models.BooleanField(_("reserve list"), default=True)
    reserve_until = models.DateField(_("reserve list valid until"), null=True, blank=True)
    reserve_ended_at = models.DateTimeField(_("reserve list ended"), null=True, blank=True)
    same_state_conflicts = models.BooleanField(
        _("an evaluator from an applicant's Member State is refused"), default=True
    )
    read_after_days = models.PositiveSmallIntegerField(
        _("days after which an unopened letter counts as read"), default=10
    )
    redress_days = models.PositiveSmallIntegerField(_("days to ask for a review"), default=30)
    legal = models.JSONField(default=dict, blank=True)
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    correction_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancelled_because = models.TextField(_("why it was cancelled"), blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(InOrder("title"), "id", name="calls_by_title"),
            GinIndex(by_words("reference"), by_words("title"), by_words("topic"), name="calls_by_words"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="DRAFT")
                | models.Q(
                    budget__isnull=False, opens_at__isnull=False, closes_at__isnull=False, published_at__isnull=False
                ),
                name="a_published_call_has_budget_and_times",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="CANCELLED")
                | (models.Q(cancelled_at__isnull=False) & ~models.Q(cancelled_because="")),
                name="a_cancelled_call_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at"))
                | models.Q(closes_at=None)
                | models.Q(opens_at=None),
                name="a_call_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=models.Q(questions_close_at__lte=models.F("closes_at"))
                | models.Q(questions_close_at=None)
                | models.Q(closes_at=None),
                name="questions_are_not_taken_after_the_closing",
            ),
            models.CheckConstraint(
                condition=models.Q(max_contribution__gte=models.F("min_contribution"))
                | models.Q(max_contribution=None)
                | models.Q(min_contribution=None),
                name="maximum_contribution_is_not_below_the_minimum",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="a_published_form_stays",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition("OLD.status <> 'DRAFT' AND OLD.parts IS DISTINCT FROM NEW.parts"),
                func="RAISE EXCEPTION 'the form of a published call stays as it was published';",
            )
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("call", args=[self.pk])

    def audit_scope(self):
        return {"fund": self.fund_id, "call": self.pk}

    @property
    def published_corrigenda(self):
        return self.corrigenda.published()

    @property
    def asked_until(self):
        """When the last question is taken: on its day, or with the closing of the call."""
        return min(filter(None, (self.questions_close_at, self.closes_at)))

    @property
    def opened_from(self):
        """When the clock opens the applications: nobody who arrived before the closing time is still on the way in.
        Where more time is proposed, the second person has a day for it: what is opened is not opened again."""
        all_in = self.closes_at + clock.all_in_after()
        return max(all_in, self.closes_at + LONGEST_WAIT) if self.waits_for_more_time else all_in

    @property
    def waits_for_more_time(self):
        return self.correction_by_id is not None and any(one.gives_time for one in self.corrigenda.waiting())

    @property
    def reopened_at(self):
        """When it was opened again after a closing time, for the last time; None if it never was."""
        return max((one.published_at for one in self.published_corrigenda if one.reopens), default=None)

    def is_open(self, at):
        """Applications may come in: published, and within the two times; the closing moment itself is too late."""
        return self.is_before_closing(at) and self.opens_at <= at

    def is_before_closing(self, at):
        return self.stands_in(CallPhase.PUBLISHED) and at < self.closes_at

    def legal_reference(self, subject):
        """The article behind `subject`, empty when unknown. Never one of another time than the call's own law."""
        return (self.legal or self.fund.legal).get(subject, "")


versioned_links(Call, objectives="ObjectiveOfCall", actions="ActionOfCall")


@versioned()
class Criterion(Row):
    """An award criterion: `maximum` points in steps of `step`, times `weight`; `threshold` (points) may be empty."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="criteria")
    code = models.CharField(_("code"), max_length=10)
    title = models.CharField(_("title"), max_length=120)
    question = models.TextField(_("what is assessed"), blank=True)
    maximum = models.DecimalField(_("maximum (points)"), **POINTS)
    step = models.DecimalField(_("step (points)"), default=Decimal("0.5"), **POINTS)
    weight = models.DecimalField(_("weight"), default=Decimal(1), **POINTS)
    threshold = models.DecimalField(_("threshold (points)"), null=True, blank=True, **POINTS)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["call", "code"], name="a_criterion_code_is_used_once_in_a_call"),
            models.CheckConstraint(
                condition=models.Q(maximum__gt=0, step__gt=0, weight__gt=0), name="a_criterion_counts_upwards"
            ),
            models.CheckConstraint(
                condition=models.Q(threshold=None) | models.Q(threshold__lte=models.F("maximum"), threshold__gte=0),
                name="a_threshold_can_be_reached",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"


@versioned()
class Round(Row):
    """One evaluation of a call: the first is about every application, a later one about those it names.

    What an earlier round found stays on file, and in force for everybody whom no later round is about.
    """

    class Cause(models.TextChoices):
        INITIAL = "INITIAL", _("first evaluation")
        REDRESS = "REDRESS", _("request for review")
        CORRECTION = "CORRECTION", _("correction of an error")

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="rounds")
    ordinal = models.PositiveSmallIntegerField(_("round"))
    cause = models.CharField(_("cause"), max_length=10, choices=Cause)
    reason = models.TextField(_("reason"), blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    application_ids = ArrayField(models.UUIDField(), null=True)  # None: about every application of the call

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["call", "ordinal"], name="rounds_of_a_call_are_numbered"),
            models.CheckConstraint(
                condition=models.Q(ordinal=1, cause="INITIAL", application_ids=None)
                | (
                    models.Q(ordinal__gt=1, application_ids__isnull=False)
                    & ~models.Q(cause="INITIAL")
                    & ~models.Q(reason="")
                ),
                name="a_later_round_says_why_and_whom_it_is_about",
            ),
        ]

    def __str__(self):
        return f"{self.call} – {_('round')} {self.ordinal}"
