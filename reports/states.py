from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.roles import is_system
from core.phases import phases
from core.workflow import NEW, SAME, Workflow, step
from reports.permissions import (
    is_addressed,
    is_own_file,
    is_own_finding,
    is_own_pack,
    is_own_sample,
    may_begin_proofs,
    may_find,
    may_read_reports,
    may_sample,
    may_take_packs,
)


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


class FindingStatus(TextChoices):
    DRAFT = "DRAFT", _("draft")
    SENT = "SENT", _("waits for a reply")
    ACCEPTED = "ACCEPTED", _("accepted, to be implemented")
    CONTESTED = "CONTESTED", _("not accepted")
    CLAIMED = "CLAIMED", _("said to be implemented")
    REOPENED = "REOPENED", _("opened again")
    CLOSED = "CLOSED", _("closed")
    REPLACED = "REPLACED", _("replaced by another")
    DISCARDED = "DISCARDED", _("discarded")


F = FindingStatus


@phases(F, ends=[F.REPLACED, F.DISCARDED])
class FindingPhase:
    DRAFT = [F.DRAFT]
    WAITING = [F.SENT, F.REOPENED]
    ACCEPTED = [F.ACCEPTED]
    CONTESTED = [F.CONTESTED]
    CLAIMED = [F.CLAIMED]
    CLOSED = [F.CLOSED]
    REPLACED = [F.REPLACED]
    DISCARDED = [F.DISCARDED]


OWNERS_TURN = FindingPhase.WAITING + FindingPhase.ACCEPTED
AUDITORS_TURN = FindingPhase.CONTESTED + FindingPhase.CLAIMED
OPEN_FINDINGS = OWNERS_TURN + AUDITORS_TURN
EVER_SENT = OPEN_FINDINGS + FindingPhase.CLOSED + FindingPhase.REPLACED
FOR_AUDITORS, FOR_THE_OWNER = _("The auditor"), _("Whoever the finding is addressed to")  # who reads the reason


class SampleStatus(TextChoices):
    ANNOUNCED = "ANNOUNCED", _("announced")
    DRAWN = "DRAWN", _("drawn")


M = SampleStatus


@phases(M, ends=[M.DRAWN])
class SamplePhase:
    ANNOUNCED = [M.ANNOUNCED]
    DRAWN = [M.DRAWN]


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
SAMPLE = Workflow(
    "reports.actions",
    #    what       from            to            who
    step("announce", {NEW},         M.ANNOUNCED,  may_sample,     _("Announce a sample"), hidden=True),
    step("draw",     {M.ANNOUNCED}, M.DRAWN,      is_own_sample,  _("Draw the sample")),
)
FINDING = Workflow(
    "reports.actions",
    #    what       from                                  to           who
    step("draft",   {NEW},                                F.DRAFT,     may_find,       _("Record a finding"), hidden=True),
    step("send",    {F.DRAFT},                            F.SENT,      is_own_finding, _("Send")),
    step("correct", {F.DRAFT},                            SAME,        is_own_finding, _("Edit"), page="finding_edit"),
    step("discard", {F.DRAFT},                            F.DISCARDED, is_own_finding, _("Discard"), bare=True),
    step("accept",  {F.SENT, F.REOPENED, F.CONTESTED},    F.ACCEPTED,  is_addressed,   _("Accept, and say what will be done"), needs_reason=True, reader=FOR_AUDITORS),
    step("contest", {F.SENT, F.REOPENED, F.ACCEPTED},     F.CONTESTED, is_addressed,   _("Do not accept"), needs_reason=True, reader=FOR_AUDITORS),
    step("claim",   {F.SENT, F.REOPENED, F.ACCEPTED},     F.CLAIMED,   is_addressed,   _("Say that it is implemented"), needs_reason=True, reader=FOR_AUDITORS),
    step("close",   OPEN_FINDINGS,                        F.CLOSED,    is_own_finding, _("Close"), needs_reason=True, reader=FOR_THE_OWNER),
    step("reopen",  {*AUDITORS_TURN, F.CLOSED},           F.REOPENED,  is_own_finding, _("Open again"), needs_reason=True, reader=FOR_THE_OWNER),
    step("extend",  OWNERS_TURN,                          SAME,        is_own_finding, _("Give more time"), needs_reason=True, reader=FOR_THE_OWNER, page="finding_extend"),
    step("replace", {*OPEN_FINDINGS, F.CLOSED},           F.REPLACED,  is_own_finding, _("Write another in its place"), page="finding_replace"),
    step("remind",  OWNERS_TURN,                          SAME,        is_system,      _("Note that its day has passed"), hidden=True),
)
# fmt: on
