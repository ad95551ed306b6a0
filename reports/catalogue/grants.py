"""R15: the grants awarded, with what must be published of each (FR Art. 38)."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from applications.models import Partner
from awards.models import DecisionLine
from core.lists import Column
from programmes.states import CallPhase
from reports.about import CALL, HOUSE
from reports.columns import money, rate
from reports.permissions import may_read_reports
from reports.report import Report


def rows(about, user):
    """What is in force: an award that a later decision took back, or that was declined or withdrawn, is none."""
    partners = Partner.objects.filter(is_coordinator=False)
    return (
        DecisionLine.objects.visible_to(user).in_force().awards()
        .select_related("application__applicant", "application__call__fund", "decision")
        .prefetch_related("application__actions", Prefetch("application__partners", queryset=partners))
        .order_by("application__reference")
    )  # fmt: skip


def purpose(line):
    return f"{line.application.acronym} – {line.application.title}"


def nature(line):
    """What the money is for in the law's own words."""
    return "; ".join(str(one) for one in line.application.actions.all()) or str(_("grant for an action"))


def partners_of(line):
    return "; ".join(f"{one.name} ({one.country})" for one in line.application.partners.all())


COLUMNS = (
    Column("fund", _("Fund"), lambda line: line.application.call.fund.short_name),
    Column("call", _("Call"), lambda line: line.application.call.reference),
    Column("number", _("Number"), lambda line: line.application.reference),
    Column("applicant", _("Recipient"), lambda line: line.application.applicant.name),
    Column("address", _("Locality"), lambda line: line.application.applicant.address),
    Column("member_state", _("Member State"), lambda line: line.application.applicant.member_state),
    Column("partners", _("Other organisations of the consortium"), partners_of),
    Column("purpose", _("Purpose"), purpose),
    Column("nature", _("Nature"), nature),
    money("contribution", _("Maximum EU contribution (EUR)"), lambda line: line.contribution),
    rate("rate", _("Maximum co-financing rate (%)"), lambda line: line.rate),
    Column("decision", _("Number of the decision"), lambda line: line.decision.number),
    Column("decided_at", _("Awarded"), lambda line: line.decision.decided_at),
)

REPORT = Report(
    slug="grants",
    number="R15",
    title=_("Grants awarded"),
    description=_(
        "Each award in force with what must be published of it: recipient, locality, amount, nature and purpose; of "
        "one call, of a fund, or of all."
    ),
    basis=("publication",),
    allowed=may_read_reports,
    since=CallPhase.DECIDED,
    columns=COLUMNS,
    rows=rows,
    leads_to="application",
    kinds=(HOUSE, CALL),
    paper=("number", "applicant", "address", "member_state", "purpose", "nature", "contribution", "rate", "decided_at"),
)
