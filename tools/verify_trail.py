"""Prove an audit trail from its CSV download alone: python verify_trail.py trail.csv [earlier.csv]

Each record holds the hash of its own columns and of the one before it in its chain: what was changed, removed, added
or moved shows. What was cut off at the end or written anew shows against an earlier download, of whatever format.
Exit 0 when all is whole. Needs nothing but Python 3.8 or later.
"""

import csv
import hashlib
import itertools
import json
import re
import sys
from datetime import datetime, timedelta

EVERY_FORMAT = (
    "chain", "sequence", "at", "act", "subject_type", "subject_id", "subject_name", "actor_id", "actor_name",
    "actor_role", "door", "request_id", "status_before", "status_after", "reason", "changes", "previous_hash",
)  # fmt: skip
OF_THE_SCOPE = {"application": "application_id", "call": "call_id", "member_state": "member_state"}
SECOND = (*EVERY_FORMAT, "scope", "format", "written_at")
FORMATS = {1: (*EVERY_FORMAT, *OF_THE_SCOPE.values()), 2: SECOND, 3: (*SECOND, "rows_sha256")}
NUMBERS, OBJECTS = {"format", "sequence"}, {"changes", "scope"}
UNSEEN, SIGNS = " \u00a0\u200b\u200c\u200d\u2060\ufeff\"'", r"=+\-@|＝＋－＠"
GUARD = re.compile(rf"\A'(?=[{UNSEEN}]*[{SIGNS}\t\r\n\0])|(?<=[\r\n])'(?=[{UNSEEN}]*[{SIGNS}])")  # so: no formula
PATIENCE = timedelta(minutes=1)  # two people acting at once on one chain may be written in either order


def read(path):
    csv.field_size_limit(1 << 30)
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    known = rows and any({*names, "hash"} <= set(rows[0]) for names in FORMATS.values())
    if not known:
        raise SystemExit(f"{path} is no download of the audit trail: columns or rows are missing.")
    return [row if "format" in row else {**row, "format": "1", "scope": scope_of(row)} for row in rows]


def scope_of(row):
    """Records of format 1 hash three columns; where a later download has them as one, they are these."""
    return canonical({kind: row[column] for kind, column in OF_THE_SCOPE.items() if row[column]})


def spread(row):
    if row["format"] != "1" or "call_id" in row:
        return row
    scope = json.loads(row["scope"])
    return {**row, **{column: scope.get(kind) or "" for kind, column in OF_THE_SCOPE.items()}}


def moment(cell):
    return datetime.strptime(cell, "%Y-%m-%dT%H:%M:%S.%fZ")  # noqa: DTZ007 - always UTC, as written


def canonical(content):
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def readings(name, cell):
    """What a cell may stand for; one written in another way than ours stands for nothing.
    A guarded text is read without its apostrophes, or as it stands: older downloads guarded fewer.
    """
    if name in NUMBERS | OBJECTS:
        value = json.loads(cell)
        return (value,) if canonical(value) == cell else ()
    return dict.fromkeys((GUARD.sub("", cell), cell)) if isinstance(cell, str) else (cell,)


def hashes(row):
    names = FORMATS[int(row["format"])]
    if row["format"] == "1" and scope_of(row) != row["scope"]:
        return
    for values in itertools.product(*(readings(name, row[name]) for name in names)):
        yield hashlib.sha256(canonical(dict(zip(names, values))).encode()).hexdigest()  # noqa: B905 - Python 3.8


def faults(rows):
    last = {}
    for row in rows:
        before = last.get(row["chain"], {"sequence": "0", "hash": "", "at": row["at"], "format": "0"})
        try:
            found = [*faults_between(before, row), *faults_within(row)]
            last[row["chain"]] = row
        except (AttributeError, TypeError, ValueError):
            found = ["holds a cell that cannot be read"]
        for fault in found:
            yield f"{row['chain']} record {row['sequence']} ({row['act']}, {row['at']}): {fault}"


def faults_between(before, row):
    place = int(before["sequence"]) + 1
    if row["sequence"] != str(place):
        yield f"record {place} was expected here; one is missing, added or moved"
    if row["previous_hash"] != before["hash"]:
        yield "does not continue the record before it"
    if moment(row["at"]) < moment(before["at"]) - PATIENCE:
        yield "is dated before the record before it"
    if int(row["format"]) < int(before["format"]):
        yield "is written in an older format than the record before it"


def faults_within(row):
    if int(row["format"]) not in FORMATS:
        yield f"has the format {row['format']}, which nobody knows"
    elif row["hash"] not in hashes(spread(row)):
        yield "was changed after it was written"


def main(path, earlier=None):
    rows = read(path)
    kept = {row["hash"] for row in rows}
    gone = [row for row in (read(earlier) if earlier else []) if row["hash"] not in kept]
    wrong = [*faults(rows), *(f"{row['chain']} record {row['sequence']}: stood in {earlier}, is gone" for row in gone)]
    chains = {row["chain"] for row in rows}
    print("\n".join(wrong or [f"{len(rows)} records in {len(chains)} chains: all whole."]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) in {2, 3} else __doc__)
