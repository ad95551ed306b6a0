"""At closing time, the clock acting: what was submitted is opened exactly as it was submitted."""

from applications.actions.eligibility import propose_check
from applications.actions.participations import end_with_their_partners
from applications.actions.sections import restore_content
from applications.checks import case_of, findings
from applications.content import content_of, digest, says_the_same
from applications.formats import read
from applications.models import Check
from applications.states import APPLICATION
from core.errors import Refused
from core.language import house_words


@APPLICATION.action("open")
@house_words()
def open_application(application, *, by, at):
    """Return to the content of the last receipt, then check it against the conditions of the call."""
    receipt = application.receipts.first()
    changes = return_to(application, receipt, by=by, at=at)
    for place, finding in enumerate(findings(case_of(read(receipt.content), application.call, at=receipt.issued_at))):
        check = Check(application=application, order=place, passed_by_system=finding.passed, **vars(finding))
        propose_check(check, by=by, at=at)
    return changes


def return_to(application, receipt, *, by, at):
    """Edits that were never sent are set aside, and the record says so; what is judged is what the receipt says."""
    found = content_of(application)
    if says_the_same(found, receipt.content):
        return {}
    changes = restore_content(application, receipt.content, by=by, at=at)
    end_with_their_partners(application, by=by, at=at)
    if not says_the_same(content_of(application), receipt.content):
        raise Refused(f"{application}: the content of receipt {receipt.version} cannot be restored.")
    return {"unsent edits set aside": [digest(found), receipt.sha256], **changes}


@APPLICATION.action("set_aside")
def set_aside_application(application, *, by, at):
    """A draft that was never submitted; its owner keeps reading it, nobody else ever does."""
