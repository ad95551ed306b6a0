"""Prove an audit trail from its CSV download alone: python verify_trail.py trail.csv [earlier.csv]

Each record holds the hash of its own columns and of the one before it in its chain: what was changed, removed, added
or moved shows. What was cut off at the end or written anew shows against an earlier download. Exit 0 when all is whole.
"""

import csv
import hashlib
import itertools
import json
import sys
from datetime import datetime, timedelta

HASHED = (
    "chain", "sequence", "at", "act", "subject_type", "subject_id", "subject_name", "actor_id", "actor_name",
    "actor_role", "door", "request_id", "status_before", "status_after", "reason", "changes", "call_id",
    "application_id", "member_state", "previous_hash",
)  # fmt: skip
GUARDED = tuple("=+-@\t\r\n\0＝＋－＠")  # after an apostrophe: not a formula
moment = datetime.fromisoformat
PATIENCE = timedelta(minutes=1)  # two people acting at once on one chain may be written in either order


def read(path):
    csv.field_size_limit(1 << 30)
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows or not {*HASHED, "hash"} <= set(rows[0]):
        raise SystemExit(f"{path} is no download of the audit trail: columns or rows are missing.")
    return rows


def readings(cell):
    """A guarded cell without its apostrophe, or as it stands, should the text itself begin so."""
    return (cell[1:], cell) if cell[:1] == "'" and cell[1:].lstrip(" ").startswith(GUARDED) else (cell,)


def canonical(content):
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hashes(row):
    for cells in itertools.product(*(readings(row[name]) for name in HASHED)):
        changes = json.loads(row["changes"])
        content = dict(zip(HASHED, cells, strict=True), sequence=int(row["sequence"]), changes=changes)
        if canonical(changes) == row["changes"]:  # written in any other way, it was not written by us
            yield hashlib.sha256(canonical(content).encode()).hexdigest()


def faults(rows):
    chains = {}
    for row in rows:
        name = f"{row['chain']} record {row['sequence']} ({row['act']}, {row['at']})"
        place, previous, time = chains.get(row["chain"], (1, "", row["at"]))
        if row["sequence"] != str(place):
            yield f"{name}: record {place} was expected here; one is missing, added or moved"
        if row["previous_hash"] != previous:
            yield f"{name}: does not continue the record before it"
        try:
            if row["hash"] not in hashes(row):
                yield f"{name}: was changed after it was written"
            if moment(row["at"]) < moment(time) - PATIENCE:
                yield f"{name}: is dated before the record before it"
            chains[row["chain"]] = (int(row["sequence"]) + 1, row["hash"], row["at"])
        except (TypeError, ValueError):
            yield f"{name}: holds a cell that cannot be read"


def main(path, earlier=None):
    rows = read(path)
    kept = {row["hash"] for row in rows}
    gone = [row for row in (read(earlier) if earlier else []) if row["hash"] not in kept]
    wrong = [*faults(rows), *(f"{row['chain']} record {row['sequence']}: stood in {earlier}, is gone" for row in gone)]
    print("\n".join(wrong or [f"{len(rows)} records in {len({row['chain'] for row in rows})} chains: all whole."]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) in {2, 3} else __doc__)
