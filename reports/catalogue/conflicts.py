"""R5: the declarations of absence of conflict of interest, and the conflicts that were declared."""

from django.utils.translation import gettext_lazy as _

from core.lists import Column
from evaluation.models import Assessment
from programmes.states import OPENED
from reports.about import CALL, HOUSE
from reports.columns import application_columns, number, the_application
from reports.permissions import may_read_reports
from reports.report import Report
from reports.shown.people import name_of


def rows(about, user):
    return (
        Assessment.objects.visible_to(user)
        .select_related("application__applicant", "evaluator", "assigned_by", "round")
        .order_by("application__reference", "assigned_at", "evaluator__name", "pk")
    )


COLUMNS = (
    *application_columns(the_application),
    Column("person", _("Evaluator"), lambda row: row.evaluator.name),
    Column("entity", _("Entity"), lambda row: row.evaluator.entity),
    Column("assigned_by", _("Assigned by"), lambda row: name_of(row.assigned_by)),
    Column("assigned_at", _("Assigned"), lambda row: row.assigned_at),
    Column("declared_at", _("Declared absence of conflict"), lambda row: row.declared_at),
    Column("version", _("Version of the declaration"), lambda row: row.declaration_version),
    Column("declaration", _("Text declared"), lambda row: row.declaration),
    Column("status", _("Standing"), lambda row: str(row.get_status_display())),
    Column("ended_reason", _("Why it ended"), lambda row: row.ended_reason),
    number("round", _("Round"), lambda row: row.round and row.round.ordinal),
)

REPORT = Report(
    slug="conflicts",
    number="R5",
    title=_("Conflict-of-interest register"),
    description=_(
        "Each evaluator's declaration for each application with its time and exact text, and each conflict declared, "
        "with what followed."
    ),
    basis=("conflict_of_interests",),
    allowed=may_read_reports,
    since=OPENED,
    columns=COLUMNS,
    rows=rows,
    leads_to="application",
    kinds=(HOUSE, CALL),
    paper=("number", "person", "entity", "assigned_by", "assigned_at", "declared_at", "version", "status",
           "ended_reason"),
)  # fmt: skip
