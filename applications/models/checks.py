"""What is found about an application once it is opened: the checks of the conditions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models.proposal import Application, OfApplication
from applications.querysets import CheckQuerySet
from applications.states import CheckStatus
from audit.history import versioned
from core.rows import Stamped


@versioned()
class Check(Stamped, OfApplication):
    """One admissibility, eligibility or exclusion check against an announced condition (FR Art. 200)."""

    class Kind(models.TextChoices):
        ADMISSIBILITY = "ADMISSIBILITY", _("admissibility")
        ELIGIBILITY = "ELIGIBILITY", _("eligibility")
        EXCLUSION = "EXCLUSION", _("exclusion")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="checks")
    status = models.CharField(max_length=10, choices=CheckStatus)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    code = models.CharField(max_length=30)
    criterion = models.CharField(_("announced condition"), max_length=300)
    found = models.CharField(_("found"), max_length=500)
    passed_by_system = models.BooleanField()
    passed = models.BooleanField(_("passed"))
    reason = models.TextField(_("reason"), blank=True)
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    order = models.PositiveSmallIntegerField(default=0)
    batch = models.ForeignKey("applications.CheckBatch", on_delete=models.PROTECT, related_name="checks", null=True)

    objects = CheckQuerySet.as_manager()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["application", "code"], name="a_condition_is_checked_once")]

    def __str__(self):
        return f"{self.application} · {self.criterion}"
