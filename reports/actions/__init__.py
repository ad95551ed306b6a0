"""Every act on files of reports, on evidence packs and on runs of proofs."""

from reports.actions.files import ask_for_report, fetch_report, require_readable
from reports.actions.looks import forget_some, keep_head
from reports.actions.packs import ask_for_pack, fetch_pack
from reports.actions.runs import accuse_run, begin_run, break_off_run, carry_on, confirm_run

__all__ = [
    "accuse_run",
    "ask_for_pack",
    "ask_for_report",
    "begin_run",
    "break_off_run",
    "carry_on",
    "confirm_run",
    "fetch_pack",
    "fetch_report",
    "forget_some",
    "keep_head",
    "require_readable",
]
