"""The tree of all records is whole, signed, and holds every record as it is now."""

from datetime import timedelta

from django.db.models import DateTimeField, Exists, OuterRef
from django.db.models.functions import Coalesce

from audit import notes
from audit.checkpoints import completed_by, known_nodes, places_of
from audit.merkle import fold, root_of, subtrees
from audit.models import AuditRecord, Checkpoint, Unplaced
from core import clock
from reports.proofs.slices import Part, Proof

TAKEN_UP_WITHIN = timedelta(hours=1)  # so long a checkpoint may have been under way while this moment was read
LEAVES = 500  # of a slice; each is a tree of its own


def faults_of_checkpoints(checkpoints):
    """`checkpoints` continue those of the slice before, whose last one is read again."""
    some = list(checkpoints.order_by("size"))
    last = Checkpoint.objects.filter(size__lt=some[0].size).newest()
    records = AuditRecord.objects.filter(pk__in=[one for row in some for one in row.records])
    hashes = dict(records.values_list("pk", "hash"))
    for row in some:
        for fault in [*faults_of_order(last, row), *faults_of_records(row, hashes), *faults_of_tree(row)]:
            yield f"Checkpoint {row.size} of the audit trail {fault}."
        last = row


def faults_of_order(last, row):
    if row.size != (last.size + 1 if last else 1):
        yield "does not follow the one before it"
    if last and row.at < last.at:
        yield "is dated before the one before it"


def faults_of_records(row, hashes):
    for record, sha256 in zip(row.records, row.hashes, strict=True):
        if hashes.get(record) != sha256:
            what = "is gone" if record not in hashes else "is not what it was"
            yield f"holds the record {record}, which {what}"
    if root_of(places_of(row.hashes, row.salt))[0].hex() != row.sha256:
        yield "does not hold the records that it held when it was signed"


def faults_of_tree(row):
    made, peaks = completed_by(row), list(subtrees(0, row.size))
    kept = known_nodes({*made, *peaks})
    if any(kept.get(place) != one for place, one in made.items()):
        yield "has another leaf than the tree"
    elif not all(one in kept for one in peaks) or fold([kept[one] for one in peaks]).hex() != row.root:
        yield "has another root than the tree"
    if not says_so(row):
        yield "is not signed by this house"


def says_so(row):
    if not notes.is_signed(row.note):
        return False
    head = notes.read(row.note)
    return (head.size, head.root.hex()) == (row.size, row.root)


def settled_records():
    written = Coalesce("written_at", "at", output_field=DateTimeField())
    return AuditRecord.objects.alias(written=written).filter(written__lt=clock.now() - TAKEN_UP_WITHIN)


def faults_of_placing(records):
    """One that waits is none: a house that was restored, or whose worker stands still, has such."""
    placed = Checkpoint.objects.filter(hashes__contains=[OuterRef("hash")])
    waiting = Unplaced.objects.filter(record=OuterRef("pk"))
    for record in records.exclude(Exists(placed) | Exists(waiting)).only("chain", "sequence", "act"):
        yield f"Record {record.sequence} of {record.chain} ({record.act}) stands in no checkpoint."


tree = Proof(Part(Checkpoint.objects.all, faults_of_checkpoints, size=LEAVES), Part(settled_records, faults_of_placing))
