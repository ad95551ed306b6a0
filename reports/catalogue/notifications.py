"""R11: the letters, when each was sent and read, and whether the days of the law were kept."""

from django.db.models import Min, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from awards import deadlines
from awards.models import Letter
from core.days import day_of
from core.lists import Column
from programmes.states import CallPhase
from reports.about import CALL, HOUSE
from reports.columns import application_columns, the_application
from reports.permissions import may_read_reports
from reports.report import Report


def rows(about, user):
    """`informed_at`: when the first successful applicant of the call was informed, from which the days count."""
    first = Letter.objects.filter(decision=OuterRef("decision"), kind=Letter.Kind.AWARD, replaces=None)
    first = first.order_by().values("decision")
    return (
        Letter.objects.visible_to(user)
        .annotate(informed_at=Subquery(first.annotate(first=Min("sent_at")).values("first")))
        .select_related("application__applicant", "application__call", "read_by", "replaces")
        .order_by("application__reference", "written_at")
    )


def reject_by(letter):
    """The last day to inform an unsuccessful applicant; none for an award, nor for a letter that replaces another."""
    if letter.kind == Letter.Kind.AWARD or letter.replaces or letter.informed_at is None:
        return None
    return deadlines.reject_by(letter.informed_at)


def kept_in_time(letter):
    last = reject_by(letter)
    if last is None or letter.sent_at is None:
        return ""
    return str(_("yes") if day_of(letter.sent_at) <= last else _("no"))


def replaced(letter):
    """The letter whose place this one takes, and why."""
    return f"{letter.replaces.reference}: {letter.replaced_because}" if letter.replaces else ""


def how_read(letter):
    if letter.read_at is None:
        return str(_("not yet"))
    return str(_("opened") if letter.read_by_id else _("counts as read"))


def redress_by(letter):
    """Counted from the reading; a letter not yet read has no last day."""
    return deadlines.review_by(letter.read_at, letter.application.call.redress_days) if letter.read_at else None


COLUMNS = (
    Column("reference", _("Letter"), lambda letter: letter.reference),
    *application_columns(the_application),
    Column("kind", _("Kind"), lambda letter: str(letter.get_kind_display())),
    Column("sent_at", _("Sent"), lambda letter: letter.sent_at),
    Column("reject_by", _("To be sent by"), reject_by),
    Column("in_time", _("Sent in time"), kept_in_time),
    Column("how_read", _("Read"), how_read),
    Column("read_at", _("Read at"), lambda letter: letter.read_at),
    Column("redress_by", _("Review may be asked until"), redress_by),
    Column("pdf_sha256", _("SHA-256 of the letter"), lambda letter: letter.pdf_sha256),
    Column("replaces", _("Replaces"), replaced),
)  # fmt: skip

REPORT = Report(
    slug="notifications",
    number="R11",
    title=_("Register of notifications"),
    description=_(
        "Each letter with its time of sending and reading, whether unsuccessful applicants were informed in time, and "
        "until when each may ask for a review."
    ),
    basis=("information_to_applicants", "redress"),
    allowed=may_read_reports,
    since=CallPhase.DECIDED,
    columns=COLUMNS,
    rows=rows,
    leads_to="application",
    kinds=(HOUSE, CALL),
    paper=("reference", "applicant", "member_state", "kind", "sent_at", "reject_by", "in_time", "how_read", "read_at",
           "redress_by"),
)  # fmt: skip
