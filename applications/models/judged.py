"""What stands for an application once it is sent: its receipts, and the checks of the conditions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models.proposal import Application, OfApplication
from applications.querysets import CheckQuerySet, ReceiptQuerySet
from applications.states import CheckStatus
from audit.history import versioned
from core.rows import Stamped


@versioned()
class Receipt(OfApplication):
    """Proof of one submission: the exact content as canonical JSON and its SHA-256, drawn once as a PDF.

    The page and the PDF print the hash of the submission's audit record beside it: with it the applicant holds the
    head of the application's chain.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="receipts")
    version = models.PositiveSmallIntegerField(_("version"))
    issued_at = models.DateTimeField(_("received"))
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    files = models.JSONField(default=list)
    pdf_path = models.CharField(max_length=200, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField(null=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["application", "version"], name="one_receipt_for_a_version")]

    def __str__(self):
        return f"{self.application} v{self.version}"


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

    objects = CheckQuerySet.as_manager()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["application", "code"], name="a_condition_is_checked_once")]

    def __str__(self):
        return f"{self.application} · {self.criterion}"
