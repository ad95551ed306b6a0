"""Prove the tree of all records from downloads alone: python verify_tree.py checkpoints.csv [FILE ...]

The tree is grown again from checkpoints.csv (report R32), and every root compared. What else you hold may stand behind
it, in any order: checkpoints that you kept, each as a text, or an earlier checkpoints.csv (they must stand in this
tree); places.csv (R33: each record leads to its checkpoint); trail.csv (R28: each record has its place). That a
record's own hash fits it is proved by verify_trail.py. Exit 0 when all is whole. Needs nothing but Python 3.8 or later.
"""

import base64
import csv
import hashlib
import json
import sys
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import zip_longest

PLACED_WITHIN = timedelta(hours=1)  # after that every record stands in a checkpoint


def read(path):
    """(kind, rows) of a file; of a checkpoint (number, root)."""
    csv.field_size_limit(1 << 30)
    with open(path, encoding="utf-8-sig", newline="") as file:
        lines = file.read(4096).splitlines()
        if len(lines) > 2 and lines[1].isdigit():
            return "kept", (int(lines[1]), base64.b64decode(lines[2]).hex())
        file.seek(0)
        lines = csv.reader(file, delimiter=max(",;", key="".join(lines[:1]).count))
        names = next(lines, [])
        rows = [dict(zip_longest(names, line[: len(names)], fillvalue="")) for line in lines if line]
    columns = set(names) if rows else set()
    for kind, names in {
        "checkpoints": {"size", "records", "root"},
        "places": {"size", "blind", "path"},
        "trail": {"hash", "previous_hash"},
    }.items():
        if names <= columns:
            return kind, rows
    raise SystemExit(f"{path} is no checkpoint and no download of one: columns or rows are missing.")


def canonical(content):
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def moment(cell):
    return datetime.fromisoformat(cell[:-1])  # always UTC, as written


# the tree of all records (RFC 6962): a leaf for each checkpoint, below it a tree of the records it took up


def hash_of_leaf(data):
    return hashlib.sha256(b"\0" + data).digest()


def hash_of_pair(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def entry_of(row):
    told = {"at": row["at"], "records": row["records"], "size": int(row["size"])}
    return canonical(told).encode()


def roots_of(checkpoints):
    """The root after each leaf: complete subtrees of falling size, joined as they come to be equal."""
    peaks = []
    for row in checkpoints:
        peaks.append((0, hash_of_leaf(entry_of(row))))
        while len(peaks) > 1 and peaks[-2][0] == peaks[-1][0]:
            (level, left), (_, right) = peaks[-2:]
            peaks[-2:] = [(level + 1, hash_of_pair(left, right))]
        root = peaks[-1][1]
        for _, left in reversed(peaks[:-1]):
            root = hash_of_pair(left, root)
        yield root.hex()


def faults_of_checkpoints(rows):
    for number, (row, root) in enumerate(zip(rows, roots_of(rows)), 1):  # noqa: B905 - Python 3.8
        if row["size"] != str(number):
            yield f"checkpoint {number} was expected where {row['size']} stands; one is missing, added or moved"
        if row["root"] != root:
            yield f"checkpoint {row['size']}: has another root than the tree"


def faults_of_kept(kept, rows):
    number, root = kept
    if number > len(rows):
        yield f"checkpoint {number}: you kept it, and the tree has only {len(rows)}"
    elif rows[number - 1]["root"] != root:
        yield f"checkpoint {number}: is another one than you kept"


def leads_to(row):
    """The hash over all records of the checkpoint that the path of this one leads to."""
    return end_of(
        hash_of_leaf(bytes.fromhex(row["blind"]) + bytes.fromhex(row["hash"])), int(row["place"]), row["path"]
    )


@lru_cache(1 << 12)
def end_of(found, place, path):
    """What was begun by a neighbour is not gone again: two of them share all but the first step."""
    if not path:
        return "" if place else found.hex()
    step, _, rest = path.partition(" ")
    pair = (bytes.fromhex(step), found) if place % 2 else (found, bytes.fromhex(step))
    return end_of(hash_of_pair(*pair), place // 2, rest)


def faults_of_places(places, checkpoints, trail):
    took_up = {row["size"]: row["records"] for row in checkpoints}
    for row in places:
        if len(row["hash"]) != len(row["blind"]) or took_up.get(row["size"]) != leads_to(row):
            yield f"{row['chain']} record {row['sequence']}: does not stand in checkpoint {row['size']}"
    placed, last = {row["hash"] for row in places}, moment(checkpoints[-1]["at"])
    for row in trail:
        written = moment(row.get("written_at") or row["at"])
        if row["hash"] not in placed and written < last - PLACED_WITHIN:
            yield f"{row['chain']} record {row['sequence']} ({row['act']}): stands in no checkpoint"


def faults_of_all(held):
    """`held`: {kind of file: [what each of that kind holds]}."""
    tree, *earlier = held["checkpoints"]
    yield from faults_of_checkpoints(tree)
    for kept in [*held.get("kept", []), *map(head_of, earlier)]:
        yield from faults_of_kept(kept, tree)
    for places in held.get("places", []):
        yield from faults_of_places(places, tree, held.get("trail", [[]])[0])


def head_of(checkpoints):
    return len(checkpoints), checkpoints[-1]["root"]


def main(*paths):
    held = {}
    for path in paths:
        kind, content = read(path)
        held.setdefault(kind, []).append(content)
    if "checkpoints" not in held:
        raise SystemExit("Give checkpoints.csv too: only with it can a checkpoint or a place be proved.")
    wrong = list(faults_of_all(held))
    counts = [f"{len(held['checkpoints'][0])} checkpoints", *(f"{len(one)} places" for one in held.get("places", []))]
    print("\n".join(wrong or [f"{', '.join(counts)}: all whole."]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) > 1 else __doc__)
