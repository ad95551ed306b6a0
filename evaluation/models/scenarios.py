"""What an officer supposed of a ranked list, kept under a name: never a list, and nothing rests on it."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.history import versioned
from core.rows import Row, Stamped
from evaluation.models.ranking import RankedList
from evaluation.querysets import ScenarioQuerySet
from evaluation.states import ScenarioStatus
from programmes.models import Call


@versioned()
class Scenario(Stamped, Row):
    """What is supposed, of one version of the list; the outcome is computed anew by whoever reads.

    `terms`: weights, thresholds, ties, budget, evaluators left out, partial funding (`evaluation.sureness.kept`).
    `sha256`: of the outcome as its author saw it. `follows`: the scenario that was computed anew by this one.
    """

    ranked_list = models.ForeignKey(RankedList, on_delete=models.PROTECT, related_name="scenarios")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="scenarios")
    status = models.CharField(_("status"), max_length=10, choices=ScenarioStatus)
    name = models.CharField(_("name"), max_length=80)
    note = models.TextField(_("note"), blank=True, max_length=2000)
    terms = models.JSONField()
    sha256 = models.CharField(max_length=64)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, related_name="followed_by", null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("saved"))

    is_watched = True  # its page names proposals
    objects = ScenarioQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ranked_list", "name"], condition=models.Q(status="KEPT"), name="scenarios_of_a_list_have_names"
            )
        ]
        indexes = [
            models.Index(fields=["made_at", "id"], name="scenarios_by_time"),
            models.Index(fields=["call", "made_at", "id"], name="scenarios_of_a_call"),
        ]

    def __str__(self):
        return str(_("Scenario “%(name)s”") % {"name": self.name})

    def get_absolute_url(self):
        return reverse("scenario", args=[self.pk])

    @property
    def chain(self):
        return self.call.chain

    def audit_scope(self):
        return self.call.audit_scope()
