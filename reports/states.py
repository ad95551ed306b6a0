from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.roles import is_system
from core.phases import phases
from core.workflow import NEW, SAME, Workflow, step
from reports.permissions import is_own_file, is_own_pack, may_begin_proofs, may_read_reports, may_take_packs


class ReportFileStatus(TextChoices):
    WAITING = "WAITING", _("being drawn")
    DRAWN = "DRAWN", _("ready")


S = ReportFileStatus


@phases(S, ends=[S.DRAWN], elsewhere=[(S.WAITING, S.DRAWN)])  # by the worker, which is no act of anybody
class ReportFilePhase:
    WAITING = [S.WAITING]
    DRAWN = [S.DRAWN]


class ProofRunStatus(TextChoices):
    UNDER_WAY = "UNDER_WAY", _("under way")
    PROVED = "PROVED", _("everything was proved")
    FAULTY = "FAULTY", _("faults were found")
    BROKEN_OFF = "BROKEN_OFF", _("ended before it was done")


R = ProofRunStatus


@phases(R, ends=[R.PROVED, R.FAULTY, R.BROKEN_OFF])
class ProofRunPhase:
    UNDER_WAY = [R.UNDER_WAY]
    PROVED = [R.PROVED]
    FAULTY = [R.FAULTY]
    BROKEN_OFF = [R.BROKEN_OFF]


class PackStatus(TextChoices):
    WAITING = "WAITING", _("being made")
    MADE = "MADE", _("ready")


K = PackStatus


@phases(K, ends=[K.MADE], elsewhere=[(K.WAITING, K.MADE)])  # by the worker, which is no act of anybody
class PackPhase:
    WAITING = [K.WAITING]
    MADE = [K.MADE]


WHOLE = ProofRunPhase.PROVED + ProofRunPhase.FAULTY  # every proof was carried out
FAILED = ProofRunPhase.FAULTY + ProofRunPhase.BROKEN_OFF

# fmt: off
REPORT_FILE = Workflow(
    "reports.actions",
    #    what       from         to         who
    step("ask",     {NEW},       S.WAITING, may_read_reports, _("Ask for a report"), hidden=True),
    step("fetch",   {S.DRAWN},   SAME,      is_own_file,      _("Download"), page="report_file_bytes", hidden=True),
)
PACK = Workflow(
    "reports.actions",
    #    what       from         to         who
    step("ask",     {NEW},       K.WAITING, may_take_packs,   _("Ask for an evidence pack"), hidden=True),
    step("fetch",   {K.MADE},    SAME,      is_own_pack,      _("Download"), page="pack_bytes", hidden=True),
)
PROOF_RUN = Workflow(
    "reports.actions",
    #    what         from            to            who
    step("begin",     {NEW},          R.UNDER_WAY,  may_begin_proofs, _("Prove now"), hidden=True),
    step("confirm",   {R.UNDER_WAY},  R.PROVED,     is_system, _("Everything was proved"), hidden=True),
    step("accuse",    {R.UNDER_WAY},  R.FAULTY,     is_system, _("Faults were found"), hidden=True),
    step("break_off", {R.UNDER_WAY},  R.BROKEN_OFF, is_system, _("Break off"), hidden=True),
)
# fmt: on
