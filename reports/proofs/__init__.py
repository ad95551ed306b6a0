"""What no constraint can say, proved again from the rows and the kept bytes: each proof yields a sentence per fault."""

import hashlib
from itertools import groupby

from django.core.files.storage import default_storage
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Exists, F, Max, OuterRef, Q

from applications.content import digest
from applications.models import Application, Attachment, Attempt, DraftPaper, Receipt, StandingOrder
from audit.history import tables_of_versions
from audit.models import AuditRecord
from audit.record import broken_links
from awards.models import DecisionLine, Letter
from evaluation.actions.ranked_lists import kept_seal
from evaluation.models import Assessment, Consensus, RankedEntry, RankedList
from programmes.models import Call, Question
from promises.models import Promise
from reports.models import ReportFile
from reports.proofs.batches import batches
from reports.proofs.rows import rows
from reports.proofs.statuses import statuses

PIECE = 1 << 20


def submissions():
    """Every submitted application has a receipt of its last version, whose content has the hash it says."""
    newest = Receipt.objects.filter(application=OuterRef("pk"), version=OuterRef("versions"))
    for application in Application.objects.handed_in().exclude(Exists(newest)).order_by("pk"):
        yield f"The application {application} was submitted but has no receipt of version {application.versions}."
    for receipt in Receipt.objects.select_related("application").iterator(chunk_size=500):
        if digest(receipt.content) != receipt.sha256:
            yield f"The content of the receipt {receipt} does not have the SHA-256 that the receipt says."


def attempts():
    """The ledger and the receipts agree, in both directions: no receipt without its attempt since there is a ledger."""
    accepted = Attempt.objects.accepted().select_related("application")
    for attempt in accepted.exclude(sha256=F("receipt__sha256")).order_by("pk"):
        yield f"The attempt {attempt} was accepted for another content than its receipt's."
    for attempt in accepted.exclude(application=F("receipt__application")).order_by("pk"):
        yield f"The attempt {attempt} names the receipt of another application."
    without = Receipt.objects.exclude(Exists(Attempt.objects.accepted().filter(receipt=OuterRef("pk"))))
    for receipt in without.filter(pk__in=given_since_the_ledger()).select_related("application").order_by("pk"):
        yield f"The receipt {receipt} was given, but no attempt in the ledger led to it."


def given_since_the_ledger():
    since = MigrationRecorder.Migration.objects.get(app="applications", name="0017_attempts").applied
    versions = tables_of_versions()[Receipt].objects.filter(pgh_label="insert", pgh_created_at__gt=since)
    return versions.values("pgh_obj_id")


def standing_orders():
    """Each was carried out or given up while its call took submissions; who gave one knows what became of it."""
    left = StandingOrder.objects.standing().exclude(application__call__in=Call.objects.awaited())
    for order in left.select_related("application").order_by("pk"):
        yield f"{order} was neither carried out nor given up before its call was opened."


def questions():
    """What is published of a question has an answer behind it, and its versions are numbered without a gap."""
    counted = Question.objects.public().annotate(versions=Count("replies"), newest=Max("replies__version"))
    for question in counted.filter(Q(versions=0) | ~Q(versions=F("newest"))).order_by("pk"):
        yield f"The published {question} has {question.versions} of its {question.newest or 1} answers."


def awards():
    """Every award has a place on the signed list, and a signed evaluation behind it."""
    behind = {
        "no place on the signed ranked list": RankedEntry.objects.filter(ranked_list=OuterRef("decision__ranked_list")),
        "no approved consensus report": Consensus.objects.once_approved(),
        "no signed assessment": Assessment.objects.once_signed(),
    }
    for missing, there in behind.items():
        proof = Exists(there.filter(application=OuterRef("application")))
        for line in DecisionLine.objects.awards().exclude(proof).select_related("application"):
            yield f"The award to {line.application} has {missing} behind it."
    for line in (
        DecisionLine.objects.awards()
        .exclude(decision__ranked_list__in=RankedList.objects.once_signed())
        .select_related("application")
    ):
        yield f"The award to {line.application} rests on a ranked list that the committee did not sign."


def outcomes():
    """Nobody was forgotten: a decided call has settled each of its applications, and each heard what was decided."""
    applications = Application.objects.filter(call__in=Call.objects.decided()).order_by("pk")
    for application in applications.forgotten_by("issue"):
        yield f"The application {application} stands at {application.status}, but its call is decided."
    for application in applications.without_outcome(DecisionLine.objects.standing()):
        yield f"The application {application} is in no decision, but its call is decided."
    owed = Promise.objects.open().filter(kind="write_letter", subject_id=OuterRef("pk"))
    silent = DecisionLine.objects.issued().to_be_told().without_letter().exclude(Exists(owed))
    for line in silent.select_related("application"):
        yield f"The decision on {line.application} was issued, but no letter tells it."


def ranked_lists():
    """Every list that was signed has the seal of its places, as lists of its format are sealed."""
    for ranked_list in RankedList.objects.once_signed().select_related("call").order_by("signed_at"):
        if kept_seal(ranked_list) != ranked_list.sha256:
            yield f"The places of {ranked_list} do not have the SHA-256 that the committee signed."


def letters():
    """Every letter that was sent, every receipt and draft that was drawn has its paper with the hash the row says."""
    for letter in Letter.objects.exclude(sent_at=None).order_by("reference").iterator():
        yield from faults_of(f"The letter {letter}", letter.pdf_path, letter.pdf_sha256)
    drawn = Receipt.objects.exclude(drawn_at=None).select_related("application").order_by("pk")
    for receipt in drawn.iterator():
        yield from faults_of(f"The paper of the receipt {receipt}", receipt.pdf_path, receipt.pdf_sha256)
    for paper in DraftPaper.objects.drawn().select_related("application").order_by("pk").iterator():
        yield from faults_of(f"The draft on paper {paper.pk}", paper.pdf_path, paper.pdf_sha256)


def attachments():
    """Every file of an application has its bytes, the removed ones too."""
    for file in Attachment.objects.select_related("application").order_by("pk").iterator():
        yield from faults_of(f"The attachment “{file}” of {file.application}", file.path, file.sha256)


def report_files():
    for file in ReportFile.objects.drawn().order_by("pk").iterator():
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


def trail():
    """Every chain of the audit trail is whole."""
    records = AuditRecord.objects.order_by("chain", "sequence").iterator(chunk_size=2000)
    for chain, members in groupby(records, key=lambda record: record.chain):
        for record, why in broken_links(members):
            yield f"Record {record.sequence} of {chain} ({record.act}) {why}."


# fmt: off
PROOFS = {
    "submitted applications have their receipts":          submissions,
    "the ledger of attempts agrees with the receipts":     attempts,
    "standing orders ended before their calls were opened": standing_orders,
    "published questions have their answers":              questions,
    "awards rest on a signed list and evaluation":         awards,
    "nobody was forgotten when a call was decided":        outcomes,
    "signed lists have the seal of their places":          ranked_lists,
    "what was done for many was done for each":           batches,
    "statuses have the records that led to them":          statuses,
    "rows are what the trail tells of them":               rows,
    "letters and receipts have their papers":              letters,
    "attachments have their bytes":                        attachments,
    "report files have their bytes":                       report_files,
    "chains of the audit trail are whole":                 trail,
}
# fmt: on
