"""R39: the population: every organisation of every application, with its numbers and the money, for auditors' tools."""

from django.db.models import OuterRef, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from applications.models import BudgetLine, Partner
from awards.models import DecisionLine
from core.lists import Column
from programmes.states import OPENED
from reports.about import CALL, HOUSE
from reports.columns import money, number, rate
from reports.permissions import may_read_reports
from reports.report import Report

AWARD = {"outcome": "outcome", "contribution": "contribution", "rate": "rate", "decision": "decision__number",
         "decided_at": "decision__decided_at"}  # fmt: skip


def rows(about, user):
    """Organisations of whatever was opened, the coordinator first, with what is in force for their application."""
    lines = DecisionLine.objects.visible_to(user).in_force().filter(application=OuterRef("application"))
    costs = BudgetLine.objects.filter(partner=OuterRef("pk")).order_by().values("partner")
    in_force = {f"award_{name}": Subquery(lines.values(place)[:1]) for name, place in AWARD.items()}
    return (
        Partner.objects.visible_to(user)
        .annotate(costs=Subquery(costs.annotate(sum=Sum("amount")).values("sum")), **in_force)
        .select_related("application__call__fund", "application__applicant", "organisation")
        .order_by("application__reference", "order", "pk")
    )


def once(value):
    """What is the application's stands in its coordinator's row alone: nothing adds up to more than the truth."""
    return lambda row: value(row) if row.is_coordinator else None


def outcome(row):
    return str(DecisionLine.Outcome(row.award_outcome).label) if row.award_outcome else ""


def known_as(row):
    """The house's own number of an organisation, the same in every application."""
    of = row.application.applicant_id if row.is_coordinator else row.organisation_id
    return str(of) if of else ""


COLUMNS = (
    Column("fund", _("Fund"), lambda row: row.application.call.fund.short_name),
    Column("call", _("Call"), lambda row: row.application.call.reference),
    Column("closes_at", _("Closing of the call"), lambda row: row.application.call.closes_at),
    Column("number", _("Number"), lambda row: row.application.reference),
    Column("id", _("Id of the application"), lambda row: str(row.application_id)),
    Column("acronym", _("Acronym"), lambda row: row.application.acronym),
    Column("title", _("Title"), lambda row: row.application.title),
    Column("status", _("Standing"), lambda row: str(row.application.get_status_display())),
    Column("applicant", _("Applicant"), lambda row: row.application.applicant.name),
    Column("member_state", _("Member State of the applicant"), lambda row: row.application.applicant.member_state),
    Column("submitted_at", _("Submitted"), lambda row: row.application.submitted_at),
    number("place", _("Place in the consortium"), lambda row: row.order),
    Column("role", _("Role"), lambda row: str(_("coordinator") if row.is_coordinator else _("partner"))),
    Column("organisation", _("Organisation"), lambda row: row.name),
    Column("country", _("Its Member State"), lambda row: row.country),
    Column("kind", _("Kind of organisation"), lambda row: str(row.get_kind_display())),
    Column("registration_number", _("Registration number"), lambda row: row.registration_number),
    Column("vat_number", _("VAT number"), lambda row: row.vat_number),
    Column("organisation_id", _("Id of the organisation"), known_as),
    money("costs", _("Its direct costs (EUR)"), lambda row: row.costs),
    money("requested", _("Requested by the application (EUR)"), once(lambda row: row.application.requested)),
    money("contribution", _("Awarded to the application (EUR)"), once(lambda row: row.award_contribution)),
    rate("rate", _("Maximum co-financing rate (%)"), once(lambda row: row.award_rate)),
    Column("outcome", _("Decision in force"), outcome),
    Column("decision", _("Number of the decision"), lambda row: row.award_decision or ""),
    Column("decided_at", _("Decided"), lambda row: row.award_decided_at),
)

REPORT = Report(
    slug="population",
    number="R39",
    title=_("Population for audit"),
    description=_(
        "One row for each organisation of each application: registration and VAT number, role, costs; requested and "
        "awarded amounts once for each application. Of one call, or of all calls in one file: what tools for sampling "
        "and for cross-checks load."
    ),
    basis=("applications", "award_decision"),
    allowed=may_read_reports,
    since=OPENED,
    columns=COLUMNS,
    rows=rows,
    kinds=(HOUSE, CALL),
    leads_to="application",
    paper=("number", "role", "organisation", "country", "registration_number", "vat_number", "requested",
           "contribution", "outcome"),
)  # fmt: skip
