"""Sealing the access log: each minute what was written is taken up in a block, and the blocks are chained.

A look's digest is the SHA-256 over the canonical JSON of what `content_of` gives; a block's over its number, its time,
the SHA-256 of its digests and the hash of the block before. The head goes into the trail at least each hour, and with
it into the tree that leaves the house. What is past its time is forgotten, block by block; its digests stay.
"""

import hmac
from datetime import timedelta
from hashlib import sha256

from django.db import connection, transaction

from audit.hashing import canonical, plain
from audit.looks import COLUMNS, INSERT, PLACES, mark_of, values
from audit.models import AuditRecord, Look, LookBlock, Unsealed
from audit.spool import waiting

AT_ONCE = 5000  # looks in one block
HOLD = "SELECT pg_advisory_xact_lock(hashtextextended('the blocks of the access log', 0)), clock_timestamp()"
INSERT_LATE = INSERT.replace("mark)", "mark, at)") + PLACES.replace(")", ", %s) ON CONFLICT DO NOTHING")
KEPT_HEAD, FORGOTTEN = "lookblock.keep_head", "lookblock.forget"


def take_up_late_ones():
    """What waited in files; a file that was taken up and not taken away is not taken up again."""
    for path, looks in waiting():
        with transaction.atomic(), connection.cursor() as cursor:
            for look in looks:
                cursor.execute(INSERT_LATE, [*values(look), look["at"]])
        path.unlink()


@transaction.atomic
def seal_looks():
    """Seal what waits; gives the block, None when nothing waits. Safe to run twice at once."""
    with connection.cursor() as cursor:
        cursor.execute(HOLD)
        _held, at = cursor.fetchone()
    taken = list(Unsealed.objects.order_by("look").values_list("look", flat=True)[:AT_ONCE])
    if not taken:
        return None
    Unsealed.objects.filter(look__in=taken).delete()
    block = block_behind(LookBlock.objects.newest(), taken, at=at)
    block.save(force_insert=True)
    return block


def block_behind(last, taken, *, at):
    """With these looks; one that waited and is gone has no digest, and is strange."""
    written = Look.objects.in_bulk(taken)
    block = LookBlock(
        number=last.number + 1 if last else 1, at=at, previous=last.sha256 if last else "", looks=taken,
        digests=[digest_of(written[one]) if one in written else "" for one in taken],
        strange=[one for one in taken if one not in written or not is_marked(written[one])],
    )  # fmt: skip
    block.sha256 = hash_of_block(block)
    return block


def content_of(look):
    return {name: getattr(look, name) for name in ("id", "at", *COLUMNS, "mark")}


def digest_of(look):
    content = {name: plain(value) for name, value in content_of(look).items()}
    return sha256(canonical(content).encode()).hexdigest()


def hash_of_block(block):
    return sha256(canonical(header_of(block)).encode()).hexdigest()


def header_of(block):
    """What a block's hash covers: enough to follow the chain without anybody's looks."""
    return {
        "number": block.number, "at": plain(block.at), "strange": list(block.strange), "previous": block.previous,
        "looks": sha256(canonical([list(block.looks), list(block.digests)]).encode()).hexdigest(),
    }  # fmt: skip


def is_marked(look):
    told = {name: getattr(look, name) for name in COLUMNS} | {"at": look.at.isoformat()}
    return hmac.compare_digest(mark_of(told), look.mark)


# what the trail keeps of it


def kept_heads():
    return AuditRecord.objects.filter(act=KEPT_HEAD)


def forgotten_up_to():
    """The number of the last block whose looks were forgotten, as the trail says; 0 where none were."""
    last = AuditRecord.objects.filter(act=FORGOTTEN).order_by("-pk").first()
    return last.changes["number"][1] if last else 0


def head_is_due(at):
    """The newest block, when the trail knows none of the last hour."""
    last, newest = kept_heads().order_by("-pk").first(), LookBlock.objects.newest()
    if newest is None or (last and last.changes["number"][1] == newest.number):
        return None
    return newest if last is None or last.at < at - timedelta(hours=1) else None


def forget_looks(*, before):
    """Take away the looks of the next blocks that were sealed before; gives (last of these blocks, number of looks)."""
    first = forgotten_up_to() + 1
    blocks = LookBlock.objects.filter(number__gte=first, at__lt=before).order_by("number")
    last = list(blocks.values_list("number", flat=True)[:AT_ONCE])[-1:]
    if not last:
        return None, 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT forget_looks(%s, %s)", [first, last[0]])
        return LookBlock.objects.get(number=last[0]), cursor.fetchone()[0]
