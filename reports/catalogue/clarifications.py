"""R31: every clarification wanted after the opening, with its days and its answer: no proposal was changed by one."""

from django.utils.translation import gettext_lazy as _

from applications.models import Clarification
from core.lists import Column
from reports.about import CALL, HOUSE
from reports.columns import number
from reports.permissions import may_read_reports
from reports.report import Report
from reports.shown.people import name_of


def rows(about, user):
    """With the documents: two questions to the database, however many rows."""
    seen = Clarification.objects.visible_to(user).for_reading()
    return seen.prefetch_related("files").order_by("asked_at", "pk")


COLUMNS = (
    Column("number", _("Application"), lambda row: row.application.reference),
    Column("applicant", _("Applicant"), lambda row: row.application.applicant.name),
    Column("asked_at", _("Asked"), lambda row: row.asked_at),
    Column("asked_by", _("Asked by"), lambda row: row.asked_by.name),
    Column("text", _("Question"), lambda row: row.text),
    Column("due_on", _("To be answered by"), lambda row: row.due_on),
    Column("status", _("Status"), lambda row: str(row.get_status_display())),
    Column("because", _("Reason"), lambda row: row.because),
    Column("answered_at", _("Answered"), lambda row: row.answered_at),
    Column("answered_by", _("Answered by"), lambda row: name_of(row.answered_by)),
    Column("answer", _("Answer"), lambda row: row.answer),
    number("documents", _("Documents"), lambda row: len(row.files.all())),
    Column("sha256", _("SHA-256 of the documents"), lambda row: " ".join(file.sha256 for file in row.files.all())),
)

REPORT = Report(
    slug="clarifications",
    number="R31",
    title=_("Register of clarifications"),
    description=_(
        "Each question that was asked about an opened application, its last day, and the answer with its documents; "
        "what was moved or withdrawn, and why."
    ),
    basis=("call",),
    allowed=may_read_reports,
    columns=COLUMNS,
    rows=rows,
    leads_to="application",
    kinds=(HOUSE, CALL),
    paper=("number", "asked_at", "asked_by", "text", "due_on", "status", "answered_at", "answer", "documents"),
)
