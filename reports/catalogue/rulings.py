"""R35: what officers ruled on conflicts of interest that the house found."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import is_auditor, is_commission
from core.lists import Column
from evaluation.models import Ruling
from programmes.states import OPENED
from reports.about import CALL, HOUSE
from reports.columns import application_columns, the_application
from reports.report import Report


def rows(about, user):
    seen = Ruling.objects.visible_to(user)
    rows = seen.select_related("application__applicant", "person", "ruled_by")
    return rows.order_by("application__reference", "person__name", "pk")


COLUMNS = (
    *application_columns(the_application),
    Column("person", _("Person"), lambda row: row.person.name),
    Column("grounds", _("Grounds"), lambda row: " ".join(row.grounds)),
    Column("found", _("What was found"), lambda row: row.found),
    Column("status", _("Standing"), lambda row: str(row.get_status_display())),
    Column("reason", _("Reason"), lambda row: row.reason),
    Column("ruled_by", _("Ruled by"), lambda row: row.ruled_by.name),
    Column("ruled_at", _("Ruled"), lambda row: row.ruled_at),
)

REPORT = Report(
    slug="rulings",
    number="R35",
    title=_("Register of conflicts found and ruled on"),
    description=_(
        "Each conflict of interest that the house found by itself and an officer lifted or let stay, with its grounds "
        "and the reason."
    ),
    basis=("conflict_of_interests",),
    allowed=is_auditor | is_commission,
    since=OPENED,
    columns=COLUMNS,
    rows=rows,
    leads_to="application",
    kinds=(HOUSE, CALL),
    paper=("number", "person", "found", "status", "reason", "ruled_by", "ruled_at"),
)
