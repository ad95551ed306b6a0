"""Committees, and the ranked lists that they sign."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core.formats import brief, euro
from core.lists import Column, RowList, choice, search
from core.lists.kinds import CODE, FIGURES, MOMENT, MONEY, POINTS, TRUTH, WHOLE
from core.spelling import InOrder
from core.statuses import status_column, status_filter
from evaluation.lists.filters import IN_NAMES, judged_calls
from evaluation.lists.tones import LIST_TONES, PLACE_TONES, SEAT_TONES
from evaluation.models import RankedEntry, RankedList, Seat
from evaluation.scoring import figure
from evaluation.states import RankedListStatus, SeatStatus

ENTRY_FIELDS = (
    "position", "rank", "application__title", "points", "total", "place", "contribution", "cumulative", "reason",
    "tie_break",
)  # fmt: skip


class SeatList(RowList):
    title = _("Committee members")
    empty_text = _("No committee that you may see.")
    name = "committee-members"
    default_sort = "call"
    columns = (
        Column("call", _("Call"), lambda row: row.call_reference, sort="call_reference",
               url=lambda row: row.get_absolute_url()),
        Column("member", _("Member"), lambda row: row.member_name, sort="member_order"),
        Column("entity", _("Entity"), lambda row: row.entity, sort="entity"),
        Column("under_authorising_officer", _("Under the authorising officer"),
               lambda row: row.under_authorising_officer,
               text=lambda row: _("yes") if row.under_authorising_officer else _("no"), kind=TRUTH),
        status_column(SEAT_TONES, sort="status"),
        Column("declared_at", _("Declared"), lambda row: row.declared_at, text=lambda row: brief(row.declared_at),
               kind=MOMENT),
        Column("signed_at", _("Signed"), lambda row: row.signed_at, text=lambda row: brief(row.signed_at), kind=MOMENT),
        Column("signed_sha256", _("Signed SHA-256"), lambda row: row.signed_sha256,
               text=lambda row: row.signed_sha256[:12]),
    )  # fmt: skip
    filters = (
        search("member__name", "entity"),
        choice("call", _("Call"), judged_calls),
        status_filter(SeatStatus),
    )

    def all_rows(self):
        rows = Seat.objects.visible_to(self.user).with_names().annotate(member_order=InOrder("member__name"))
        return rows.select_related(None).defer("declaration", "declared_for", "ended_reason")


class RankedListList(RowList):
    title = _("Ranked lists")
    empty_text = _("No ranked list that you may see.")
    name = "ranked-lists"
    default_sort = "-drawn_at"
    columns = (
        Column("call", _("Call"), lambda row: row.call.reference, url=lambda row: row.get_absolute_url()),
        Column("round", _("Round"), lambda row: row.ordinal, numeric=True, kind=WHOLE),
        status_column(LIST_TONES, sort="status"),
        Column("drawn_at", _("Drawn up"), lambda row: row.drawn_at, text=lambda row: brief(row.drawn_at),
               sort="drawn_at", kind=MOMENT),
        Column("drawn_by", _("By"), lambda row: row.drawn_by.name),
        Column("budget", _("Budget (EUR)"), lambda row: row.budget, text=lambda row: euro(row.budget), sort="budget",
               numeric=True, kind=MONEY),
        Column("signed_at", _("Signed"), lambda row: row.signed_at, text=lambda row: brief(row.signed_at), kind=MOMENT),
        Column("sha256", _("SHA-256"), lambda row: row.sha256, text=lambda row: row.sha256[:12]),
    )  # fmt: skip
    filters = (
        choice("call", _("Call"), judged_calls),
        status_filter(RankedListStatus),
    )

    def all_rows(self):
        rows = RankedList.objects.visible_to(self.user).with_names()
        return rows.defer("call__topic", "call__parts", "drawn_by__password", "drawn_by__standing")


class EntryList(RowList):
    """The places of one ranked list: `ranked_list` comes with the page; a column for each criterion of its call."""

    title = _("Ranked list")
    empty_text = _("No place matches.")
    name = "ranked-list"
    default_sort = "rank"  # by line: those without a rank stand last
    page_size = 200
    filters = (
        IN_NAMES,
        choice("place", _("List"), RankedEntry.Place.choices),
    )

    def __init__(self, user, params, *, path="", ranked_list, **context):
        self.ranked_list = ranked_list
        self.columns = columns_of(ranked_list.call.criteria.all() if ranked_list else ())
        self.name = f"ranked-list-{ranked_list.call.reference}".replace("/", "-") if ranked_list else self.name
        super().__init__(user, params, path=path, **context)

    @property
    def told_columns(self):
        """To programs the points are told together: their names differ from call to call."""
        return (*columns_of(()), Column("points", _("Points by criterion"), lambda row: row.points, kind=FIGURES))

    @classmethod
    def described(cls):
        return cls(None, {}, ranked_list=None)

    def all_rows(self):
        rows = RankedEntry.objects.visible_to(self.user).filter(ranked_list=self.ranked_list).with_names()
        return rows.only(*ENTRY_FIELDS, "application__applicant__name", "application__applicant__member_state")


def columns_of(criteria):
    return (
        Column("rank", _("Rank"), lambda row: row.rank, sort="position", numeric=True, kind=WHOLE),
        Column("number", _("Application"), lambda row: row.number, sort="number",
               url=lambda row: row.application.get_absolute_url()),
        Column("title", _("Title"), lambda row: row.application.title, wide=True),
        Column("applicant", _("Applicant"), lambda row: row.application.applicant.name),
        Column("member_state", _("Member State"), lambda row: row.application.applicant.member_state),
        *(points_column(one) for one in criteria),
        Column("total", _("Total"), lambda row: row.total, text=lambda row: figure(row.total), sort="total",
               numeric=True, kind=POINTS),
        Column("place", _("List"), lambda row: row.place, text=lambda row: row.get_place_display(), sort="place",
               tone=lambda row: PLACE_TONES[row.place], kind=CODE,
               choices=RankedEntry.Place),
        Column("contribution", _("Requested (EUR)"), lambda row: row.contribution,
               text=lambda row: euro(row.contribution), sort="contribution", numeric=True, kind=MONEY),
        Column("cumulative", _("Main list so far (EUR)"), lambda row: row.cumulative,
               text=lambda row: euro(row.cumulative), sort="cumulative", numeric=True, kind=MONEY),
        Column("reason", _("Reason"), lambda row: row.reason),
        Column("tie_break", _("Tie-break"), lambda row: row.tie_break),
    )  # fmt: skip


def points_column(criterion):
    return Column(
        criterion.code, criterion.code, lambda row: points_in(row, criterion.code),
        text=lambda row: figure(points_in(row, criterion.code)), numeric=True, kind=POINTS,
    )  # fmt: skip


def points_in(row, code):
    return Decimal(row.points[code])
