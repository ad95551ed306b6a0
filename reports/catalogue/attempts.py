"""R29: the ledger beneath the register of submissions (R2): every attempt to submit, whatever became of it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import EVERYTHING, is_auditor, is_commission, is_national_auditor, seen_by
from applications.models import Application, Attempt
from core.lists import Column
from reports.columns import number, the_application
from reports.permissions import may_read_reports
from reports.querysets import on_the_register
from reports.report import Report


def rows(about, user):
    """Of what was handed in, and of drafts that never were: of those nothing but that somebody tried."""
    registered = on_the_register(user).of_call(about.call)
    never = Application.objects.never_handed_in().of_call(about.call).filter(seen_by(user, {
        is_national_auditor: Q(applicant__member_state__in=user.audited_states),
        is_auditor | is_commission: EVERYTHING,
    }))  # fmt: skip
    return (
        Attempt.objects.filter(Q(application__in=registered.values("pk")) | Q(application__in=never.values("pk")))
        .select_related("application__applicant", "by", "receipt")
        .order_by("arrived_at", "pk")
    )


COLUMNS = (
    Column("number", _("Number"), lambda attempt: attempt.application.reference or ""),
    Column("applicant", _("Applicant"), lambda attempt: attempt.application.applicant.name),
    Column("member_state", _("Member State"), lambda attempt: the_application(attempt).applicant.member_state),
    Column("arrived_at", _("Arrived"), lambda attempt: attempt.arrived_at),
    Column("noted_at", _("Noted"), lambda attempt: attempt.noted_at),
    Column("by", _("By"), lambda attempt: attempt.by.name),
    Column("door", _("Through"), lambda attempt: attempt.get_door_display()),
    Column("outcome", _("Outcome"), lambda attempt: attempt.get_outcome_display()),
    number("version", _("Version"), lambda attempt: attempt.receipt and attempt.receipt.version),
    Column("reason", _("Reason"), lambda attempt: attempt.reason),
    Column("sha256", _("SHA-256 of the content"), lambda attempt: attempt.sha256),
    Column("answered_at", _("Answered"), lambda attempt: attempt.answered_at),
    Column("request", _("Request"), lambda attempt: attempt.request_id),
)

REPORT = Report(
    slug="attempts",
    number="R29",
    title=_("Ledger of attempts to submit"),
    description=_(
        "Every attempt to submit, also those that were refused or interrupted: when it arrived, by whom, through which "
        "door, the hash of what was to be submitted, and what became of it. It belongs to the register of submissions."
    ),
    basis=("submission",),
    allowed=may_read_reports,
    columns=COLUMNS,
    rows=rows,
    leads_to="application",
    paper=("number", "applicant", "member_state", "arrived_at", "by", "door", "outcome", "version", "reason"),
)
