"""Assessments and consensus reports."""

from django.utils.translation import gettext_lazy as _

from core.formats import brief
from core.lists import Column, RowList, search
from core.lists.kinds import MOMENT, POINTS, WHOLE
from core.statuses import status_column, status_filter
from evaluation.lists.filters import IN_NAMES, OF_CALL
from evaluation.lists.tones import ASSESSMENT_TONES, CONSENSUS_TONES
from evaluation.models import Assessment, Consensus
from evaluation.scoring import figure
from evaluation.states import AssessmentStatus, ConsensusStatus

OF_APPLICATION = ("status", "application__reference", "application__title", "application__call__reference")
ASSESSMENT_FIELDS = (*OF_APPLICATION, "due_at", "signed_at")
CONSENSUS_FIELDS = (*OF_APPLICATION, "total", "approved_at", "rapporteur__name")


class AssessmentList(RowList):
    title = _("Assessments")
    empty_text = _("No assessment that you may see.")
    name = "assessments"
    default_sort = "due_at"
    columns = (
        Column("number", _("Application"), lambda row: row.number,
               url=lambda row: row.get_absolute_url()),
        Column("title", _("Title"), lambda row: row.application.title, wide=True),
        Column("call", _("Call"), lambda row: row.application.call.reference),
        Column("round", _("Round"), lambda row: row.ordinal, numeric=True, kind=WHOLE),
        Column("evaluator", _("Evaluator"), lambda row: row.evaluator_name),
        status_column(ASSESSMENT_TONES, sort="status"),
        Column("due_at", _("To be signed by"), lambda row: row.due_at, text=lambda row: brief(row.due_at),
               sort="due_at", kind=MOMENT),
        Column("signed_at", _("Signed"), lambda row: row.signed_at, text=lambda row: brief(row.signed_at), kind=MOMENT),
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
    default_sort = "status"
    columns = (
        Column("number", _("Application"), lambda row: row.number,
               url=lambda row: row.get_absolute_url()),
        Column("title", _("Title"), lambda row: row.application.title, wide=True),
        Column("call", _("Call"), lambda row: row.application.call.reference),
        Column("round", _("Round"), lambda row: row.ordinal, numeric=True, kind=WHOLE),
        Column("rapporteur", _("Rapporteur"), lambda row: row.rapporteur.name),
        status_column(CONSENSUS_TONES, sort="status"),
        Column("total", _("Total"), lambda row: row.total, sort="known_total",
               text=lambda row: figure(row.total) if row.total is not None else "", numeric=True, kind=POINTS),
        Column("approved_at", _("Approved"), lambda row: row.approved_at, text=lambda row: brief(row.approved_at),
               kind=MOMENT),
    )  # fmt: skip
    filters = (
        IN_NAMES,
        OF_CALL,
        status_filter(ConsensusStatus),
    )

    def all_rows(self):
        rows = Consensus.objects.visible_to(self.user).with_names().select_related(None)
        return rows.select_related("application__call", "rapporteur").only(*CONSENSUS_FIELDS)
