"""What an officer ruled on a conflict of interest that the house found: it bars no more, or bars for good."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.models import Application, OfApplication
from audit.history import versioned
from core.rows import Stamped
from evaluation.querysets import RulingQuerySet
from evaluation.states import RulingPhase, RulingStatus


@versioned()
class Ruling(Stamped, OfApplication):
    """On one person and one application. `grounds` and `found`: the names and the sentences of what was found then; a
    ground that is found later is not lifted by it."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="rulings")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="rulings")
    status = models.CharField(gettext_lazy("status"), max_length=10, choices=RulingStatus)
    grounds = ArrayField(models.CharField(max_length=20), default=list)
    found = models.TextField(gettext_lazy("what was found"), blank=True)
    reason = models.TextField(gettext_lazy("reason"))
    ruled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField(gettext_lazy("ruled"))

    objects = RulingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "person"], name="a_pair_has_one_ruling")]
        indexes = [models.Index(fields=["ruled_at", "id"], name="rulings_by_time")]

    def __str__(self):
        return f"{self.application} · {self.person}"

    def get_absolute_url(self):
        return reverse("rule_on_conflict", args=[self.application_id, self.person_id])

    def leaves(self, found):
        """Of {ground: sentence}: what bars all the same."""
        if self.stands_in(RulingPhase.PINNED):
            return found or {"pinned": self.found or _("An officer holds a conflict of interest on file.")}
        return {name: sentence for name, sentence in found.items() if name not in self.grounds}
