"""R20: every finding of an auditor, to whom, until when, what was replied, whether it was implemented."""

from django.utils.translation import gettext_lazy as _

from core.lists import Column
from reports.about import CALL, HOUSE
from reports.columns import yes_or_no
from reports.models import Finding
from reports.permissions import may_read_reports
from reports.report import Report
from reports.shown.people import name_of


def rows(about, user):
    """Of one call those that are about it; of the whole house also those that are about none."""
    seen = Finding.objects.visible_to(user).for_reading()
    return (seen.filter(call=about.call) if about.call else seen).order_by("found_at", "pk")


COLUMNS = (
    Column("number", _("Number"), lambda row: row.reference),
    Column("body", _("Audit body"), lambda row: row.body),
    Column("call", _("Call"), lambda row: row.call.reference if row.call else ""),
    Column("application", _("Application"), lambda row: row.application.reference if row.application else ""),
    Column("decision", _("Award decision"), lambda row: row.decision.number if row.decision else ""),
    Column("evidence", _("SHA-256 of the evidence"), lambda row: row.file.sha256 if row.file else ""),
    Column("title", _("Title"), lambda row: row.title),
    Column("text", _("Finding"), lambda row: row.text),
    Column("recommendation", _("Recommendation"), lambda row: row.recommendation),
    Column("severity", _("Severity"), lambda row: str(row.get_severity_display())),
    Column("owner", _("Addressed to"), lambda row: row.addressed_to),
    Column("due_on", _("Due"), lambda row: row.due_on),
    Column("status", _("Status"), lambda row: str(row.get_status_display())),
    yes_or_no("overdue", _("Overdue"), lambda row: row.is_overdue),
    Column("found_by", _("Recorded by"), lambda row: row.found_by.name),
    Column("found_at", _("Recorded"), lambda row: row.found_at),
    Column("sent_at", _("Sent"), lambda row: row.sent_at),
    Column("reply", _("Reply"), lambda row: row.reply),
    Column("replied_by", _("Replied by"), lambda row: name_of(row.replied_by)),
    Column("replied_at", _("Replied"), lambda row: row.replied_at),
    Column("done", _("What was done"), lambda row: row.done),
    Column("claimed_at", _("Said to be implemented"), lambda row: row.claimed_at),
    Column("closed_at", _("Closed"), lambda row: row.closed_at),
    Column("because", _("Reason of the last step of the auditor"), lambda row: row.because),
    Column("replaces", _("Replaces"), lambda row: str(row.replaces or "")),
)

REPORT = Report(
    slug="findings",
    number="R20",
    title=_("Findings of auditors"),
    description=_(
        "Each finding with its recommendation, to whom it is addressed, its day, the reply, whether it was implemented "
        "or is overdue. Auditors read those of their body, the programme office what is addressed to it."
    ),
    basis=("it_systems",),
    allowed=may_read_reports,
    columns=COLUMNS,
    rows=rows,
    kinds=(HOUSE, CALL),
    paper=("number", "title", "severity", "owner", "due_on", "status", "overdue", "reply"),
)
