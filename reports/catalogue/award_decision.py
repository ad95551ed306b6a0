"""R10 with R9: what was decided on each application, and where and why it differs from the committee's list."""

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards.models import Decision, DecisionLine
from core.formats import euro, milliseconds
from core.lists import Column
from evaluation.models import RankedEntry
from programmes.states import CallPhase
from reports.about import CALL, HOUSE
from reports.columns import application_columns, money, number, rate, the_application, yes_or_no
from reports.permissions import may_read_reports
from reports.report import Report


def rows(about, user):
    entries = RankedEntry.objects.filter(ranked_list=OuterRef("decision__ranked_list"))
    proposed = entries.filter(application=OuterRef("application")).values("place")[:1]
    in_force = DecisionLine.objects.in_force().filter(pk=OuterRef("pk"))
    return (
        DecisionLine.objects.visible_to(user).taken()
        .annotate(proposed=Subquery(proposed), is_in_force=Exists(in_force))
        .select_related("application__applicant", "decision")
        .order_by("decision__ordinal", "rank", "application__reference")
    )  # fmt: skip


PLACES = dict(RankedEntry.Place.choices)
COLUMNS = (
    number("rank", _("Rank"), lambda line: line.rank),
    *application_columns(the_application),
    Column("proposed", _("Committee's proposal"), lambda line: str(PLACES.get(line.proposed, ""))),
    Column("outcome", _("Decision"), lambda line: str(line.get_outcome_display())),
    Column("stage", _("Stage"), lambda line: str(line.get_stage_display()) if line.stage else ""),
    money("requested", _("Requested (EUR)"), lambda line: line.application.requested),
    money("contribution", _("Maximum EU contribution (EUR)"), lambda line: line.contribution),
    rate("rate", _("Maximum co-financing rate (%)"), lambda line: line.rate),
    Column("reason", _("Reason"), lambda line: line.reason),
    yes_or_no("deviates", _("Departs from the list"), lambda line: line.deviates),
    Column("deviation_reason", _("Why it departs"), lambda line: line.deviation_reason),
    Column("decision", _("Number of the decision"), lambda line: line.decision.number),
    Column("cause", _("Cause"), lambda line: str(line.decision.get_cause_display())),
    yes_or_no("in_force", _("In force"), lambda line: line.is_in_force),
)


def figures(about, user):
    """Each decision that was taken, then what stands of them all."""
    found = Decision.objects.visible_to(user).taken().of_call(about.call).for_reading().order_by("ordinal")
    facts = [fact for one in found for fact in facts_of(one, user)]
    return [*facts, *together(about.call, user)] if len(found) > 1 else facts


def together(call, user):
    lines = DecisionLine.objects.visible_to(user).of_call(call).in_force()
    return [(gettext("Awards in force, all decisions together"), euro(lines.awarded()))]


def facts_of(decision, user):
    lines = DecisionLine.objects.visible_to(user).filter(decision=decision)
    return [
        (gettext("Decision"), decision.number),
        (gettext("Prepared by"), decision.prepared_by.name),
        (gettext("Decided by"), decision.decided_by.name),
        (gettext("Decided at"), milliseconds(decision.decided_at)),
        (gettext("Awarded to the applications listed"), euro(lines.awarded())),
        (gettext("Departures from the list"), str(lines.filter(deviates=True).count())),
        (gettext("SHA-256 of the ranked list it rests on"), decision.ranked_list.sha256),
    ]


REPORT = Report(
    slug="award-decision",
    number="R10",
    title=_("Award decision file"),
    description=_(
        "Who decided what on each application, with reasons, amounts and rates, and each departure from the "
        "committee's list with its own reason."
    ),
    basis=("award_decision", "four_eyes"),
    allowed=may_read_reports,
    since=CallPhase.DECIDED,
    columns=COLUMNS,
    rows=rows,
    leads_to="application",
    kinds=(HOUSE, CALL),
    figures=figures,
    paper=(
        "rank", "number", "acronym", "applicant", "member_state", "proposed", "outcome", "contribution", "rate",
        "reason", "deviation_reason",
    ),
)  # fmt: skip
