"""R13: how long each applicant waited, against the months of the law, and what stands on record for each excess."""

from decimal import Decimal

from django.db.models import Min, OuterRef, Prefetch, Q, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.models import Application, Clarification
from applications.states import ApplicationPhase
from awards import deadlines
from awards.models import DecisionLine, Letter
from core.days import day_of
from core.formats import brussels_day, thousands
from core.lists import Column
from programmes.states import OPENED
from reports.about import CALL, HOUSE
from reports.columns import application_columns, itself, number
from reports.permissions import may_read_reports
from reports.report import Report


def rows(about, user):
    """With `decided_at`, `informed_at`, `awarded_at` (told of an award): the first of each, whatever came later."""
    own = {"application": OuterRef("pk")}
    lines = DecisionLine.objects.visible_to(user).taken().filter(**own).order_by().values("application")
    letters = Letter.objects.visible_to(user).filter(**own).order_by().values("application")
    asked = Clarification.objects.visible_to(user).order_by("asked_at")
    return (
        Application.objects.visible_to(user)
        .annotate(
            decided_at=Subquery(lines.annotate(first=Min("decision__decided_at")).values("first")),
            informed_at=Subquery(letters.annotate(first=Min("sent_at")).values("first")),
            awarded_at=Subquery(letters.annotate(first=Min("sent_at", filter=Q(kind="AWARD"))).values("first")),
        )
        .select_related("applicant", "call")
        .prefetch_related("call__rounds", Prefetch("clarifications", queryset=asked))
        .order_by("reference")
    )  # fmt: skip


def closed_on(row):
    return day_of(row.call.closes_at)


def inform_by(row):
    return deadlines.inform_by(row.call.closes_at)


def days_to(moment, row):
    return (day_of(moment) - closed_on(row)).days if moment else None


def days_over(row):
    """Nothing before anybody was informed: a file does not depend on the day on which it is drawn."""
    return max(0, (day_of(row.informed_at) - inform_by(row)).days) if row.informed_at else None


def standing(row):
    if row.informed_at is None:
        is_out = row.stands_in(ApplicationPhase.RETRACTED)
        return gettext("withdrawn before anybody was informed") if is_out else gettext("not informed yet")
    return gettext("late") if days_over(row) else gettext("in time")


def sign_by(row):
    return deadlines.sign_by(row.awarded_at) if row.awarded_at else None


def on_record(row):
    """What the house knows that took time, where the time was exceeded; that there is nothing is said as well."""
    if not days_over(row):
        return ""
    return "; ".join([*evaluated_again(row), *asked_again(row)]) or gettext("no reason is on record")


def evaluated_again(row):
    """A reason that is about others too may tell of them: it stands in the register of the round, not here."""
    for one in row.call.rounds.all():
        named = one.application_ids or ()
        if row.pk in named and one.opened_at < row.informed_at:
            words = {"day": brussels_day(one.opened_at), "cause": one.get_cause_display()}
            said = gettext("evaluated again from %(day)s (%(cause)s)") % words
            yield f"{said}: {one.reason}" if len(named) == 1 else said


def asked_again(row):
    for one in row.clarifications.all():
        if one.asked_at < row.informed_at:
            words = {"asked": brussels_day(one.asked_at), "day": brussels_day(one.answered_at) or "–"}
            yield gettext("clarification asked on %(asked)s, answered on %(day)s") % words


COLUMNS = (
    *application_columns(itself),
    Column("closed_on", _("Final date for proposals"), closed_on),
    Column("decided_at", _("First decided"), lambda row: row.decided_at),
    number("days_to_decide", _("Days to decide"), lambda row: days_to(row.decided_at, row)),
    Column("informed_at", _("First informed"), lambda row: row.informed_at),
    number("days_to_inform", _("Days to inform"), lambda row: days_to(row.informed_at, row)),
    Column("inform_by", _("Last day to inform"), inform_by),
    Column("standing", _("Time to inform"), standing),
    number("days_over", _("Days over"), days_over),
    Column("on_record", _("Reason on record"), on_record),
    Column("sign_by", _("Last day to sign the agreement"), sign_by),
)


def figures(about, user):
    found = [row for row in about.narrow(rows(about, user), "").iterator(chunk_size=2000) if row.informed_at]
    waits = [days_to(row.informed_at, row) for row in found]
    late = [on_record(row) for row in found if days_over(row)]
    mean = thousands(Decimal(sum(waits)) / len(waits), places=1) if waits else "–"
    return [
        (gettext("Last day to inform applicants"), brussels_day(deadlines.inform_by(about.call.closes_at))),
        (gettext("Informed"), str(len(found))),
        (gettext("Days to inform, on average"), mean),
        (gettext("Days to inform, at most"), str(max(waits)) if waits else "–"),
        (gettext("Informed late"), str(len(late))),
        (gettext("Late, and no reason on record"), str(late.count(gettext("no reason is on record")))),
    ]


REPORT = Report(
    slug="time-limits",
    number="R13",
    title=_("Time to decide and to inform"),
    description=_(
        "For each application the days from the final date to the decision and to the letter, against the months of "
        "the law, with what stands on record for each excess; and the last day to sign the agreement."
    ),
    basis=("time_limits",),
    allowed=may_read_reports,
    since=OPENED,
    columns=COLUMNS,
    rows=rows,
    leads_to="",
    kinds=(HOUSE, CALL),
    figures=figures,
    paper=(
        "number", "applicant", "member_state", "days_to_decide", "informed_at", "days_to_inform", "inform_by",
        "standing", "days_over", "on_record",
    ),
)  # fmt: skip
