"""What happened to proposals holds together: receipts, the ledger of attempts, orders, lists, awards, outcomes."""

from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Exists, F, Max, OuterRef, Q

from applications.content import digest
from applications.models import Application, Attempt, Clarification, Hearing, Receipt, StandingOrder
from audit.history import tables_of_versions
from audit.models import AuditRecord
from awards.models import DecisionLine
from evaluation.actions.ranked_lists import kept_seal
from evaluation.models import Assessment, Consensus, RankedEntry, RankedList
from programmes.models import Call, Corrigendum, Question
from promises.models import Promise
from reports.proofs.names import named
from reports.proofs.slices import Part, Proof

LISTS = 5  # a list may have thousands of places


def without_receipt(rows):
    """Every submitted application has a receipt of its last version."""
    newest = Receipt.objects.filter(application=OuterRef("pk"), version=OuterRef("versions"))
    for application in rows.exclude(Exists(newest)).select_related("call").order_by("pk"):
        version = application.versions
        yield f"The application {named(application)} was submitted but has no receipt of version {version}."


def of_other_content(rows):
    """What was received has the hash that the receipt says."""
    for receipt in rows.select_related("application__call"):
        if digest(receipt.content) != receipt.sha256:
            yield f"The content of the receipt {named(receipt)} does not have the SHA-256 that the receipt says."


def not_its_receipt(rows):
    """An accepted attempt led to the receipt that it names."""
    accepted = rows.select_related("application__call")
    for attempt in accepted.exclude(sha256=F("receipt__sha256")).order_by("pk"):
        yield f"The attempt {named(attempt)} was accepted for another content than its receipt's."
    for attempt in accepted.exclude(application=F("receipt__application")).order_by("pk"):
        yield f"The attempt {named(attempt)} names the receipt of another application."


def without_attempt(rows):
    """No receipt without its attempt since there is a ledger."""
    without = rows.exclude(Exists(Attempt.objects.accepted().filter(receipt=OuterRef("pk"))))
    without = without.filter(pk__in=given_since_the_ledger()).select_related("application__call")
    for receipt in without.order_by("pk"):
        yield f"The receipt {named(receipt)} was given, but no attempt in the ledger led to it."


def given_since_the_ledger():
    since = MigrationRecorder.Migration.objects.get(app="applications", name="0017_attempts").applied
    versions = tables_of_versions()[Receipt].objects.filter(pgh_label="insert", pgh_created_at__gt=since)
    return versions.values("pgh_obj_id")


def left_standing(rows):
    """Each was carried out or given up while its call took submissions; who gave one knows what became of it."""
    left = rows.standing().exclude(application__call__in=Call.objects.awaited())
    for order in left.select_related("application__call").order_by("pk"):
        yield f"{named(order)} was neither carried out nor given up before its call was opened."


def answered_late(rows):
    """What was taken in of a clarification arrived before its last day was over."""
    for row in rows.select_related("application__call").order_by("pk"):
        if row.answered_at >= row.until:
            yield f"The clarification of {named(row.application)} was answered after its last day, {row.due_on}."


def observed_late(rows):
    """What was taken in of observations arrived before their last day was over."""
    for row in rows.select_related("application__call").order_by("pk"):
        if row.answered_at >= row.until:
            yield f"The observations on {row.reference} came after their last day, {row.due_on}."


def excluded_unheard(rows):
    """Nobody is excluded while a notice is open."""
    under_way = Hearing.objects.under_way().filter(application__in=rows.order_by())
    for row in under_way.select_related("application__call").order_by("pk"):
        yield f"{named(row.application)} is excluded, but {row.reference} is not settled."


def opened_before(rows):
    """No call was opened again once the Commission could read what had come in."""
    for one in (one for one in rows.select_related("call").order_by("published_at") if one.reopens):
        opened = AuditRecord.objects.filter(act="call.open_applications", subject_id=str(one.call_id))
        if opened.filter(at__lt=one.published_at).exists():
            yield f"Corrigendum {one.number} opened {one.call} again, but its applications had been opened before."


def without_answers(rows):
    """What is published of a question has an answer behind it, and its versions are numbered without a gap."""
    counted = rows.annotate(versions=Count("replies"), newest=Max("replies__version"))
    for question in counted.filter(Q(versions=0) | ~Q(versions=F("newest"))).order_by("pk"):
        yield f"The published {question} has {question.versions} of its {question.newest or 1} answers."


def without_reason(rows):
    """Every award has a place on the signed list, and a signed evaluation behind it."""
    behind = {
        "no place on the signed ranked list": RankedEntry.objects.filter(ranked_list=OuterRef("decision__ranked_list")),
        "no approved consensus report": Consensus.objects.once_approved(),
        "no signed assessment": Assessment.objects.once_signed(),
    }
    for missing, there in behind.items():
        proof = Exists(there.filter(application=OuterRef("application")))
        for line in rows.exclude(proof).select_related("application"):
            yield f"The award to {line.application} has {missing} behind it."
    unsigned = rows.exclude(decision__ranked_list__in=RankedList.objects.once_signed())
    for line in unsigned.select_related("application"):
        yield f"The award to {line.application} rests on a ranked list that the committee did not sign."


def forgotten(rows):
    """A decided call has settled each of its applications."""
    for application in rows.order_by("pk").forgotten_by("issue"):
        yield f"The application {application} stands at {application.status}, but its call is decided."
    for application in rows.order_by("pk").without_outcome(DecisionLine.objects.standing()):
        yield f"The application {application} is in no decision, but its call is decided."


def untold(rows):
    """Each heard what was decided."""
    owed = Promise.objects.open().filter(kind="write_letter", subject_id=OuterRef("pk"))
    for line in rows.to_be_told().without_letter().exclude(Exists(owed)).select_related("application"):
        yield f"The decision on {line.application} was issued, but no letter tells it."


def of_another_seal(rows):
    """Every list that was signed has the seal of its places, as lists of its format are sealed."""
    for ranked_list in rows.select_related("call").order_by("signed_at"):
        if kept_seal(ranked_list) != ranked_list.sha256:
            yield f"The places of {ranked_list} do not have the SHA-256 that the committee signed."


submissions = Proof(
    Part(lambda: Application.objects.handed_in(), without_receipt),
    Part(lambda: Receipt.objects.order_by(), of_other_content, size=500),
)
attempts = Proof(
    Part(lambda: Attempt.objects.accepted(), not_its_receipt),
    Part(lambda: Receipt.objects.order_by(), without_attempt),
)
standing_orders = Proof(Part(StandingOrder.objects.all, left_standing))
clarifications = Proof(Part(lambda: Clarification.objects.answered(), answered_late))
hearings = Proof(
    Part(lambda: Hearing.objects.answered(), observed_late),
    Part(lambda: Application.objects.excluded(), excluded_unheard),
)
reopenings = Proof(Part(lambda: Corrigendum.objects.published().filter(changes__has_key="closes_at"), opened_before))
questions = Proof(Part(lambda: Question.objects.public(), without_answers))
awards = Proof(Part(lambda: DecisionLine.objects.awards(), without_reason))
outcomes = Proof(
    Part(lambda: Application.objects.filter(call__in=Call.objects.decided()), forgotten),
    Part(lambda: DecisionLine.objects.issued(), untold),
)
ranked_lists = Proof(Part(lambda: RankedList.objects.once_signed(), of_another_seal, size=LISTS))
