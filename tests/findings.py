"""Findings in tests: recorded and sent by the acts."""

from datetime import date

from reports.actions import draft_finding, send_finding
from reports.models import Finding
from tests.factories import an_auditor

SAID = {
    "title": "The second check is not on file", "text": "Two of five files hold one check.", "severity": "HIGH",
    "recommendation": "Let a second person check each file.", "owner": "OFFICE", "due_on": date(2090, 6, 30),
    "application": "", "decision": "", "file": "",
}  # fmt: skip


def a_finding(*, by=None, replaces=None, **said):
    """A draft."""
    return draft_finding(Finding(replaces=replaces), by=by or an_auditor(), said={**SAID, **said})


def a_sent_finding(*, by=None, **said):
    by = by or an_auditor()
    return send_finding(a_finding(by=by, **said), by=by)
