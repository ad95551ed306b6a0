"""R24: that no ground for exclusion stands against anybody: what was declared, by whom, and what was found."""

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from applications.models import Check, Receipt
from core.lists import Column
from programmes.states import OPENED
from reports.about import CALL, HOUSE
from reports.columns import application_columns, number, the_application, yes_or_no
from reports.permissions import may_read_reports
from reports.report import Report
from reports.shown.people import name_of


def rows(about, user):
    """With the receipt in which the declaration stands: the last one is what is judged."""
    last = Receipt.objects.filter(application=OuterRef("application")).order_by("-version")
    return (
        Check.objects.visible_to(user).filter(kind=Check.Kind.EXCLUSION)
        .annotate(**{f"receipt_{name}": Subquery(last.values(source)[:1]) for name, source in RECEIPT.items()})
        .select_related("application__applicant", "officer")
        .prefetch_related("application__partners")
        .order_by("application__reference", "order", "code")
    )  # fmt: skip


RECEIPT = {"version": "version", "at": "issued_at", "by": "submitted_by__name", "sha256": "sha256"}


def covered(check):
    """For whom it is declared: with what each is known by in other registers."""
    return "; ".join(known_by(one) for one in check.application.partners.all())


def known_by(partner):
    said = [partner.country, partner.registration_number, partner.vat_number and f"VAT {partner.vat_number}"]
    return f"{partner.name} ({', '.join(filter(None, said))})"


COLUMNS = (
    *application_columns(the_application),
    Column("covered", _("Organisations it covers"), covered),
    Column("criterion", _("Announced condition"), lambda check: check.criterion),
    number("version", _("Declared in submission"), lambda check: check.receipt_version),
    Column("declared_at", _("Declared"), lambda check: check.receipt_at),
    Column("declared_by", _("Declared by"), lambda check: check.receipt_by or ""),
    Column("sha256", _("SHA-256 of the content"), lambda check: check.receipt_sha256 or ""),
    Column("found", _("Found"), lambda check: check.found),
    yes_or_no("passed", _("Passed"), lambda check: check.passed),
    Column("status", _("Standing"), lambda check: str(check.get_status_display())),
    Column("officer", _("Officer"), lambda check: name_of(check.officer)),
    Column("decided_at", _("Confirmed or overridden"), lambda check: check.decided_at),
    Column("reason", _("Reason of the officer"), lambda check: check.reason),
)

REPORT = Report(
    slug="exclusion",
    number="R24",
    title=_("Checks of the grounds for exclusion"),
    description=_(
        "The declaration on honour of each application: in which submission it stands, who gave it, for which "
        "organisations with their numbers, what was found and who confirmed it. Queries in EDES are recorded elsewhere."
    ),
    basis=("exclusion", "applications"),
    allowed=may_read_reports,
    since=OPENED,
    columns=COLUMNS,
    rows=rows,
    leads_to="application",
    kinds=(HOUSE, CALL),
    paper=("number", "applicant", "member_state", "covered", "declared_at", "declared_by", "found", "passed", "status"),
)
