"""Handing an application in, taking it back, taking it up again: until the call closes, by the database's clock."""

from secrets import choice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications import documents
from applications.actions.attempts import accept, content_at, is_repeated, noted
from applications.actions.guards import require_before_closing, require_open_call
from applications.completeness import gaps_in, typed_gaps
from applications.content import is_as_sent
from applications.models import Application, Receipt
from applications.states import APPLICATION
from core import clock
from core.errors import Incomplete
from core.workflow import UNCHANGED
from promises.actions import promise, write_mails

SIGNS = "23456789BCDFGHJKMNPQRSTVWXZ"  # none that looks like another, no vowels that would make words
THE_SAME = gettext_lazy("Exactly this was submitted already.")


@APPLICATION.action("submit", around=noted)
def submit_application(application, *, by, at, attempt):
    """Hand the proposal in, or hand it in again with its edits: a new version, a new receipt.

    Submitting the same content twice (a double click, a replay) leaves everything as the first time. `at` is when it
    arrived: that decides whether it is late, and stands on the receipt.
    """
    if attempt.key and is_repeated(attempt):
        return UNCHANGED
    require_answers(application)
    content, sha256 = content_at(attempt, application)
    if application.submitted_at and is_as_sent(application, content):
        accept(attempt, application.receipts.first(), reason=THE_SAME)
        return UNCHANGED
    require_open_call(application.call, at)
    require_complete(content, application.call)
    application.reference = application.reference or new_reference(application.call)
    application.submitted_at, application.sent_hash = at, sha256
    application.edited_at = min(application.edited_at, at)  # what came later and was saved sooner is in it
    application.versions += 1
    accept(attempt, issue_receipt(application, content, sha256, by=by, at=at))
    return {}


def require_answers(application):
    """What was typed and is no valid answer yet is named before anything is sent, or found to be sent already."""
    if application.as_typed and (gaps := typed_gaps(application)):
        raise Incomplete(gaps, _("Some answers are not valid yet. Correct what is listed, then submit."))


def require_complete(content, call):
    if gaps := gaps_in(content, call):
        raise Incomplete(gaps, _("The application is not complete yet. Fill in what is listed, then submit it."))


def new_reference(call):
    """The call's reference and six signs, for good: they count nothing, so nobody learns from them how many applied."""
    while True:
        reference = f"{call.reference}-{''.join(choice(SIGNS) for _sign in range(6))}"
        if not Application.objects.filter(reference=reference).exists():
            return reference


def issue_receipt(application, content, sha256, *, by, at):
    receipt = Receipt.objects.create(
        application=application, version=application.versions, issued_at=at, submitted_by=by, content=content,
        sha256=sha256, files=content.get("attachments", []),
    )  # fmt: skip
    promise("receipt", receipt)
    mail = documents.receipt_mail(receipt)
    write_mails(to=addresses_of(application), about=receipt, carries={"receipt": receipt}, **mail)
    return receipt


def addresses_of(application):
    return [user.email for user in User.objects.speaking_for(application.applicant)]


@APPLICATION.action("withdraw")
def withdraw_application(application, *, by, at):
    """Take it back before the call closes; the number stays, the receipts stay."""
    require_before_closing(application.call, clock.arrived(at))
    application.submitted_at = None
    write_mails(to=addresses_of(application), about=application, **documents.withdrawal_mail(application, at=at))


@APPLICATION.action("reinstate")
def reinstate_application(application, *, by, at):
    """Undo the withdrawal before the call closes: the version that was submitted last counts again, as received."""
    require_before_closing(application.call, clock.arrived(at))
    application.submitted_at = application.receipts.first().issued_at
    write_mails(to=addresses_of(application), about=application, **documents.reinstatement_mail(application, at=at))


@APPLICATION.action("restore")
def restore_application(application, *, by, at):
    """Take a withdrawn application up again, as a draft: nothing counts as submitted until it is submitted again."""
    require_before_closing(application.call, clock.arrived(at))
