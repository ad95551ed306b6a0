"""R2: the register of submissions: each receipt that was ever given, the withdrawn ones too."""

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from applications.models import Receipt
from applications.states import ApplicationPhase
from core.lists import Column
from programmes.states import OPENED
from reports.about import CALL, FILTERS, HOUSE
from reports.columns import application_columns, number, the_application
from reports.models import TrailRecord
from reports.permissions import may_read_reports
from reports.querysets import on_the_register
from reports.report import Report

DOORS = dict(TrailRecord.Door.choices)


def rows(about, user):
    chain = Concat(Value("application:"), Cast(OuterRef("application_id"), CharField()))
    handed_in = TrailRecord.objects.filter(chain=chain, act="application.submit", at=OuterRef("issued_at"))
    return (
        Receipt.objects.filter(application__in=about.narrow(on_the_register(user), "").values("pk"))
        .annotate(door=Coalesce(Subquery(handed_in.values("door")[:1]), Value("")))
        .select_related("application__applicant", "submitted_by")
        .order_by("issued_at", "pk")
    )


def standing(receipt):
    """What became of this submission."""
    application = receipt.application
    if receipt.version < application.versions:
        return str(_("replaced by a later one"))
    if application.stands_in(ApplicationPhase.ENDED):
        return str(_("withdrawn"))
    return str(_("in force"))


def files_of(receipt):
    return "; ".join(f"{file['name']} (SHA-256 {file['sha256']})" for file in receipt.files)


COLUMNS = (
    *application_columns(the_application),
    number("version", _("Submission"), lambda receipt: receipt.version),
    Column("issued_at", _("Received"), lambda receipt: receipt.issued_at),
    Column("submitted_by", _("Submitted by"), lambda receipt: receipt.submitted_by.name),
    Column("door", _("Through"), lambda receipt: str(DOORS.get(receipt.door, ""))),
    Column("standing", _("Standing"), standing),
    Column("sha256", _("SHA-256 of the content"), lambda receipt: receipt.sha256),
    Column("files", _("Files"), files_of),
)  # fmt: skip

REPORT = Report(
    slug="submissions",
    number="R2",
    title=_("Register of submissions"),
    description=_(
        "Every submission with its exact time of receipt, the hash of its content and of its files, and whether it was "
        "replaced or withdrawn."
    ),
    basis=("submission",),
    allowed=may_read_reports,
    since=OPENED,
    columns=COLUMNS,
    rows=rows,
    kinds=(HOUSE, CALL, *FILTERS),
    paper=("number", "acronym", "applicant", "member_state", "version", "issued_at", "door", "standing", "sha256"),
)
