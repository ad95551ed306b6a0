"""R38: every notice before an adverse decision, its days, the observations and how they were taken into account."""

from django.utils.translation import gettext_lazy as _

from applications.models import Hearing
from core.lists import Column
from reports.about import CALL, HOUSE
from reports.columns import number
from reports.permissions import may_read_reports
from reports.report import Report
from reports.shown.people import name_of


def rows(about, user):
    """With the documents: two questions to the database, however many rows."""
    seen = Hearing.objects.visible_to(user).for_reading()
    return seen.prefetch_related("files").order_by("asked_at", "pk")


COLUMNS = (
    Column("reference", _("Notice"), lambda row: row.reference),
    Column("number", _("Application"), lambda row: row.application.reference),
    Column("applicant", _("Applicant"), lambda row: row.application.applicant.name),
    Column("measure", _("What is intended"), lambda row: str(row.get_measure_display())),
    Column("asked_at", _("Sent"), lambda row: row.asked_at),
    Column("asked_by", _("Sent by"), lambda row: row.asked_by.name),
    Column("text", _("Facts"), lambda row: row.text),
    Column("intended", _("Intended decision"), lambda row: row.intended),
    Column("due_on", _("Observations until"), lambda row: row.due_on),
    Column("status", _("Status"), lambda row: str(row.get_status_display())),
    Column("because", _("Reason"), lambda row: row.because),
    Column("answered_at", _("Observations of"), lambda row: row.answered_at),
    Column("answered_by", _("Submitted by"), lambda row: name_of(row.answered_by)),
    Column("answer", _("Observations"), lambda row: row.answer),
    number("documents", _("Documents"), lambda row: len(row.files.all())),
    Column("sha256", _("SHA-256 of the documents"), lambda row: " ".join(file.sha256 for file in row.files.all())),
    Column("considered", _("How they were taken into account"), lambda row: row.considered),
    Column("settled_at", _("Settled"), lambda row: row.settled_at),
    Column("settled_by", _("Settled by"), lambda row: name_of(row.settled_by)),
)

REPORT = Report(
    slug="hearings",
    number="R38",
    title=_("Register of notices before adverse decisions"),
    description=_(
        "Each notice of what was intended to an applicant's disadvantage, the facts, its last day, the observations "
        "with their documents, and how they were taken into account; what was moved or withdrawn, and why."
    ),
    basis=("call",),
    allowed=may_read_reports,
    columns=COLUMNS,
    rows=rows,
    leads_to="application",
    kinds=(HOUSE, CALL),
    paper=("reference", "measure", "asked_at", "text", "due_on", "status", "answer", "considered", "settled_at"),
)
