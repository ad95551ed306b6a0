"""Award decisions and their letters."""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models import Application, OfApplication
from audit.history import versioned
from awards.querysets import DecisionLineQuerySet, DecisionQuerySet, LetterQuerySet
from awards.states import DecisionStatus, LetterStatus
from core.rows import Row, Stamped
from core.spelling import by_words
from evaluation.models import RankedList
from programmes.models import MONEY, PERCENT, Call


class Names(models.Func):
    """Does a JSON list of texts hold this one? (`jsonb_exists` is what the operator `?` calls.)"""

    function = "jsonb_exists"
    output_field = models.BooleanField()


def names_who_decided(field):
    return models.Q(Names(models.F(field), Cast("decided_by", models.TextField())))


@versioned()
class Decision(Stamped, Row):
    """An award decision on a call (FR Art. 200(6)): the first is about every application, a later one about some.

    What is in force for an application is its line in the last decision taken that has one.
    `evaluator_ids` and `handler_ids` (user ids as text) serve four eyes: who evaluated or sat on the committee,
    and who prepared, changed or proposed this decision.
    """

    class Cause(models.TextChoices):
        INITIAL = "INITIAL", _("first decision")
        RESERVE = "RESERVE", _("reserve list taken up")
        REDRESS = "REDRESS", _("request for review")
        CORRECTION = "CORRECTION", _("correction of an error")

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="decisions")
    ranked_list = models.ForeignKey(RankedList, on_delete=models.PROTECT, related_name="decisions")
    ordinal = models.PositiveSmallIntegerField(_("decision of the call"), default=1)
    cause = models.CharField(_("cause"), max_length=10, choices=Cause, default=Cause.INITIAL)
    status = models.CharField(max_length=10, choices=DecisionStatus)
    number = models.CharField(_("number"), max_length=60, blank=True)
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    evaluator_ids = models.JSONField(default=list)
    handler_ids = models.JSONField(default=list)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    reasons = models.TextField(_("reasons"), blank=True)
    issued_at = models.DateTimeField(_("letters issued"), null=True)

    is_watched = True  # it names proposals
    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call", "ordinal"],
                condition=~models.Q(status="DISCARDED"),
                name="decisions_of_a_call_are_numbered",
            ),
            models.UniqueConstraint(
                fields=["call"],
                condition=models.Q(status__in=["PREPARED", "PROPOSED"]),
                name="one_decision_of_a_call_is_open",
            ),
            models.CheckConstraint(
                condition=models.Q(ordinal=1, cause="INITIAL") | (models.Q(ordinal__gt=1) & ~models.Q(cause="INITIAL")),
                name="only_the_first_decision_is_initial",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["DECIDED", "ISSUED"])
                | (models.Q(decided_by__isnull=False, decided_at__isnull=False) & ~models.Q(reasons="")),
                name="a_decision_says_who_when_and_why",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("prepared_by")),
                name="nobody_decides_what_they_prepared",
            ),
            models.CheckConstraint(
                condition=~(names_who_decided("evaluator_ids") | names_who_decided("handler_ids")),
                name="nobody_decides_what_they_evaluated_or_handled",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="ISSUED") | models.Q(issued_at__isnull=False),
                name="an_issued_decision_says_when",
            ),
        ]
        indexes = [models.Index(fields=["-prepared_at", "-id"], name="decisions_by_time")]

    def __str__(self):
        return self.number or f"{self.call} – {_('award decision')}"

    def get_absolute_url(self):
        return reverse("decision", args=[self.pk])

    @property
    def chain(self):
        return self.call.chain

    def audit_scope(self):
        return self.call.audit_scope()


