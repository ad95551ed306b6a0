"""The one common order of all records, as a Merkle tree that only grows, and its signed heads.

A leaf is what a minute has brought, as the canonical JSON of {"at": its time, "records": hash, "size": its number}.
The hash over its records is the root of a tree of its own with always as many places, most of them empty. What stands
in a place is blinded, and places are ordered by what stands in them. So neither a leaf nor the path of one of its
records tells how many others there were, or whose: nothing about a call that is not opened leaves the house with it.
"""

import hmac
import secrets
from typing import NamedTuple

from django.db import connection, transaction

from audit.hashing import canonical, plain
from audit.merkle import completed, consistency, fold, hash_of_leaf, hash_of_pair, inclusion, root_of, subtrees
from audit.models import AuditRecord, Checkpoint, TreeNode, Unplaced
from audit.notes import Head, origin, sign

PLACES = 1024  # of a leaf: so many records at most, and so many however few
MOST = 64  # leaves in one go, when many records were written at once
HOLD = "SELECT pg_advisory_xact_lock(hashtextextended('the tree of all records', 0)), clock_timestamp()"


class Grown(NamedTuple):
    """A checkpoint, and the nodes that it completes."""

    checkpoint: Checkpoint
    nodes: dict


def place_records():
    """Take up every record that waits for its place; gives how many leaves were added. Safe to run twice at once."""
    leaves = 0
    while leaves < MOST and place_some():
        leaves += 1
    return leaves


@transaction.atomic
def place_some():
    """Add one leaf, and sign the tree; None when nothing waits."""
    with connection.cursor() as cursor:
        cursor.execute(HOLD)
        _held, at = cursor.fetchone()
    taken = list(Unplaced.objects.order_by("record").values_list("record", flat=True)[:PLACES])
    if not taken:
        return None
    Unplaced.objects.filter(record__in=taken).delete()
    grown = grow(Checkpoint.objects.newest(), taken, at=at)
    grown.checkpoint.save(force_insert=True)
    TreeNode.objects.bulk_create(
        TreeNode(level=level, place=place, sha256=one.hex()) for (level, place), one in grown.nodes.items()
    )
    return grown.checkpoint


def grow(last, taken, *, at):
    """What comes behind the last checkpoint (None: the first), with the records of these ids."""
    written = dict(AuditRecord.objects.filter(pk__in=taken).values_list("pk", "hash"))
    hashes, salt = [written.get(record, "") for record in taken], secrets.token_hex(32)
    new = Checkpoint(
        size=last.size + 1 if last else 1, at=at, records=taken, hashes=hashes, salt=salt,
        sha256=root_of(places_of(hashes, salt))[0].hex(),
    )  # fmt: skip
    nodes = completed_by(new)
    peaks = list(subtrees(0, new.size))
    known = known_nodes(peaks) | nodes
    root = fold([known[one] for one in peaks])
    new.root, new.note = root.hex(), sign(Head(origin(), new.size, root))
    return Grown(new, nodes)


def completed_by(checkpoint):
    """{(level, place): hash} of the nodes that this leaf completes, itself first."""
    place = checkpoint.size - 1
    nodes = {(0, place): hash_of_leaf(entry_of(checkpoint))}
    above = list(completed(checkpoint.size))
    left = known_nodes([(level - 1, 2 * place) for level, place in above])
    for level, place in above:
        nodes[level, place] = hash_of_pair(left[level - 1, 2 * place], nodes[level - 1, 2 * place + 1])
    return nodes


def known_nodes(wanted):
    """{(level, place): hash} of those of these nodes that are complete."""
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT level, place, sha256 FROM audit_treenode"
            " JOIN unnest(%s::int[], %s::bigint[]) AS wanted(level, place) USING (level, place)",
            [[level for level, _place in wanted], [place for _level, place in wanted]],
        )
        return {(level, place): bytes.fromhex(one) for level, place, one in cursor.fetchall()}


# what a leaf holds


def entry_of(checkpoint):
    """The bytes of its leaf."""
    told = {"at": plain(checkpoint.at), "records": checkpoint.sha256, "size": checkpoint.size}
    return canonical(told).encode()


def places_of(hashes, salt):
    """What stands in the places of a leaf: its records, blinded, among what only looks like some."""
    empty = [hash_of_leaf(blind(salt, f"empty {number}")) for number in range(PLACES - len(hashes))]
    return sorted([*(in_place(salt, one) for one in hashes), *empty])


def in_place(salt, record_hash):
    return hash_of_leaf(blind(salt, record_hash) + bytes.fromhex(record_hash))


def blind(salt, text):
    return hmac.digest(bytes.fromhex(salt), text.encode(), "sha256")


# proofs


def path_of_record(checkpoint, record_hash):
    """What leads from a record to its leaf: {"blind", "place", "path"}, all in hex but the place."""
    return paths_of_records(checkpoint, [record_hash])[record_hash]


def paths_of_records(checkpoint, wanted):
    """{hash: path} of those of its records."""
    if not wanted:
        return {}
    places = places_of(checkpoint.hashes, checkpoint.salt)
    _root, nodes = root_of(places)
    return {one: path_in(places, nodes, checkpoint.salt, one) for one in wanted}


def path_in(places, nodes, salt, record_hash):
    place = places.index(in_place(salt, record_hash))
    path = [fold([nodes[one] for one in subtrees(*both)]).hex() for both in inclusion(place, PLACES)]
    return {"blind": blind(salt, record_hash).hex(), "place": place, "path": path}


def path_of_leaf(place, size):
    """From the leaf at this place, counted from 0, to the root of the tree of this size."""
    return [one.hex() for one in hashes_over(inclusion(place, size))]


def path_between(earlier, size):
    """That the tree of this size continues the earlier one."""
    return [one.hex() for one in hashes_over(consistency(earlier, size))]


def hashes_over(ranges):
    parts = [list(subtrees(*both)) for both in ranges]
    nodes = known_nodes([one for part in parts for one in part])
    return [fold([nodes[one] for one in part]) for part in parts]
