"""The tree's arithmetic, against the definitions of RFC 6962 as they are written there, and its own test values."""

from hashlib import sha256

import pytest

from audit.merkle import EMPTY, completed, consistency, fold, hash_of_leaf, hash_of_pair, inclusion, root_of, subtrees

SIZES = [*range(1, 35), 63, 64, 65, 100]


def leaves(size):
    return [hash_of_leaf(b"%d" % number) for number in range(size)]


def halved(hashes):
    middle = 1
    while middle * 2 < len(hashes):
        middle *= 2
    return middle


def tree_hash(hashes):
    if len(hashes) == 1:
        return hashes[0]
    middle = halved(hashes)
    return hash_of_pair(tree_hash(hashes[:middle]), tree_hash(hashes[middle:]))


def path(place, hashes):
    if len(hashes) == 1:
        return []
    middle = halved(hashes)
    if place < middle:
        return [*path(place, hashes[:middle]), tree_hash(hashes[middle:])]
    return [*path(place - middle, hashes[middle:]), tree_hash(hashes[:middle])]


def proof(earlier, hashes, is_whole=True):
    if earlier == len(hashes):
        return [] if is_whole else [tree_hash(hashes)]
    middle = halved(hashes)
    if earlier <= middle:
        return [*proof(earlier, hashes[:middle], is_whole), tree_hash(hashes[middle:])]
    return [*proof(earlier - middle, hashes[middle:], False), tree_hash(hashes[:middle])]


def over(nodes, ranges):
    return [fold([nodes[one] for one in subtrees(*both)]) for both in ranges]


def test_an_empty_tree_and_one_leaf_are_those_of_the_standard():
    assert root_of([]) == (sha256(b"").digest(), {}) == (EMPTY, {})
    assert hash_of_leaf(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


@pytest.mark.parametrize("size", SIZES)
def test_root_and_proofs_are_those_of_the_definitions(size):
    hashes = leaves(size)
    root, nodes = root_of(hashes)
    assert root == tree_hash(hashes)
    for place in range(size):
        assert over(nodes, inclusion(place, size)) == path(place, hashes)
        assert over(nodes, consistency(place + 1, size)) == proof(place + 1, hashes)


def test_each_leaf_completes_the_nodes_that_end_with_it():
    assert [list(completed(size)) for size in range(1, 9)] == [
        [], [(1, 0)], [], [(1, 1), (2, 0)], [], [(1, 2)], [], [(1, 3), (2, 1), (3, 0)],
    ]  # fmt: skip
