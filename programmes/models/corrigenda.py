"""Changes of a published call, each with its reason and two people."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.history import versioned
from core.rows import Row
from programmes.models.calls import Call
from programmes.querysets import CorrigendumQuerySet


@versioned()
class Corrigendum(Row):
    """A change of a published call: what changes, and why (FR Art. 194(3)). Proposed by one person, it has a number
    once another has published it; nobody is named in those from before two people were asked for."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="corrigenda")
    number = models.PositiveSmallIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    proposed_at = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    dropped_at = models.DateTimeField(null=True)
    reason = models.TextField(_("reason"))
    changes = models.JSONField()

    objects = CorrigendumQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="corrigenda_are_numbered"),
            models.UniqueConstraint(
                fields=["call"],
                condition=models.Q(published_at=None, dropped_at=None),
                name="one_corrigendum_of_a_call_waits",
            ),
            models.CheckConstraint(
                condition=models.Q(number=None, published_at=None)
                | models.Q(number__isnull=False, published_at__isnull=False, dropped_at=None),
                name="a_published_corrigendum_has_its_number",
            ),
            models.CheckConstraint(
                condition=models.Q(proposed_by=None)
                | models.Q(published_by=None)
                | ~models.Q(proposed_by=models.F("published_by")),
                name="nobody_publishes_the_own_corrigendum",
            ),
        ]

    @property
    def gives_time(self):
        return "closes_at" in self.changes

    @property
    def reopens(self):
        """It was published when the closing time that it moves was over."""
        if not self.gives_time or self.published_at is None:
            return False
        return self.published_at >= datetime.fromisoformat(self.changes["closes_at"][0])

    def __str__(self):
        return f"{self.call} – corrigendum {self.number or '–'}"

    def audit_scope(self):
        return self.call.audit_scope()
