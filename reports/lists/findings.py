"""Findings: for their auditors, and for whom they are addressed to."""

from django.utils.translation import gettext_lazy as _

from core.formats import brief, brussels_day
from core.lists import Column, RowList, choice, search
from core.lists.kinds import CODE, DAY, MOMENT, TRUTH
from core.statuses import status_column, status_filter
from reports.models import Finding
from reports.shown.findings import TONES
from reports.states import AUDITORS_TURN, OPEN_FINDINGS, OWNERS_TURN, FindingStatus

OVERDUE = [("yes", _("overdue")), ("no", _("not overdue"))]


def by_overdue(findings, value):
    return findings.overdue() if value == "yes" else findings.not_overdue()


class FindingList(RowList):
    title = _("Findings of auditors")
    empty_text = _("No finding.")
    name = "findings"
    default_sort = "due_on"
    columns = (
        Column("reference", _("Number"), lambda row: row.reference, url=lambda row: row.get_absolute_url()),
        Column("title", _("Title"), lambda row: row.title, wide=True),
        Column("severity", _("Severity"), lambda row: row.severity, text=lambda row: row.get_severity_display(),
               kind=CODE, choices=Finding.Severity),
        Column("addressed_to", _("Addressed to"), lambda row: row.addressed_to),
        status_column(TONES),
        Column("due_on", _("Due"), lambda row: row.due_on, text=lambda row: brussels_day(row.due_on), sort="due_on",
               kind=DAY),
        Column("is_overdue", _("Overdue"), lambda row: row.is_overdue,
               text=lambda row: _("overdue") if row.is_overdue else "",
               tone=lambda row: "bad" if row.is_overdue else "", kind=TRUTH),
        Column("found_at", _("Recorded"), lambda row: row.found_at, text=lambda row: brief(row.found_at),
               sort="found_at", kind=MOMENT),
    )  # fmt: skip
    filters = (
        search("reference", "title"),
        status_filter(FindingStatus, OWNERS_TURN, AUDITORS_TURN, OPEN_FINDINGS),
        choice("severity", _("Severity"), Finding.Severity.choices),
        choice("overdue", _("Overdue"), OVERDUE, narrow=by_overdue),
    )

    def all_rows(self):
        rows = Finding.objects.visible_to(self.user).select_related("organisation")
        return rows.defer("text", "recommendation", "reply", "done", "because")
