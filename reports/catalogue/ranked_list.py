"""R8: the signed ranked list, as the committee signed it."""

from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.formats import euro, milliseconds
from core.lists import Column
from evaluation.models import RankedList
from programmes.states import RANKED
from reports.columns import application_columns, money, number, the_application
from reports.permissions import may_read_reports
from reports.querysets import places_on_the_list
from reports.report import Report


def rows(about, user):
    return places_on_the_list(about.call, user).select_related("application__applicant").order_by("position")


def columns(about):
    return (
        number("rank", _("Rank"), lambda entry: entry.rank),
        *application_columns(the_application),
        *(points_on(criterion) for criterion in about.call.criteria.all()),
        number("total", _("Total (weighted points)"), lambda entry: entry.total),
        Column("place", _("Place"), lambda entry: str(entry.get_place_display())),
        Column("stage", _("Thresholds and budget"), lambda entry: str(entry.get_stage_display())),
        Column("reason", _("Reason"), lambda entry: entry.reason),
        Column("tie_break", _("Tie-break applied"), lambda entry: entry.tie_break),
        money("contribution", _("Recommended contribution (EUR)"), lambda entry: entry.contribution),
        money("cumulative", _("Cumulated budget (EUR)"), lambda entry: entry.cumulative),
    )


def points_on(criterion):
    label = f"{criterion.code} {criterion.title}"
    return number(f"points_{criterion.code}", label, lambda entry: Decimal(entry.points[criterion.code]))


def figures(about, user):
    """The head of the record: what the committee signed, and when; then each list it signed that is not in force."""
    lists = RankedList.objects.visible_to(user).filter(call=about.call)
    signed = lists.in_force().first()
    others = lists.once_signed().exclude(pk=signed and signed.pk).order_by("signed_at")
    kept = [(gettext("Signed before, kept"), other_list(one)) for one in others]
    if signed is None:
        return kept
    return [
        (gettext("Budget of the call"), euro(signed.budget)),
        (gettext("Signed by the committee"), milliseconds(signed.signed_at)),
        (gettext("SHA-256 of the signed list"), signed.sha256),
        *kept,
    ]


def other_list(ranked_list):
    said = [milliseconds(ranked_list.signed_at), ranked_list.sha256, str(ranked_list.get_status_display())]
    return " · ".join([*said, ranked_list.ended_reason] if ranked_list.ended_reason else said)


REPORT = Report(
    slug="ranked-list",
    number="R8",
    title=_("Ranked list"),
    description=_(
        "Every evaluated application with its points, thresholds, tie-breaks and place, down to the budget line, "
        "as the committee signed it."
    ),
    basis=("evaluation_record", "award_criteria"),
    allowed=may_read_reports,
    since=RANKED,
    columns=columns,
    rows=rows,
    leads_to="application",
    figures=figures,
    paper=(
        "rank", "number", "acronym", "applicant", "member_state", "total", "place", "reason", "contribution",
        "cumulative",
    ),
)  # fmt: skip
