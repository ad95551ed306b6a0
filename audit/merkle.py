"""The Merkle tree of RFC 6962 (9162), told by its complete subtrees: pure arithmetic, nothing is read or written here.

A node is (level, place): the hash over the 2**level leaves from place * 2**level on. Hashes are bytes of SHA-256. What
is not complete yet is folded from complete nodes, so that a tree of any size is served from nodes that never change.
"""

from functools import reduce
from hashlib import sha256

EMPTY = sha256(b"").digest()


def hash_of_leaf(data):
    return sha256(b"\0" + data).digest()


def hash_of_pair(left, right):
    return sha256(b"\1" + left + right).digest()


def subtrees(start, end):
    """The largest complete nodes over the leaves from `start` to before `end`, left to right. `start` is a multiple of
    the greatest power of two below the number of leaves, as every range of a proof's is."""
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def fold(hashes):
    """The root over subtrees that shrink from left to right."""
    *rest, last = hashes
    return reduce(lambda right, left: hash_of_pair(left, right), reversed(rest), last)


def completed(size):
    """The nodes above the leaf that made the tree this size, which it completes: lowest first."""
    level = 1
    while size % (1 << level) == 0:
        yield level, (size >> level) - 1
        level += 1


def halves(start, end):
    """Where RFC 6962 divides a range: at the greatest power of two below its length."""
    return start + (1 << (end - start - 1).bit_length() - 1)


def inclusion(place, size):
    """The ranges whose hashes lead from a leaf to the root of a tree of this size, nearest first (RFC 6962, 2.1.1)."""
    ranges, start, end = [], 0, size
    while end - start > 1:
        middle = halves(start, end)
        if place < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def consistency(earlier, size):
    """The ranges that prove a tree of this size to continue one of the earlier size (RFC 6962, 2.1.2)."""
    if earlier in {0, size}:
        return []
    ranges, start, end, is_whole = [], 0, size, True
    while earlier != end:
        middle = halves(start, end)
        if earlier <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start, is_whole = middle, False
    return [*([] if is_whole else [(start, end)]), *ranges[::-1]]


def root_of(leaves):
    """The root over these hashes of leaves, and {(level, place): hash} of every complete node."""
    nodes = {(0, place): one for place, one in enumerate(leaves)}
    for size in range(1, len(leaves) + 1):
        for level, place in completed(size):
            nodes[level, place] = hash_of_pair(nodes[level - 1, 2 * place], nodes[level - 1, 2 * place + 1])
    return (fold([nodes[one] for one in subtrees(0, len(leaves))]) if leaves else EMPTY), nodes
