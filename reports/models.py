"""Report files that the worker draws: asked for by a row, kept with their hash."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.rows import Row
from programmes.models import Call
from reports.querysets import ReportFileQuerySet
from reports.states import ReportFileStatus


class ReportFile(Row):
    """One download asked for: which report, of which call, in which form, by whom; its bytes' SHA-256 once drawn."""

    class Form(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"
        PDF = "pdf", "PDF"

    report = models.SlugField(_("report"))
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+", null=True)
    form = models.CharField(_("form"), max_length=4, choices=Form)
    status = models.CharField(max_length=10, choices=ReportFileStatus)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    path = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField(null=True)

    objects = ReportFileQuerySet.as_manager()

    def __str__(self):
        return f"{self.report}.{self.form}"

    def get_absolute_url(self):
        return reverse("report_file", args=[self.pk])

    def audit_scope(self):
        return {"call_id": self.call_id}
