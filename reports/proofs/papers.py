"""What is kept as a file has the bytes that its row says."""

import hashlib

from django.core.files.storage import default_storage

from applications.models import Attachment, ClarificationFile, DraftPaper, Receipt
from awards.models import Letter
from reports.models import ReportFile
from reports.proofs.names import named
from reports.proofs.slices import FILES, Part, Proof

PIECE = 1 << 20


def of_letters(rows):
    for letter in rows.order_by("reference"):
        yield from faults_of(f"The letter {letter}", letter.pdf_path, letter.pdf_sha256)


def of_receipts(rows):
    for receipt in rows.select_related("application__call").order_by("pk"):
        yield from faults_of(f"The paper of the receipt {named(receipt)}", receipt.pdf_path, receipt.pdf_sha256)


def of_drafts(rows):
    for paper in rows.order_by("pk"):
        yield from faults_of(f"The draft on paper {paper.pk}", paper.pdf_path, paper.pdf_sha256)


def of_attachments(rows):
    """Every file of an application has its bytes, the removed ones too."""
    for file in rows.select_related("application__call").order_by("pk"):
        yield from faults_of(f"The attachment {quoted(file)}", file.path, file.sha256)


def of_answers(rows):
    for file in rows.order_by("pk"):
        yield from faults_of(f"The document {file.pk} of a clarification", file.path, file.sha256)


def quoted(file):
    name, whose = named(file), named(file.application)
    return f"“{name}” of {whose}" if name == str(file) else f"{name} of {whose}"


def of_report_files(rows):
    for file in rows.order_by("pk"):
        yield from faults_of(f"The report file {file.name}", file.path, file.sha256)


def faults_of(what, path, sha256):
    try:
        found = sha256_of(path)
    except OSError:
        yield f"{what} has lost its bytes: {path or 'no path'} cannot be read."
        return
    if found != sha256:
        yield f"{what} does not have the SHA-256 that its row says: somebody changed the bytes."


def sha256_of(path):
    digest_of = hashlib.sha256()
    with default_storage.open(path) as kept:
        while piece := kept.read(PIECE):
            digest_of.update(piece)
    return digest_of.hexdigest()


letters = Proof(
    Part(lambda: Letter.objects.exclude(sent_at=None), of_letters, size=FILES),
    Part(lambda: Receipt.objects.exclude(drawn_at=None), of_receipts, size=FILES),
    Part(lambda: DraftPaper.objects.drawn(), of_drafts, size=FILES),
)
attachments = Proof(
    Part(lambda: Attachment.objects.all(), of_attachments, size=FILES),
    Part(lambda: ClarificationFile.objects.all(), of_answers, size=FILES),
)
report_files = Proof(Part(lambda: ReportFile.objects.drawn(), of_report_files, size=FILES))
