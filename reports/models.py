"""Report files that the worker draws: asked for by a row, kept with their hash."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.history import versioned
from audit.models import AuditRecord
from core.rows import Row, Stamped
from reports.about import About
from reports.querysets import ReportFileQuerySet, TrailQuerySet
from reports.states import ReportFileStatus


@versioned()
class ReportFile(Stamped, Row):
    """One download asked for: which report, about what, as of when, in which form, by whom; once drawn its SHA-256.

    `about` is reports.about.About as data, `about_name` what it is called; `at` is a moment of the past, none for now.
    `rows_sha256` is the SHA-256 of the same rows as CSV, printed in every form of the report; `data_at` is the time of
    the newest record of the trail that the rows could tell of.
    """

    class Form(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"
        PDF = "pdf", "PDF"

    report = models.SlugField(_("report"))
    about = models.JSONField(default=dict)
    about_name = models.CharField(_("about"), max_length=200, blank=True)
    at = models.DateTimeField(_("as of"), null=True)
    form = models.CharField(_("form"), max_length=4, choices=Form)
    status = models.CharField(max_length=10, choices=ReportFileStatus)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    path = models.CharField(max_length=200, blank=True)
    name = models.CharField(_("file name"), max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("size (bytes)"), default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    rows_sha256 = models.CharField(max_length=64, blank=True)
    row_count = models.PositiveIntegerField(_("rows"), default=0)
    data_at = models.DateTimeField(_("state of the data"), null=True)
    drawn_at = models.DateTimeField(null=True)

    objects = ReportFileQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["asked_by", "-asked_at", "-id"], name="report_files_of_a_person")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="DRAWN") | ~models.Q(sha256="") & ~models.Q(path=""),
                name="a_drawn_report_is_kept_with_its_hash",
            )
        ]

    def __str__(self):
        return f"{self.report}.{self.form} · {self.about_name}" if self.about_name else f"{self.report}.{self.form}"

    def get_absolute_url(self):
        return reverse("report_file", args=[self.pk])

    def audit_scope(self):
        return About.read(self.about).audit_scope()


class TrailRecord(AuditRecord):
    """A record of the trail as readers of reports see it: who may see which stands in `TrailQuerySet`."""

    objects = TrailQuerySet.as_manager()

    class Meta:
        proxy = True

    @property
    def public_name(self):
        """Its name: ids count the records of everybody, also those that its reader may not see."""
        return f"{self.chain}:{self.sequence}"
