"""What is kept as a file has the bytes that its row says."""

import hashlib

from django.core.files.storage import default_storage

from applications.models import Attachment, ClarificationFile, DraftPaper, HearingFile, Receipt
from awards.models import Letter
from reports.models import Pack, ReportFile
from reports.proofs.names import named
from reports.proofs.slices import FILES, Part, Proof

PIECE = 1 << 20


def kept(rows, name, *, path="path", sha256="sha256"):
    """The part of a proof that each of these rows still has its bytes; `rows()` are they, `name(row)` says in a fault
    which one it is."""

    def faults(found):
        for row in found.order_by("pk"):
            yield from faults_of(name(row), getattr(row, path), getattr(row, sha256))

    return Part(rows, faults, size=FILES)


def drawn(rows, name):
    return kept(rows, name, path="pdf_path", sha256="pdf_sha256")


def quoted(file):
    name, whose = named(file), named(file.application)
    return f"“{name}” of {whose}" if name == str(file) else f"{name} of {whose}"


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
    drawn(lambda: Letter.objects.exclude(sent_at=None), "The letter {}".format),
    drawn(
        lambda: Receipt.objects.exclude(drawn_at=None).select_related("application__call"),
        lambda receipt: f"The paper of the receipt {named(receipt)}",
    ),
    drawn(lambda: DraftPaper.objects.drawn(), lambda paper: f"The draft on paper {paper.pk}"),
)
attachments = Proof(
    kept(
        lambda: Attachment.objects.select_related("application__call"),  # the removed ones too
        lambda file: f"The attachment {quoted(file)}",
    ),
    kept(lambda: ClarificationFile.objects.all(), lambda file: f"The document {file.pk} of a clarification"),
    kept(lambda: HearingFile.objects.all(), lambda file: f"The document {file.pk} of observations"),
)
report_files = Proof(
    kept(lambda: ReportFile.objects.drawn(), lambda file: f"The report file {file.name}"),
    kept(lambda: Pack.objects.made(), lambda pack: f"The evidence pack {pack.name}"),
)
