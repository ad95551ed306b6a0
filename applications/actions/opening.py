"""At closing time, the clock acting: what was submitted is opened exactly as it was submitted."""

from applications.actions.eligibility import propose_check
from applications.actions.sections import keep_only_files, write_sections
from applications.checks import case_of, findings
from applications.content import content_of, digest
from applications.models import Check
from applications.states import APPLICATION
from core.errors import Refused

WRITTEN = ("identity", "partners", "content", "timetable", "budget", "declarations")


@APPLICATION.action("open")
def open_application(application, *, by, at):
    """Return to the content of the last receipt, then check it against the conditions of the call."""
    receipt = application.receipts.first()
    changes = return_to(application, receipt, by=by, at=at)
    for place, finding in enumerate(findings(case_of(receipt.content, application.call, at=receipt.issued_at))):
        check = Check(application=application, order=place, passed_by_system=finding.passed, **vars(finding))
        propose_check(check, by=by, at=at)
    return changes


def return_to(application, receipt, *, by, at):
    """Edits that were never sent are set aside, and the record says so; what is judged has the receipt's hash."""
    found = digest(content_of(application))
    if found == receipt.sha256:
        return {}
    changes = restore_content(application, receipt.content, by=by, at=at)
    if digest(content_of(application)) != receipt.sha256:
        raise Refused(f"{application}: the content of receipt {receipt.version} cannot be restored.")
    return {"unsent edits set aside": [found, receipt.sha256], **changes}


def restore_content(application, content, *, by, at):
    """Write a content back: the parts by the same writers that saved them, the files by their ids."""
    parts = {name: content[name] for name in WRITTEN}
    changes = write_sections(application, parts, by=by, at=at)
    return changes | keep_only_files(application, {file["id"] for file in content["attachments"]}, at=at)


@APPLICATION.action("set_aside")
def set_aside_application(application, *, by, at):
    """A draft that was never submitted; its owner keeps reading it, nobody else ever does."""
