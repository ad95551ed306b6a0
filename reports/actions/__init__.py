"""Every act on files of reports, on evidence packs, on findings and on runs of proofs."""

from reports.actions.files import ask_for_report, fetch_report, require_readable
from reports.actions.findings import (
    accept_finding,
    claim_finding,
    close_finding,
    contest_finding,
    correct_finding,
    draft_finding,
    extend_finding,
    look_at_finding,
    remind_of_finding,
    reopen_finding,
    replace_finding,
    send_finding,
)
from reports.actions.looks import forget_some, keep_head
from reports.actions.packs import ask_for_pack, fetch_pack
from reports.actions.runs import accuse_run, begin_run, break_off_run, carry_on, confirm_run
from reports.actions.samples import announce_sample, draw_sample

__all__ = [
    "accept_finding",
    "accuse_run",
    "announce_sample",
    "ask_for_pack",
    "ask_for_report",
    "begin_run",
    "break_off_run",
    "carry_on",
    "claim_finding",
    "close_finding",
    "confirm_run",
    "contest_finding",
    "correct_finding",
    "draft_finding",
    "draw_sample",
    "extend_finding",
    "fetch_pack",
    "fetch_report",
    "forget_some",
    "keep_head",
    "look_at_finding",
    "remind_of_finding",
    "reopen_finding",
    "replace_finding",
    "require_readable",
    "send_finding",
]
