"""The access log is whole: each look is what was sealed, each block continues another, the trail has its heads."""

from datetime import timedelta

from django.db.models import Exists, OuterRef

from audit.blocks import digest_of, forgotten_up_to, hash_of_block, kept_heads
from audit.models import Look, LookBlock, Unsealed
from core import clock
from reports.proofs.slices import Part, Proof

BLOCKS = 500  # of a slice; each is a minute of everybody's looks
SEALED_WITHIN = timedelta(hours=1)
PATIENCE = timedelta(minutes=1)  # two looks at once are written in either order


def faults_of_blocks(blocks):
    """`blocks` continue those of the slice before, whose last one is read again."""
    some = list(blocks.order_by("number"))
    last = LookBlock.objects.filter(number__lt=some[0].number).newest()
    looks, forgotten = Look.objects.in_bulk([one for row in some for one in row.looks]), forgotten_up_to()
    reached = newest_of(last, Look.objects.in_bulk(last.looks)) if last else None
    for row in some:
        faults = [*faults_of_chain(last, row), *faults_of_looks(row, looks, row.number <= forgotten)]
        for fault in [*faults, *faults_of_dates(row, looks, reached)]:
            yield f"Block {row.number} of the access log {fault}."
        last, reached = row, newest_of(row, looks) or reached


def newest_of(block, looks):
    return max((looks[one].at for one in block.looks if one in looks and not looks[one].is_late), default=None)


def faults_of_chain(last, row):
    if row.number != (last.number + 1 if last else 1):
        yield "does not follow the one before it"
    elif row.previous != (last.sha256 if last else ""):
        yield "does not continue the one before it"
    if hash_of_block(row) != row.sha256:
        yield "was changed after it was sealed"


def faults_of_looks(row, looks, is_forgotten):
    for key, digest in zip(row.looks, row.digests, strict=True):
        if key not in looks:
            if not is_forgotten:
                yield f"holds the look {key}, which is gone"
        elif digest_of(looks[key]) != digest:
            yield f"holds the look {key} ({looks[key]}), which is not what it was"
    for key in row.strange:
        yield f"holds the look {key}, which this house did not write, or which was gone before it was sealed"


def faults_of_dates(row, looks, reached):
    """In the order in which they were written; those of a pause came in later, and say so."""
    for look in (looks[one] for one in row.looks if one in looks and not looks[one].is_late):
        if (reached and look.at < reached - PATIENCE) or look.at > row.at:
            yield f"holds the look {look.pk} ({look}), which has another time than when it was written"


def settled_looks():
    return Look.objects.filter(at__lt=clock.now() - SEALED_WITHIN)


def faults_of_sealing(looks):
    """One that waits is none: a house that was restored, or whose worker stands still, has such."""
    sealed = LookBlock.objects.filter(looks__contains=[OuterRef("pk")])
    waiting = Unsealed.objects.filter(look=OuterRef("pk"))
    for look in looks.exclude(Exists(sealed) | Exists(waiting)):
        yield f"Look {look.pk} of the access log ({look}) stands in no block."


def faults_of_heads(records):
    known = {row.number: row.sha256 for row in LookBlock.objects.filter(
        number__in=[one.changes["number"][1] for one in records])}  # fmt: skip
    for record in records:
        number, head = record.changes["number"][1], record.changes["head"][1]
        if known.get(number) != head:
            yield f"Block {number} of the access log is not the one that record {record.sequence} of the trail names."


looks = Proof(
    Part(LookBlock.objects.all, faults_of_blocks, size=BLOCKS), Part(settled_looks, faults_of_sealing),
    Part(kept_heads, faults_of_heads),
)  # fmt: skip
