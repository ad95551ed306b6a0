"""My report files and packs, and the runs of proofs."""

from django.utils.translation import gettext_lazy as _

from core.formats import brief
from core.lists import Column, RowList
from core.lists.kinds import CODE, MOMENT, WHOLE
from core.phases import for_each
from core.statuses import status_column, status_filter
from reports.about import CALL, FILTERS
from reports.catalogue import REPORTS
from reports.models import Pack, ProofRun, ReportFile
from reports.states import ProofRunPhase, ProofRunStatus, ReportFileStatus


def title_of(file):
    report = REPORTS.get(file.report)
    return str(report.title) if report else file.report


class FileList(RowList):
    """The files this person asked for, each with the hash of its bytes."""

    title = _("My files")
    empty_text = _("You have not asked for any file yet.")
    name = "my-report-files"
    default_sort = "-asked_at"
    page_size = 10
    beside = (CALL, "at", *FILTERS)  # what the page's reports are about
    columns = (
        Column(
            "report", _("Report"), title_of,
            text=lambda file: f"{title_of(file)} ({file.get_form_display()})", url=lambda file: file.get_absolute_url(),
            kind=CODE, code=lambda file: file.report,
        ),
        Column("about_name", _("About"), lambda file: file.about_name),
        Column("at", _("As of"), lambda file: file.at, text=lambda file: brief(file.at), kind=MOMENT),
        Column("asked_at", _("Asked"), lambda file: file.asked_at, text=lambda file: brief(file.asked_at),
               sort="asked_at", kind=MOMENT),
        Column(
            "status", _("Status"), lambda file: file.status,
            text=lambda file: file.get_status_display(), tone=lambda file: "good" if file.sha256 else "info", kind=CODE,
            choices=ReportFileStatus,
        ),
        Column("row_count", _("Rows"), lambda file: file.row_count, numeric=True, kind=WHOLE),
        Column("sha256", "SHA-256", lambda file: file.sha256),
    )  # fmt: skip

    def all_rows(self):
        return ReportFile.objects.visible_to(self.user)


class PackList(RowList):
    """The packs this person asked for, each with the hash of its bytes."""

    title = _("My evidence packs")
    empty_text = _("You have not asked for any pack yet.")
    name = "my-evidence-packs"
    default_sort = "-asked_at"
    page_size = 10
    beside = ("call", "numbers")  # what the form is filled with
    columns = (
        Column("about", _("About"), lambda pack: pack.about, url=lambda pack: pack.get_absolute_url()),
        Column("asked_at", _("Asked"), lambda pack: pack.asked_at, text=lambda pack: brief(pack.asked_at),
               sort="asked_at", kind=MOMENT),
        Column(
            "status", _("Status"), lambda pack: pack.status,
            text=lambda pack: pack.get_status_display(), tone=lambda pack: "good" if pack.sha256 else "info",
        ),
        Column("size", _("Bytes"), lambda pack: pack.size, numeric=True, kind=WHOLE),
        Column("sha256", "SHA-256", lambda pack: pack.sha256),
    )  # fmt: skip

    def all_rows(self):
        return Pack.objects.visible_to(self.user).select_related("call")


TONES = for_each(
    ProofRunStatus,
    {
        ProofRunPhase.UNDER_WAY: "info",
        ProofRunPhase.PROVED: "good",
        ProofRunPhase.FAULTY: "bad",
        ProofRunPhase.BROKEN_OFF: "bad",
    },
)


class ProofRunList(RowList):
    """Every run of proofs, newest first."""

    title = _("Runs of proofs")
    empty_text = _("Nothing has been proved yet: the first run begins tonight.")
    name = "runs-of-proofs"
    default_sort = "-begun_at"
    columns = (
        Column("begun_at", _("Begun"), lambda run: run.begun_at, text=lambda run: brief(run.begun_at),
               url=lambda run: run.get_absolute_url(), sort="begun_at", kind=MOMENT),
        Column("begun_by", _("By"), lambda run: run.begun_by.name),
        Column("ended_at", _("Ended"), lambda run: run.ended_at, text=lambda run: brief(run.ended_at), kind=MOMENT),
        status_column(TONES),
        Column("looked_at", _("Looked at"), lambda run: run.looked_at, numeric=True, kind=WHOLE),
        Column("fault_count", _("Faults"), lambda run: run.fault_count, numeric=True, kind=WHOLE),
    )  # fmt: skip
    filters = (status_filter(ProofRunStatus),)

    def all_rows(self):
        return ProofRun.objects.visible_to(self.user).select_related("begun_by").defer("results", "progress")
