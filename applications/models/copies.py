"""What an applicant takes from a proposal: its draft on paper, and what of it goes into another one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models.proposal import Application, OfApplication
from applications.querysets import DraftPaperQuerySet, WorkQuerySet
from applications.states import DraftPaperPhase, DraftPaperStatus
from audit.history import versioned
from core.rows import Stamped


@versioned()
class DraftPaper(Stamped, OfApplication):
    """The whole draft as a PDF with a watermark, drawn once by the worker from what is saved then.

    `sha256` is of that content, `typed` counts the answers that stood in it as they were typed.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="draft_papers")
    status = models.CharField(_("status"), max_length=10, choices=DraftPaperStatus)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    drawn_at = models.DateTimeField(_("drawn"), null=True)
    sha256 = models.CharField(_("SHA-256 of the content"), max_length=64, blank=True)
    typed = models.PositiveSmallIntegerField(default=0)
    pdf_path = models.CharField(max_length=200, blank=True)
    pdf_sha256 = models.CharField(_("SHA-256 of the paper"), max_length=64, blank=True)

    objects = DraftPaperQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(status__in=[*DraftPaperPhase.ASKED]),
                name="one_draft_paper_is_drawn_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(pdf_path="") & ~models.Q(pdf_sha256="") & ~models.Q(sha256="")
                | ~models.Q(status__in=[*DraftPaperPhase.DRAWN]),
                name="a_drawn_draft_is_kept_with_its_hashes",
            ),
        ]

    def __str__(self):
        return f"{self.application} – {_('draft on paper')}"

    @property
    def file_name(self):
        return f"draft-{self.application.pk}-{self.sha256[:8]}.pdf"


@versioned()
class Copy(OfApplication):
    """What was taken into an application from an earlier one of the same organisation.

    `parts`: the names of those into which something was copied; `left`: what was not, and why:
    [{"part", "what", "why"}], in words.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="copies")
    source = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("copied"))
    parts = models.JSONField(default=list)
    left = models.JSONField(default=list)

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return f"{self.application} ← {self.source}"
