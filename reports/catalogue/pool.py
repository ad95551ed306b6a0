"""R36: who was invited to assess the applications of a call, on what terms, and what each answered."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import is_auditor, is_commission
from core.lists import Column
from evaluation.models import PoolMember
from reports.columns import number
from reports.report import Report


def rows(about, user):
    seen = PoolMember.objects.visible_to(user).of_call(about.call).with_names()
    return seen.order_by("invited_at", "person__name", "pk")


COLUMNS = (
    Column("person", _("Evaluator"), lambda row: row.person.name),
    Column("entity", _("Organisation, entity or State"),
           lambda row: row.person.organisation_name or row.person.entity or row.person.state),
    Column("status", _("Standing"), lambda row: str(row.get_status_display())),
    Column("invited_by", _("Invited by"), lambda row: row.invited_by.name),
    Column("invited_at", _("Invited"), lambda row: row.invited_at),
    Column("task", _("What was asked"), lambda row: row.task),
    Column("work_until", _("Assessments until"), lambda row: row.work_until),
    number("most", _("Assessments, at most"), lambda row: row.most),
    Column("answer_by", _("Last day to answer"), lambda row: row.answer_by),
    Column("answered_at", _("Answered"), lambda row: row.answered_at),
    Column("ended_at", _("Ended"), lambda row: row.ended_at),
    Column("why", _("Why"), lambda row: row.why),
)  # fmt: skip

REPORT = Report(
    slug="pool",
    number="R36",
    title=_("Register of invitations to assess"),
    description=_(
        "Each person who was invited to assess the applications of a call, the terms, the answer with its time, and "
        "who left or was released, and why."
    ),
    basis=("evaluation_committee", "conflict_of_interests"),
    allowed=is_auditor | is_commission,
    columns=COLUMNS,
    rows=rows,
    paper=("person", "entity", "status", "invited_by", "invited_at", "most", "answer_by", "answered_at", "why"),
)