LINES_ARE_FIXED = """
    IF EXISTS (SELECT FROM awards_decision WHERE id = OLD.decision_id AND status IN ('DECIDED', 'ISSUED')) THEN
        RAISE EXCEPTION 'the lines of an award decision that was taken do not change';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
"""


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
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decision_lines")
    outcome = models.CharField(max_length=10, choices=Outcome)
    stage = models.CharField(max_length=14, choices=Stage, blank=True)
    rank = models.PositiveIntegerField(null=True)
    contribution = models.DecimalField(default=0, **MONEY)
    rate = models.DecimalField(default=0, **PERCENT)
    reason = models.TextField(_("reason"))
    deviates = models.BooleanField(default=False)
    deviation_reason = models.TextField(blank=True)

    objects = DecisionLineQuerySet.as_manager()

    class Meta:
        ordering = [models.F("rank").asc(nulls_last=True), "application__reference"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "application"], name="an_application_has_one_line_a_decision"),
            models.CheckConstraint(
                condition=~models.Q(deviates=True) | ~models.Q(deviation_reason=""),
                name="a_deviation_has_its_own_reason",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="every_outcome_has_a_reason"),
            models.CheckConstraint(
                condition=models.Q(outcome="AWARD", contribution__gt=0)
                | (~models.Q(outcome="AWARD") & models.Q(contribution=0)),
                name="an_award_has_an_amount_and_nothing_else_has",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="REJECTION") | ~models.Q(stage=""), name="a_rejection_names_its_stage"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="fixed_once_decided",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=LINES_ARE_FIXED,
            )
        ]

    def __str__(self):
        return f"{self.application}: {self.get_outcome_display()}"


@versioned()
class Letter(Stamped, OfApplication):
    """One letter to one applicant. `facts` are fixed when it is written; the PDF is drawn once from them and kept.

    A letter that `replaces` another says why, in its text too; the first stays as it was sent.
    `read_by` stays empty when the letter was never confirmed and only counts as read.
    """

    class Kind(models.TextChoices):
        AWARD = "AWARD", _("invitation to grant agreement preparation")
        RESERVE = "RESERVE", _("reserve list letter")
        REJECTION = "REJECTION", _("rejection letter")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="letters")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(_("letter"), max_length=10, choices=Kind)
    status = models.CharField(_("status"), max_length=10, choices=LetterStatus)
    reference = models.CharField(_("reference"), max_length=80, unique=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, related_name="replaced_by", null=True)
    replaced_because = models.TextField(_("why it replaces another"), blank=True)
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
            models.UniqueConstraint(
                fields=["decision", "application"],
                condition=models.Q(replaces=None),
                name="one_letter_for_an_application",
            ),
            models.CheckConstraint(
                condition=models.Q(replaces=None, replaced_because="")
                | (models.Q(replaces__isnull=False) & ~models.Q(replaced_because="")),
                name="a_replacing_letter_says_why",
            ),
            models.CheckConstraint(condition=~models.Q(replaces=models.F("id")), name="a_letter_replaces_another_one"),
            models.CheckConstraint(
                condition=~models.Q(status__in=["SENT", "READ"])
                | (models.Q(sent_at__isnull=False) & ~models.Q(pdf_sha256="")),
                name="a_sent_letter_was_drawn_and_kept",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="READ") | models.Q(read_at__isnull=False), name="a_read_letter_says_when"
            ),
        ]
        indexes = [
            models.Index(fields=["decision", "status"], name="letters_of_a_decision"),
            models.Index(fields=["-written_at", "-id"], name="letters_by_time"),
            models.Index(fields=["decision", "-written_at", "-id"], name="letters_of_a_decision_by_time"),
            models.Index(fields=["kind", "-written_at", "-id"], name="letters_of_a_kind_by_time"),
            models.Index(fields=["status", "-written_at", "-id"], name="letters_of_a_status_by_time"),
            GinIndex(by_words("reference"), name="letters_by_words"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="written_and_drawn_once",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition(
                    "((OLD.facts, OLD.reference, OLD.kind, OLD.replaces_id, OLD.replaced_because) IS DISTINCT FROM"
                    " (NEW.facts, NEW.reference, NEW.kind, NEW.replaces_id, NEW.replaced_because)"
                    " OR (OLD.pdf_sha256 <> '' AND (OLD.pdf_sha256, OLD.pdf_path, OLD.sent_at)"
                    " IS DISTINCT FROM (NEW.pdf_sha256, NEW.pdf_path, NEW.sent_at)))"
                ),
                func="RAISE EXCEPTION 'a letter is written once and drawn once';",
            )
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("letter", args=[self.pk])
