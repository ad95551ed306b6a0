"""Calls under evaluation, and how far the applications of one of them are."""

from itertools import islice

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.roles import is_officer
from applications.models import Application
from core import clock
from core.cells import Cell
from core.counting import counted, number_of
from core.formats import brief
from core.lists import Column, RowList, search
from core.lists.kinds import MOMENT, WHOLE
from core.statuses import status_column, status_filter
from evaluation.lists.tones import ASSESSMENT_TONES, CALL_TONES
from evaluation.models import Assessment, Consensus
from evaluation.scoring import figure
from evaluation.shown.calls import lines_of
from evaluation.shown.standing import awaiting_rapporteur
from programmes.models import Call
from programmes.states import JUDGED

ON_A_LINE = ("reference", "title", "status", "call", "applicant__name")
CHUNK = 500  # applications of a file are followed together
MOST = 100  # of each kind are counted on a line of a call; its file counts all


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
               text=lambda row: counted(row.judged, MOST), numeric=True, kind=WHOLE),
        Column("assessments", _("Assessments"), lambda row: row.assessments,
               text=lambda row: counted(row.assessments, MOST), numeric=True, kind=WHOLE),
        Column("signed", _("Signed"), lambda row: row.signed, text=lambda row: counted(row.signed, MOST),
               numeric=True, kind=WHOLE),
        Column("approved", _("Reports approved"), lambda row: row.approved,
               text=lambda row: counted(row.approved, MOST), numeric=True, kind=WHOLE),
        Column("closes", _("Closed"), lambda row: row.closes_at, text=lambda row: brief(row.closes_at),
               sort="closes_at", kind=MOMENT),
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


class ProgressList(RowList):
    """The applications of one call, each with its line: where it stands, who assesses it, how far they lie apart."""

    title = _("Applications")
    empty_text = _("No eligible application.")
    name = "evaluation"
    default_sort = "number"
    columns = (
        Column("number", _("Application"), lambda row: row.reference, sort="reference",
               url=lambda row: row.get_absolute_url()),
        Column("title", _("Title"), lambda row: row.title, wide=True),
        Column("applicant", _("Applicant"), lambda row: row.applicant.name, sort="applicant_key"),
        Column("situation", _("Where it stands"), lambda row: row.line.situation[0],
               cells=lambda row: situation_of(row.line)),
        Column("assessments", _("Assessments"), lambda row: "; ".join(map(words_about, row.line.assessments)),
               cells=lambda row: [assessment_cell(one) for one in row.line.assessments]),
        Column("totals", _("Totals"), lambda row: " · ".join(map(figure, row.line.totals)), numeric=True, kind=WHOLE),
        Column("spread", _("Spread"), lambda row: row.line.distance, numeric=True, kind=WHOLE),
    )  # fmt: skip
    filters = (search(folded_fields=["search_text"]),)

    def __init__(self, user, params, *, path="", call, **context):
        self.call, self.at = call, clock.now()
        self.name = f"evaluation-{call.reference}".replace("/", "-")
        super().__init__(user, params, path=path, **context)

    def all_rows(self):
        return self.of_call().select_related("applicant").only(*ON_A_LINE)

    def of_call(self):
        return Application.objects.visible_to(self.user).of_call(self.call).judged()

    def load(self):
        super().load()
        self.follow(self.objects)
        return self

    def follow(self, applications):
        """Give each its `line`, and all lines back: little is asked for however many applications the call has."""
        lines = lines_of(applications, self.call, self.user, at=self.at)
        for line in lines:
            line.application.line = line
        return lines

    def table(self):
        return self.labels, self.followed(self.all_in_order().iterator(chunk_size=CHUNK))

    def followed(self, rows):
        while chunk := list(islice(rows, CHUNK)):
            self.follow(chunk)
            yield from ([column.value(row) for column in self.columns] for row in chunk)


class ReadyList(ProgressList):
    """Those of the call that wait for their rapporteur."""

    empty_text = _("No application waits for a rapporteur.")

    def of_call(self):
        return awaiting_rapporteur(self.call, self.user)


def situation_of(line):
    words, tone = line.situation
    url = line.consensus.get_absolute_url() if line.consensus else None
    return [Cell(words, url, tone), *ways_out(line)]


def ways_out(line):
    """Two links for an officer who reads of a conflict of interest, the own one or somebody else's."""
    if line.is_hidden or not is_officer(line.reader):
        return []
    pages = [("stand_aside", _("I have a conflict of interest")), ("bar_person", _("Somebody else has one"))]
    return [Cell(label, reverse(name, args=[line.application.pk])) for name, label in pages]


def assessment_cell(one):
    return Cell(words_about(one), one.get_absolute_url(), ASSESSMENT_TONES[one.status])


def words_about(one):
    words = {"who": one.evaluator.name, "status": one.get_status_display()}
    return gettext("%(who)s: %(status)s") % words
