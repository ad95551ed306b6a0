"""The ledger of attempts to submit: written down before the act, whatever becomes of it."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models.proposal import Application, OfApplication, Receipt
from applications.querysets import AttemptQuerySet
from audit.history import versioned
from audit.models import AuditRecord
from core.formats import milliseconds

ANSWER = ("outcome", "reason", "receipt_id", "sha256", "answered_at")
REST = ("id", "application_id", "by_id", "door", "request_id", "arrived_at", "noted_at", "stamp", "key")
KEPT = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in REST)


@versioned(told=False)
class Attempt(OfApplication):
    """One attempt to submit. It is born as interrupted, which it stays when nobody could answer it any more.

    `arrived_at`: when the request reached the house, `noted_at`: when it was written down here. `stamp` and `sha256`
    say which content was to be submitted. `key` is the sender's own, as an id. The answer is filled in once.
    """

    class Outcome(models.TextChoices):
        INTERRUPTED = "INTERRUPTED", _("interrupted, or still under way")
        ACCEPTED = "ACCEPTED", _("accepted")
        REFUSED = "REFUSED", _("refused")

    # No constraint of the database: it would make the note wait for whoever acts on the application just now.
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="attempts", db_constraint=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    door = models.CharField(_("through"), max_length=8, choices=AuditRecord.Door)
    request_id = models.CharField(max_length=64, blank=True)
    arrived_at = models.DateTimeField(_("arrived"))
    noted_at = models.DateTimeField(_("noted"))
    stamp = models.PositiveIntegerField()
    key = models.UUIDField(null=True)
    sha256 = models.CharField(_("SHA-256 of the content"), max_length=64)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, default=Outcome.INTERRUPTED)
    reason = models.TextField(_("reason"), blank=True)
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-noted_at"]
        indexes = [models.Index(fields=["application", "-noted_at"], name="attempts_of_an_application")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="ACCEPTED", receipt__isnull=False, answered_at__isnull=False)
                | models.Q(outcome="REFUSED", receipt=None, answered_at__isnull=False)
                | models.Q(outcome="INTERRUPTED", receipt=None, answered_at=None),
                name="an_accepted_attempt_has_its_receipt",
            ),
            models.CheckConstraint(
                condition=models.Q(arrived_at__lte=models.F("noted_at")), name="nobody_arrives_after_being_noted"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="an_answer_is_given_once",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition(f"OLD.outcome <> 'INTERRUPTED' OR {KEPT}"),
                func="RAISE EXCEPTION 'an attempt stays as it was noted, and so does its answer';",
            ),
            pgtrigger.Protect(name="an_attempt_is_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.application} · {milliseconds(self.noted_at)}"
