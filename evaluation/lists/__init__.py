"""The lists of the evaluation: each the same on the page, in the file and in the API."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from core.counting import counted, number_of
from core.formats import brief, euro
from core.lists import Column, RowList, choice, search
from core.phases import for_each
from core.spelling import InOrder
from core.statuses import status_column, status_filter
from evaluation.lists.batches import BatchLineList, BatchList, PeopleToAssignList, ToAssignList
from evaluation.models import Assessment, Consensus, RankedEntry, RankedList, Seat
from evaluation.scoring import figure
from evaluation.states import (
    AssessmentPhase,
    AssessmentStatus,
    ConsensusPhase,
    ConsensusStatus,
    RankedListPhase,
    RankedListStatus,
    SeatPhase,
    SeatStatus,
)
from programmes.models import Call, Round
from programmes.states import JUDGED, UNREAD, CallPhase, CallStatus

__all__ = ["BatchLineList", "BatchList", "PeopleToAssignList", "ToAssignList"]
A, C, M, R, P = AssessmentPhase, ConsensusPhase, SeatPhase, RankedListPhase, CallPhase
ASSESSMENT_TONES = for_each(
    AssessmentStatus,
    {A.UNDECLARED: "warning", A.OPEN: "info", A.SIGNED: "good", A.CONFLICT: "bad", A.RELEASED: "neutral"},
)
CONSENSUS_TONES = for_each(
    ConsensusStatus, {C.WRITING: "info", C.PROPOSED: "warning", C.APPROVED: "good", C.SET_ASIDE: "neutral"}
)
SEAT_TONES = for_each(SeatStatus, {M.APPOINTED: "warning", M.SIGNED: "good", M.LEFT: "neutral", M.CONFLICT: "bad"})
LIST_TONES = for_each(
    RankedListStatus,
    {R.DRAWN: "warning", R.SIGNED: "good", R.QUESTIONED: "warning", R.SET_ASIDE: "bad", R.DISCARDED: "neutral"},
)
CALL_TONES = for_each(
    CallStatus,
    {
        UNREAD + P.CHECKING: "neutral", P.EVALUATION: "info", P.RANKED + P.DECIDED: "good", P.CANCELLED: "bad",
    },
)  # fmt: skip
PLACE_TONES = {"MAIN": "good", "RESERVE": "info", "REJECTED": "bad"}


def judged_calls():
    calls = Call.objects.judged().order_by("-closes_at", "reference")
    return [(str(pk), reference) for pk, reference in calls.values_list("pk", "reference")]


def of_call(rows, call):
    """By the rounds of the call, of which there are few: so their index serves it."""
    return rows.filter(round__in=list(Round.objects.filter(call=call).values_list("pk", flat=True)))


IN_NAMES = search(folded_fields=["application__search_text"])
MOST = 200  # of each kind are counted on a line of a call; its file counts all
OF_CALL = choice("call", _("Call"), judged_calls, narrow=of_call)


OF_APPLICATION = ("status", "application__reference", "application__title", "application__call__reference")
ASSESSMENT_FIELDS = (*OF_APPLICATION, "due_at", "signed_at")
ENTRY_FIELDS = (
    "position", "rank", "application__title", "points", "total", "place", "contribution", "cumulative", "reason",
    "tie_break",
)  # fmt: skip
CONSENSUS_FIELDS = (*OF_APPLICATION, "total", "approved_at", "rapporteur__name")


class AssessmentList(RowList):
    title = _("Assessments")
    empty_text = _("No assessment that you may see.")
    name = "assessments"
    default_sort = "due"
    columns = (
        Column("number", _("Application"), lambda row: row.number, sort="number",
               url=lambda row: row.get_absolute_url()),
        Column("title", _("Title"), lambda row: row.application.title, wide=True),
        Column("call", _("Call"), lambda row: row.application.call.reference),
        Column("round", _("Round"), lambda row: row.ordinal, numeric=True),
        Column("evaluator", _("Evaluator"), lambda row: row.evaluator_name),
        status_column(ASSESSMENT_TONES, sort="status"),
        Column("due", _("To be signed by"), lambda row: row.due_at, text=lambda row: brief(row.due_at),
               sort="due_at"),
        Column("signed", _("Signed"), lambda row: row.signed_at, text=lambda row: brief(row.signed_at)),
    )  # fmt: skip
    filters = (
        IN_NAMES,
        OF_CALL,
        status_filter(AssessmentStatus),
        search("evaluator__name", name="evaluator", label=_("Evaluator")),
    )

    def all_rows(self):
        rows = Assessment.objects.visible_to(self.user).with_names()
        return rows.select_related(None).select_related("application__call").only(*ASSESSMENT_FIELDS)


class ConsensusList(RowList):
    title = _("Consensus reports")
    empty_text = _("No consensus report that you may see.")
    name = "consensus-reports"
    default_sort = "number"
    columns = (
        Column("number", _("Application"), lambda row: row.number, sort="number",
               url=lambda row: row.get_absolute_url()),
        Column("title", _("Title"), lambda row: row.application.title, wide=True),
        Column("call", _("Call"), lambda row: row.application.call.reference),
        Column("round", _("Round"), lambda row: row.ordinal, numeric=True),
        Column("rapporteur", _("Rapporteur"), lambda row: row.rapporteur.name),
        status_column(CONSENSUS_TONES, sort="status"),
        Column("total", _("Total"), lambda row: row.total, sort="known_total",
               text=lambda row: figure(row.total) if row.total is not None else "", numeric=True),
        Column("approved", _("Approved"), lambda row: row.approved_at, text=lambda row: brief(row.approved_at)),
    )  # fmt: skip
    filters = (
        IN_NAMES,
        OF_CALL,
        status_filter(ConsensusStatus),
    )

    def all_rows(self):
        rows = Consensus.objects.visible_to(self.user).with_names().select_related(None)
        return rows.select_related("application__call", "rapporteur").only(*CONSENSUS_FIELDS)


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
               text=lambda row: _("yes") if row.under_authorising_officer else _("no")),
        status_column(SEAT_TONES, sort="status"),
        Column("declared", _("Declared"), lambda row: row.declared_at, text=lambda row: brief(row.declared_at)),
        Column("signed", _("Signed"), lambda row: row.signed_at, text=lambda row: brief(row.signed_at)),
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
    default_sort = "-drawn"
    columns = (
        Column("call", _("Call"), lambda row: row.call.reference, url=lambda row: row.get_absolute_url()),
        Column("round", _("Round"), lambda row: row.ordinal, numeric=True),
        status_column(LIST_TONES, sort="status"),
        Column("drawn", _("Drawn up"), lambda row: row.drawn_at, text=lambda row: brief(row.drawn_at),
               sort="drawn_at"),
        Column("drawn_by", _("By"), lambda row: row.drawn_by.name),
        Column("budget", _("Budget (EUR)"), lambda row: row.budget, text=lambda row: euro(row.budget), sort="budget",
               numeric=True),
        Column("signed", _("Signed"), lambda row: row.signed_at, text=lambda row: brief(row.signed_at)),
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
        self.columns = columns_of(ranked_list.call.criteria.all())
        self.name = f"ranked-list-{ranked_list.call.reference}".replace("/", "-")
        super().__init__(user, params, path=path, **context)

    def all_rows(self):
        rows = RankedEntry.objects.visible_to(self.user).filter(ranked_list=self.ranked_list).with_names()
        return rows.only(*ENTRY_FIELDS, "application__applicant__name", "application__applicant__member_state")


def columns_of(criteria):
    return (
        Column("rank", _("Rank"), lambda row: row.rank, sort="position", numeric=True),
        Column("number", _("Application"), lambda row: row.number, sort="number",
               url=lambda row: row.application.get_absolute_url()),
        Column("title", _("Title"), lambda row: row.application.title, wide=True),
        Column("applicant", _("Applicant"), lambda row: row.application.applicant.name),
        Column("member_state", _("Member State"), lambda row: row.application.applicant.member_state),
        *(points_column(one) for one in criteria),
        Column("total", _("Total"), lambda row: row.total, text=lambda row: figure(row.total), sort="total",
               numeric=True),
        Column("place", _("List"), lambda row: row.place, text=lambda row: row.get_place_display(), sort="place",
               tone=lambda row: PLACE_TONES[row.place]),
        Column("contribution", _("Requested (EUR)"), lambda row: row.contribution,
               text=lambda row: euro(row.contribution), sort="contribution", numeric=True),
        Column("cumulative", _("Main list so far (EUR)"), lambda row: row.cumulative,
               text=lambda row: euro(row.cumulative), sort="cumulative", numeric=True),
        Column("reason", _("Reason"), lambda row: row.reason),
        Column("tie_break", _("Tie-break"), lambda row: row.tie_break),
    )  # fmt: skip


def points_column(criterion):
    return Column(
        criterion.code, criterion.code, lambda row: points_in(row, criterion.code),
        text=lambda row: figure(points_in(row, criterion.code)), numeric=True,
    )  # fmt: skip


def points_in(row, code):
    return Decimal(row.points[code])


class CallList(RowList):
    """Calls under evaluation, counted over what this person may see."""

    title = _("Calls under evaluation")
    empty_text = _("No call is under evaluation. A call comes here when its checks are finished.")
    name = "calls-under-evaluation"
    page_size = 10  # each line counts rows of four kinds
    default_sort = "-closes"
    columns = (
        Column("reference", _("Call"), lambda row: row.reference, sort="reference",
               url=lambda row: reverse("evaluation_of_call", args=[row.pk])),
        Column("title", _("Title"), lambda row: row.title, wide=True),
        status_column(CALL_TONES, sort="status"),
        Column("applications", _("Applications"), lambda row: row.judged,
               text=lambda row: counted(row.judged, MOST), numeric=True),
        Column("assessments", _("Assessments"), lambda row: row.assessments,
               text=lambda row: counted(row.assessments, MOST), numeric=True),
        Column("signed", _("Signed"), lambda row: row.signed, text=lambda row: counted(row.signed, MOST),
               numeric=True),
        Column("approved", _("Reports approved"), lambda row: row.approved,
               text=lambda row: counted(row.approved, MOST), numeric=True),
        Column("closes", _("Closed"), lambda row: row.closes_at, text=lambda row: brief(row.closes_at),
               sort="closes_at"),
    )  # fmt: skip
    filters = (
        search("reference", "title"),
        status_filter(JUDGED),
    )

    def all_rows(self):
        rows = Call.objects.visible_to(self.user).judged().only("reference", "title", "status", "closes_at")
        return self.with_numbers(rows)

    def shown(self, rows):
        return self.with_numbers(rows, most=MOST)

    def with_numbers(self, rows, most=None):
        seen = Assessment.objects.visible_to(self.user).current()
        reports = Consensus.objects.visible_to(self.user).in_force()
        applications = Application.objects.visible_to(self.user).judged()
        return rows.annotate(
            judged=number_of(applications, "call", most=most),
            assessments=number_of(seen.counting(), "round__call", most=most),
            signed=number_of(seen.signed(), "round__call", most=most),
            approved=number_of(reports, "round__call", most=most),
        )
