"""R12: every request for review, what was answered, and what it did to the ranking."""

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from awards.models import DecisionLine, Redress
from core.lists import Column
from evaluation.models import RankedEntry, RankedList
from programmes.states import CallPhase
from reports.about import CALL, HOUSE
from reports.columns import application_columns, number, the_application
from reports.permissions import may_read_reports
from reports.report import Report


def rows(about, user):
    """With `before` and `after`, the ranks, and `outcome` in force: one question, however many rows."""
    own = {"application": OuterRef("application")}
    in_force = DecisionLine.objects.standing().in_force().filter(**own)
    seen = Redress.objects.visible_to(user).for_reading().order_by("filed_at", "pk")
    lists = RankedList.objects.in_force()
    before = RankedEntry.objects.filter(**own, ranked_list=OuterRef("letter__decision__ranked_list"))
    after = RankedEntry.objects.filter(
        **own, ranked_list__in=lists.values("pk"), ranked_list__signed_at__gt=OuterRef("answered_at")
    )
    return seen.annotate(
        before=Subquery(before.values("rank")[:1]), after=Subquery(after.values("rank")[:1]),
        outcome=Subquery(in_force.values("outcome")[:1]),
    )  # fmt: skip


def outcome_now(redress):
    return str(DecisionLine.Outcome(redress.outcome).label) if redress.outcome else ""


COLUMNS = (
    *application_columns(the_application),
    Column("letter", _("Letter"), lambda row: row.letter.reference),
    Column("ground", _("Ground"), lambda row: str(row.get_ground_display())),
    Column("text", _("What is contested"), lambda row: row.text),
    Column("filed_at", _("Filed"), lambda row: row.filed_at),
    Column("standing", _("Outcome of the review"), lambda row: str(row.get_status_display())),
    Column("answer", _("Answer"), lambda row: row.answer),
    Column("answered_at", _("Answered"), lambda row: row.answered_at),
    Column("answered_by", _("Answered by"), lambda row: row.answered_by.name if row.answered_by else ""),
    number("round", _("Evaluated again in round"), lambda row: row.round.ordinal if row.round else None),
    number("rank_before", _("Rank before"), lambda row: row.before),
    number("rank_after", _("Rank after"), lambda row: row.after if row.round else None),
    Column("outcome", _("Outcome in force"), outcome_now),
)

REPORT = Report(
    slug="redress",
    number="R12",
    title=_("Register of requests for review"),
    description=_(
        "Each request for review with its ground, dates and answer, and what it did to rank and outcome."
    ),
    basis=("redress",),
    allowed=may_read_reports,
    since=CallPhase.DECIDED,
    columns=COLUMNS,
    rows=rows,
    leads_to="application",
    kinds=(HOUSE, CALL),
    paper=("number", "applicant", "ground", "filed_at", "standing", "answered_at", "rank_before", "rank_after",
           "outcome"),
)  # fmt: skip
