"""R30: every question on a call, when it came and when everybody could read its answer: equal knowledge for all."""

from django.utils.translation import gettext_lazy as _

from core.lists import Column
from programmes.models import Question
from reports.columns import number
from reports.permissions import may_read_reports
from reports.report import Report
from reports.shown.people import name_of


def rows(about, user):
    """With every version of its reply: two questions to the database, however many rows."""
    seen = Question.objects.visible_to(user).filter(call=about.call)
    return seen.select_related("asked_by").prefetch_related("replies__replied_by").order_by("asked_at", "pk")


def last(question):
    return next(iter(question.replies.all()), None)


def first(question):
    return next(reversed(question.replies.all()), None)


COLUMNS = (
    number("number", _("Number"), lambda row: row.number),
    Column("asked_at", _("Asked"), lambda row: row.asked_at),
    Column("asked_by", _("Asked by"), lambda row: row.asked_by.name),
    Column("text", _("As it was asked"), lambda row: row.text),
    Column("status", _("Status"), lambda row: str(row.get_status_display())),
    Column("because", _("Reason"), lambda row: row.because),
    Column("published", _("As published"), lambda row: last(row).asked if last(row) else ""),
    Column("answer", _("Answer"), lambda row: last(row).text if last(row) else ""),
    Column("first_at", _("First answered"), lambda row: first(row) and first(row).replied_at),
    Column("last_at", _("Last answered"), lambda row: last(row) and last(row).replied_at),
    Column("by", _("Answered by"), lambda row: name_of(last(row) and last(row).replied_by)),
    number("versions", _("Versions"), lambda row: len(row.replies.all())),
    Column("corrected_because", _("Why it was corrected"), lambda row: last(row).because if last(row) else ""),
)

REPORT = Report(
    slug="questions",
    number="R30",
    title=_("Register of questions and answers"),
    description=_(
        "Each question that was asked about a call, in private and as it was published, with its answer, its dates "
        "and what was corrected or withdrawn."
    ),
    basis=("call",),
    allowed=may_read_reports,
    columns=COLUMNS,
    rows=rows,
    paper=("number", "asked_at", "status", "published", "answer", "first_at", "last_at", "by", "versions"),
)
