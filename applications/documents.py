"""What leaves the house about an application: the receipt as a PDF and by mail, its draft on paper, the mails."""

from datetime import UTC
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.content import content_of
from applications.formats import read
from applications.models import Receipt
from applications.notices import link, written
from applications.shown import proposal, proposal_received
from applications.shown.unsent import unsent_edits
from applications.states import OWNERS_OWN
from audit.models import AuditRecord, Checkpoint
from audit.record import append, entry_of
from core import clock, files
from core.formats import brussels, milliseconds
from core.language import for_each_reader
from core.pdf import render_pdf
from core.qr import qr_of
from programmes.shown.calls import changes_of

PARTICIPATION_MAILS = {
    "invited": gettext_lazy("%(coordinator)s invites you to take part in a proposal for %(call)s"),
    "accepted": gettext_lazy("%(partner)s takes part in your proposal for %(call)s"),
    "declined": gettext_lazy("%(partner)s does not take part in your proposal for %(call)s"),
    "left": gettext_lazy("%(partner)s has left your proposal for %(call)s"),
    "taken_back": gettext_lazy("%(coordinator)s has taken back its invitation, call %(call)s"),
    "ended": gettext_lazy("You take no part any more in the proposal of %(coordinator)s for %(call)s"),
}


def draw_receipt(receipt_id):
    """Draw a receipt once, from the facts in its row, and keep it; a second call finds it drawn."""
    with transaction.atomic():
        receipt = Receipt.objects.select_for_update().get(pk=receipt_id)
        if receipt.drawn_at:
            return
        title = _("Acknowledgement of receipt")
        content = render_pdf("letters/receipt.html", receipt_facts(receipt), title=str(title))
        path, sha256 = files.store_bytes(content, folder="receipts")
        at = clock.now()
        Receipt.objects.filter(pk=receipt.pk).update(pdf_path=path, pdf_sha256=sha256, drawn_at=at)
        append(entry_of("receipt.draw", receipt, by=User.objects.clock(), at=at, changes={"paper": [None, sha256]}),
               chain=f"receipt:{receipt.pk}")  # fmt: skip


def draw_draft(paper, content, typed):
    """A draft on paper, kept; gives its path and SHA-256. `typed`: sentences on the answers that are not valid yet."""
    title = _("Draft of an application")
    drawn = render_pdf("letters/draft.html", draft_facts(paper, content, typed), title=str(title))
    return files.store_bytes(drawn, folder="drafts")


def draft_facts(paper, content, typed):
    application = paper.application
    return {
        "sender": sender_of(application.call),
        "addressee": [application.applicant.name, *application.applicant.address.splitlines()],
        "date": milliseconds(paper.drawn_at),
        "reference": application.reference or application.call.reference,
        "subject_facts": [
            (_("Call"), f"{application.call.reference} – {application.call.title}"),
            (_("Acronym"), application.acronym),
            (_("Title"), application.title),
        ],
        "digest": paper.sha256,
        "version": application.versions,
        "typed": list(typed),
        "proposal": proposal(application, content),
    }


def receipt_facts(receipt):
    """All that the paper says, laid out: the proof, and the proposal as it was received."""
    application = receipt.application
    return {
        "sender": sender_of(application.call),
        "addressee": [application.applicant.name, *application.applicant.address.splitlines()],
        "date": milliseconds(receipt.issued_at),
        "reference": application.reference,
        "particulars": [(_("Version"), receipt.version)],
        "subject_facts": [
            (_("Call"), f"{application.call.reference} – {application.call.title}"),
            (_("Application"), application.reference),
            (_("Acronym"), name_in(receipt, "acronym")),
            (_("Title"), name_in(receipt, "title")),
        ],
        "facts": facts_of(receipt),
        "digest": receipt.sha256,
        "check": link("receipt_check"),
        "code": qr_of(check_address(receipt)),
        "code_address": check_address(receipt),
        "proposal": proposal_received(receipt),
    }


def check_address(receipt):
    """Where anybody who holds the receipt finds out whether it stands."""
    return settings.SITE_URL.rstrip("/") + check_path(receipt)


def check_path(receipt):
    said = urlencode({"number": receipt.application.reference, "sha256": receipt.sha256})
    return f"{reverse('receipt_check')}?{said}"


def name_in(receipt, name):
    """The acronym or the title that was received; nothing where the call does not ask for it."""
    return read(receipt.content).get("identity", {}).get(name, "")


def sender_of(call):
    sheet = call.fund.sheet
    return {
        "institution": sheet.get("institution", "European Commission"),
        "department": sheet.get("department", "Directorate-General for Migration and Home Affairs"),
        "unit": call.fund.name,
        "place": "",
        "address": sheet.get("address", ""),
    }


def facts_of(receipt):
    """What proves the submission: (label, value), on the page and on the paper alike."""
    entry, checkpoints = submission_record(receipt), Checkpoint.objects.order_by("-at")
    return [
        (_("Number"), receipt.application.reference),
        (_("Version"), receipt.version),
        (_("Received"), milliseconds(receipt.issued_at)),
        (_("Received (UTC)"), in_utc(receipt.issued_at)),
        (_("Submitted by"), str(receipt.submitted_by)),
        (_("SHA-256 of the content"), receipt.sha256),
        (_("Place in the audit trail"), f"{entry.chain}, {entry.sequence}" if entry else ""),
        (_("SHA-256 of the audit record"), entry.hash if entry else ""),
        (_("Last checkpoint before it"), str(checkpoints.filter(at__lt=receipt.issued_at).first() or "")),
    ]


