"""R12: every request for review, what was answered, and what it did to the ranking."""

from django.utils.translation import gettext_lazy as _

from awards.models import DecisionLine, Redress
from core.lists import Column
from evaluation.models import RankedEntry, RankedList
from programmes.states import CallPhase
from reports.columns import application_columns, number, the_application
from reports.permissions import may_read_reports
from reports.report import Report


def rows(about, user):
    return Redress.objects.visible_to(user).of_call(about.call).for_reading().order_by("filed_at", "pk")


def rank_before(redress):
    return rank_on(redress, redress.letter.decision.ranked_list)


def rank_after(redress):
    """On the list in force, where the review has led to another one."""
    now = RankedList.objects.filter(call=redress.application.call_id).in_force().first()
    return rank_on(redress, now) if now and redress.round and now.signed_at > redress.answered_at else None


def rank_on(redress, ranked_list):
    entry = RankedEntry.objects.filter(ranked_list=ranked_list, application=redress.application_id).first()
    return entry.rank if entry else None


def outcome_now(redress):
    line = DecisionLine.objects.filter(application=redress.application_id).in_force().first()
    return str(line.get_outcome_display()) if line else ""


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
    number("rank_before", _("Rank before"), rank_before),
    number("rank_after", _("Rank after"), rank_after),
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
    paper=("number", "applicant", "ground", "filed_at", "standing", "answered_at", "rank_before", "rank_after",
           "outcome"),
)  # fmt: skip
