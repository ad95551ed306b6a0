"""R6: who sat on the evaluation committee, from which entity, and who signed."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import is_auditor, is_commission
from core.lists import Column
from evaluation.models import Seat
from programmes.states import OPENED
from reports.columns import yes_or_no
from reports.report import Report


def rows(about, user):
    seats = Seat.objects.visible_to(user).filter(call=about.call).select_related("member")
    return seats.order_by("appointed_at", "member__name", "pk")


COLUMNS = (
    Column("member", _("Member"), lambda seat: seat.member.name),
    Column("role", _("Role"), lambda seat: str(seat.member.role_label)),
    Column("entity", _("Organisational entity"), lambda seat: seat.entity),
    yes_or_no("under", _("Under the authorising officer responsible"), lambda seat: seat.under_authorising_officer),
    Column("appointed_at", _("Appointed"), lambda seat: seat.appointed_at),
    Column("declared_at", _("Declared absence of conflict"), lambda seat: seat.declared_at),
    Column("version", _("Version of the declaration"), lambda seat: seat.declaration_version),
    Column("status", _("Standing"), lambda seat: str(seat.get_status_display())),
    Column("signed_at", _("Signed the record"), lambda seat: seat.signed_at),
    Column("signed_sha256", _("SHA-256 of the list signed"), lambda seat: seat.signed_sha256),
    Column("ended_reason", _("Why it ended"), lambda seat: seat.ended_reason),
)

REPORT = Report(
    slug="committee",
    number="R6",
    title=_("Evaluation committee"),
    description=_(
        "The members with their entities, whether each stands under the authorising officer, their declarations, "
        "and which list each of them signed."
    ),
    basis=("evaluation_committee", "conflict_of_interests"),
    allowed=is_auditor | is_commission,
    since=OPENED,
    columns=COLUMNS,
    rows=rows,
    paper=("member", "role", "entity", "under", "appointed_at", "declared_at", "status", "signed_at", "signed_sha256"),
)