def submission_record(receipt):
    """The record of this very submission: its hash is the head of the application's chain at that moment."""
    return AuditRecord.objects.of_chain(receipt.chain).filter(
        act="application.submit", changes__versions__1=receipt.version
    ).last()  # fmt: skip


def in_utc(moment):
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.") + f"{moment.microsecond // 1000:03d} UTC"


def with_size(file):
    return {**file, "shown_size": filesizeformat(file["size"])}


@for_each_reader
def receipt_mail(receipt):
    """Subject and body of the mail to everybody of the organisation."""
    application = receipt.application
    context = {
        "application": application, "receipt": receipt, "acronym": application.acronym,
        "brussels": milliseconds(receipt.issued_at), "utc": in_utc(receipt.issued_at),
        "files": [with_size(file) for file in receipt.files], "link": link("receipt", receipt.pk),
    }  # fmt: skip
    subject = _("Received: application %(number)s, version %(version)d") % {
        "number": application.reference, "version": receipt.version,
    }  # fmt: skip
    return {"subject": subject, "body": written("receipt", context)}


@for_each_reader
def withdrawal_mail(application, *, at):
    context = {"application": application, "brussels": milliseconds(at), "link": link("application", application.pk)}
    subject = _("Withdrawn: application %(number)s") % {"number": application}
    return {"subject": subject, "body": written("withdrawal", context)}


@for_each_reader
def reinstatement_mail(application, *, at):
    context = {"application": application, "brussels": milliseconds(at), "link": link("application", application.pk)}
    subject = _("Counts again: application %(number)s") % {"number": application}
    return {"subject": subject, "body": written("reinstatement", context)}


@for_each_reader
def retraction_mail(application, *, at):
    context = {"application": application, "brussels": milliseconds(at), "link": link("application", application.pk)}
    subject = _("Withdrawn from the procedure: application %(number)s") % {"number": application}
    return {"subject": subject, "body": written("retraction", context)}


@for_each_reader
def cancellation_mail(application):
    call = application.call
    context = {
        "application": application, "call": call, "brussels": milliseconds(call.cancelled_at),
        "link": settings.SITE_URL.rstrip("/") + call.get_absolute_url(), "article": call.legal_reference("redress"),
    }  # fmt: skip
    subject = _("The call %(call)s was cancelled") % {"call": call}
    return {"subject": subject, "body": written("cancellation", context)}


@for_each_reader
def corrigendum_mail(application, *, corrigendum):
    call = application.call
    context = {
        "application": application, "call": call, "corrigendum": corrigendum, "changes": changes_of(corrigendum),
        "brussels": milliseconds(corrigendum.published_at), "link": link("application", application.pk),
        "call_link": settings.SITE_URL.rstrip("/") + call.get_absolute_url(),
    }  # fmt: skip
    subject = _("Corrigendum %(number)d to the call %(call)s: %(application)s") % {
        "number": corrigendum.number, "call": call, "application": application,
    }  # fmt: skip
    return {"subject": subject, "body": written("corrigendum", context)}


@for_each_reader
def closing_mail(application):
    """What counts of it, once its call has closed."""
    receipt = application.receipts.first()
    context = {
        "application": application, "call": application.call, "receipt": receipt,
        "counts": not application.stands_in(OWNERS_OWN),
        "received": receipt and milliseconds(receipt.issued_at),
        "receipt_link": receipt and link("receipt", receipt.pk), "link": link("application", application.pk),
    }  # fmt: skip
    subject = _("What counts: %(application)s, call %(call)s") % {
        "application": application, "call": application.call,
    }  # fmt: skip
    return {"subject": subject, "body": written("closing", context)}


@for_each_reader
def failed_order_mail(order):
    """Why the standing order submitted nothing, and what counts all the same."""
    application = order.application
    context = {
        "application": application, "call": application.call, "order": order, "receipt": application.receipts.first(),
        "given": brussels(order.given_at), "link": link("application", application.pk),
    }  # fmt: skip
    subject = _("Not submitted: the standing order for %(application)s") % {"application": application}
    return {"subject": subject, "body": written("failed_order", context)}


@for_each_reader
def participation_mail(row, *, state):
    """To the partner's people or to the coordinator's: who and which call, nothing of the proposal."""
    application = row.application
    words = {"partner": row.organisation, "coordinator": application.applicant, "call": application.call.reference}
    context = {
        "state": state, "because": row.because, **words, "link": link("participation", row.pk),
        "desk": link("partners_desk", application.pk), "closes": brussels(application.call.closes_at),
    }  # fmt: skip
    return {"subject": PARTICIPATION_MAILS[state] % words, "body": written("participation", context)}


@for_each_reader
def reminder_mail(application, *, at):
    context = {
        "application": application, "call": application.call, "at": at, "link": link("application", application.pk),
        "edits": unsent_edits(application, content_of(application)),
    }  # fmt: skip
    subject = _("Not submitted yet: %(application)s, call %(call)s") % {
        "application": application, "call": application.call,
    }  # fmt: skip
    return {"subject": subject, "body": written("reminder", context)}
