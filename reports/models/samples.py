"""A sample of applications: announced with all that decides it, drawn when nobody can choose any more."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.history import versioned
from core.formats import brief
from core.rows import Row, Stamped
from reports.models.asked import ReportFile
from reports.querysets import SampleQuerySet
from reports.states import SampleStatus


@versioned()
class Sample(Stamped, Row):
    """`file` is the population, a CSV of R39 kept with its hash; `strata` what splits it, `bounds` those of amounts.

    The seed comes from `phrase`, the auditor's, and from `root`: that of the checkpoint that took up the record of the
    announcement, which nobody could know then. `numbers` are those that were drawn. As with packs, what is audited is
    told to auditors alone, so records name nobody's call.
    """

    class Strata(models.TextChoices):
        NOTHING = "", _("no strata: simple random")
        MEMBER_STATE = "MEMBER_STATE", _("Member State of the applicant")
        STATUS = "STATUS", _("status of the application")
        AMOUNT = "AMOUNT", _("bands of the amount requested")

    file = models.ForeignKey(ReportFile, on_delete=models.PROTECT, related_name="+")
    population_sha256 = models.CharField(_("SHA-256 of the population"), max_length=64)
    population_size = models.PositiveIntegerField(_("applications in the population"))
    size = models.PositiveIntegerField(_("size"))
    strata = models.CharField(_("strata"), max_length=12, choices=Strata, blank=True)
    bounds = ArrayField(models.DecimalField(max_digits=14, decimal_places=2), default=list)
    phrase = models.CharField(_("your words"), max_length=200)
    status = models.CharField(max_length=10, choices=SampleStatus)
    announced_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    announced_at = models.DateTimeField(_("announced"))
    checkpoint = models.PositiveBigIntegerField(_("checkpoint"), null=True)
    root = models.CharField(_("root of the checkpoint"), max_length=64, blank=True)
    seed = models.CharField(_("seed"), max_length=64, blank=True)
    numbers = ArrayField(models.CharField(max_length=80), default=list)
    drawn_at = models.DateTimeField(_("drawn"), null=True)

    objects = SampleQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["announced_by", "-announced_at", "-id"], name="samples_of_a_person")]

    def __str__(self):
        return str(_("Sample of %(moment)s") % {"moment": brief(self.announced_at)}) if self.announced_at else ""

    def get_absolute_url(self):
        return reverse("sample", args=[self.pk])
