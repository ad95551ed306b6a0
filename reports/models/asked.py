"""Report files and evidence packs that the worker makes: asked for by a row, kept with their hash."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.history import versioned
from audit.models import AuditRecord, Look
from core.formats import brief
from core.rows import Row, Stamped
from programmes.models import Call
from reports.about import About
from reports.querysets import AccessQuerySet, PackQuerySet, ProofRunQuerySet, ReportFileQuerySet, TrailQuerySet
from reports.states import PackStatus, ProofRunStatus, ReportFileStatus


@versioned()
class ReportFile(Stamped, Row):
    """One download asked for: which report, about what, as of when, in which form, by whom; once drawn its SHA-256.

    `about` is reports.about.About as data, `about_name` what it is called; `at` is a moment of the past, none for now.
    `rows_sha256` is the SHA-256 of the same rows as CSV, printed in every form of the report; `data_at` is the time of
    the newest record of the trail that the rows could tell of.
    """

    class Form(models.TextChoices):
        CSV = "csv", "CSV"
        SEMICOLON = "csv-semicolon", _("CSV with semicolons")
        XLSX = "xlsx", "XLSX"
        PDF = "pdf", "PDF"

    report = models.SlugField(_("report"))
    about = models.JSONField(default=dict)
    about_name = models.CharField(_("about"), max_length=200, blank=True)
    at = models.DateTimeField(_("as of"), null=True)
    form = models.CharField(_("form"), max_length=13, choices=Form)
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


@versioned(exclude=["progress"])
class ProofRun(Stamped, Row):
    """All proofs of the house, carried out once: begun by the clock each night, or by a person.

    `results`: [{"proof", "looked_at", "faults", "named"}], a line for each proof; `named` are sentences of the first of
    its faults. `progress` is how far it is while it is under way (`reports.actions.runs`), no matter of the trail's.
    """

    status = models.CharField(_("result"), max_length=10, choices=ProofRunStatus)
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(_("begun"))
    ended_at = models.DateTimeField(_("ended"), null=True)
    looked_at = models.PositiveBigIntegerField(_("things looked at"), default=0)
    fault_count = models.PositiveBigIntegerField(_("faults"), default=0)
    results = models.JSONField(default=list)
    progress = models.JSONField(default=dict)

    objects = ProofRunQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-begun_at", "-id"], name="proof_runs_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["status"], condition=models.Q(status="UNDER_WAY"), name="one_run_of_proofs_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(status="UNDER_WAY", ended_at=None)
                | ~models.Q(status="UNDER_WAY") & models.Q(ended_at__isnull=False),
                name="a_run_of_proofs_that_ended_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="PROVED") | models.Q(fault_count=0), name="what_is_proved_has_no_fault"
            ),
        ]

    def __str__(self):
        return str(_("Proofs of %(moment)s") % {"moment": brief(self.begun_at)})

    def get_absolute_url(self):
        return reverse("proof_run", args=[self.pk])


@versioned()
class Pack(Stamped, Row):
    """One evidence pack asked for: of which call, of which of its applications (none named: all of them), without what.

    `left_out` are names of `reports.withheld`, `documents_left_out` names or hashes of documents; `head` is the number
    of the checkpoint against which its records are proved. Its records and promises name nobody's call or application:
    what is audited is told to auditors alone.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    numbers = ArrayField(models.CharField(max_length=80), default=list)
    left_out = models.JSONField(_("withheld"), default=list)
    documents_left_out = models.JSONField(_("documents withheld"), default=list)
    status = models.CharField(max_length=10, choices=PackStatus)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    path = models.CharField(max_length=200, blank=True)
    name = models.CharField(_("file name"), max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("size (bytes)"), default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    entry_count = models.PositiveIntegerField(_("entries"), default=0)
    head = models.PositiveBigIntegerField(_("checkpoint"), null=True)
    made_at = models.DateTimeField(_("made"), null=True)

    objects = PackQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["asked_by", "-asked_at", "-id"], name="packs_of_a_person")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="MADE") | ~models.Q(sha256="") & ~models.Q(path=""),
                name="a_pack_is_kept_with_its_hash",
            )
        ]

    def __str__(self):
        return str(_("Evidence pack"))

    @property
    def about(self):
        if not self.numbers:
            return self.call.reference
        more = len(self.numbers) - 1
        return f"{self.numbers[0]} +{more}" if more else self.numbers[0]

    def get_absolute_url(self):
        return reverse("pack", args=[self.pk])


class AccessEntry(Look):
    """A row of the access log as auditors read it: who may see which stands in `AccessQuerySet`."""

    objects = AccessQuerySet.as_manager()

    class Meta:
        proxy = True

    @property
    def public_name(self):
        """Its mark: ids count the looks of everybody."""
        return self.mark


class TrailRecord(AuditRecord):
    """A record of the trail as readers of reports see it: who may see which stands in `TrailQuerySet`."""

    objects = TrailQuerySet.as_manager()

    class Meta:
        proxy = True

    @property
    def public_name(self):
        """Its name: ids count the records of everybody, also those that its reader may not see."""
        return f"{self.chain}:{self.sequence}"
