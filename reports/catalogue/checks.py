"""R3: each admissibility, eligibility and exclusion check, what was found, and who confirmed or overrode it."""

from django.utils.translation import gettext_lazy as _

from applications.models import Check
from core.lists import Column
from programmes.states import OPENED
from reports.about import CALL, HOUSE
from reports.columns import application_columns, the_application, yes_or_no
from reports.permissions import may_read_reports
from reports.report import Report
from reports.shown.people import name_of


def rows(about, user):
    return (
        Check.objects.visible_to(user)
        .select_related("application__applicant", "officer")
        .order_by("application__reference", "order", "code")
    )


COLUMNS = (
    *application_columns(the_application),
    Column("kind", _("Kind"), lambda check: str(check.get_kind_display())),
    Column("criterion", _("Announced condition"), lambda check: check.criterion),
    Column("found", _("Found"), lambda check: check.found),
    yes_or_no("passed_by_system", _("Passed by the system"), lambda check: check.passed_by_system),
    yes_or_no("passed", _("Passed"), lambda check: check.passed),
    Column("status", _("Standing"), lambda check: str(check.get_status_display())),
    Column("reason", _("Reason of the officer"), lambda check: check.reason),
    Column("officer", _("Officer"), lambda check: name_of(check.officer)),
    Column("decided_at", _("Confirmed or overridden"), lambda check: check.decided_at),
)

REPORT = Report(
    slug="checks",
    number="R3",
    title=_("Admissibility and eligibility checks"),
    description=_(
        "Each announced condition against each application: what the system found, who confirmed it or overrode it, "
        "and why."
    ),
    basis=("eligible_applicants", "exclusion", "four_eyes"),
    allowed=may_read_reports,
    since=OPENED,
    columns=COLUMNS,
    rows=rows,
    leads_to="application",
    kinds=(HOUSE, CALL),
    paper=("number", "member_state", "kind", "criterion", "found", "passed", "status", "reason", "officer"),
)
