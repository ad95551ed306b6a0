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
from functools import lru_cache
from operator import itemgetter

EVERY_FORMAT = (
    "chain", "sequence", "at", "act", "subject_type", "subject_id", "subject_name", "actor_id", "actor_name",
    "actor_role", "door", "request_id", "status_before", "status_after", "reason", "changes", "previous_hash",
)  # fmt: skip
OF_THE_SCOPE = {"application": "application_id", "call": "call_id", "member_state": "member_state"}
SECOND = (*EVERY_FORMAT, "scope", "format", "written_at")
FORMATS = {1: (*EVERY_FORMAT, *OF_THE_SCOPE.values()), 2: SECOND, 3: (*SECOND, "rows_sha256")}
NUMBERS, OBJECTS = {"format", "sequence"}, {"changes", "scope"}
UNSEEN, SIGNS = " \u00a0\u200b\u200c\u200d\u2060\ufeff\"'", r"=+\-@|＝＋－＠"
GUARD = rf"\A'(?=[{UNSEEN}]*[{SIGNS}\t\r\n\0])|(?<=[\r\n\t%s])'(?=[{UNSEEN}]*[{SIGNS}])"  # so: no formula
GUARDS = {separator: re.compile(GUARD % other) for separator, other in (",;", ";,")}
PATIENCE = timedelta(minutes=1)  # two people acting at once on one chain may be written in either order
NOT_AS_IT_STANDS = re.compile(r"[\"\\\x00-\x1f']")  # JSON writes it in another way, or it may be the guard's
canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def read(path):
    csv.field_size_limit(1 << 30)
    with open(path, encoding="utf-8-sig", newline="") as file:
        first = file.readline()
        file.seek(0)
        lines = csv.reader(file, delimiter=max(",;", key=first.count))
        names = next(lines, [])
        rows = [dict(itertools.zip_longest(names, line[: len(names)], fillvalue="")) for line in lines if line]
    known = rows and any({*columns, "hash"} <= set(names) for columns in FORMATS.values())
    if not known:
        raise SystemExit(f"{path} is no download of the audit trail: columns or rows are missing.")
    return rows if "format" in rows[0] else [{**row, "format": "1", "scope": scope_of(row)} for row in rows]


def scope_of(row):
    """Records of format 1 hash three columns; where a later download has them as one, they are these."""
    return canonical({kind: row[column] for kind, column in OF_THE_SCOPE.items() if row[column]})


def spread(row):
    if row["format"] != "1" or "call_id" in row:
        return row
    scope = json.loads(row["scope"])
    return {**row, **{column: scope.get(kind) or "" for kind, column in OF_THE_SCOPE.items()}}


@lru_cache(1 << 12)
def is_canonical(cell):
    try:
        return canonical(json.loads(cell)) == cell
    except ValueError:
        return False


def readings(name, cell):
    """What a cell may stand for; one written in another way than ours stands for nothing.
    A guarded text is read without its apostrophes, or as it stands: older downloads guarded fewer.
    """
    texts = dict.fromkeys([*(guard.sub("", cell) for guard in GUARDS.values()), cell]) if "'" in cell else (cell,)
    return [json.loads(one) for one in texts if is_canonical(one)] if name in NUMBERS | OBJECTS else texts


@lru_cache(None)
def form_of(number):
    """Of a format: what takes its texts from a row, what takes all, the JSON with room for them."""
    names, plain = sorted(FORMATS[number]), NUMBERS | OBJECTS
    rooms = ",".join(f'"{name}":%s' if name in plain else f'"{name}":"%s"' for name in names)
    return itemgetter(*(name for name in names if name not in plain)), itemgetter(*names), f"{{{rooms}}}"


def is_plainly_whole(row):
    """Nearly every row: its texts stand in JSON as they are. Whatever is not sure here is looked at with care."""
    texts, cells, form = form_of(int(row["format"]))
    if row["format"] == "1" or NOT_AS_IT_STANDS.search("".join(texts(row))):
        return False
    written = all(is_canonical(row[name]) for name in ("changes", "scope", "sequence", "format"))
    return written and hashlib.sha256((form % cells(row)).encode()).hexdigest() == row["hash"]


def hashes(row):
    names = FORMATS[int(row["format"])]
    if row["format"] == "1" and scope_of(row) != row["scope"]:
        return
    for values in itertools.product(*(readings(name, row[name]) for name in names)):
        yield hashlib.sha256(canonical(dict(zip(names, values))).encode()).hexdigest()  # noqa: B905 - Python 3.8


def faults(rows):
    last = {}
    for row in rows:
        try:
            now = (int(row["sequence"]), row["hash"], datetime.fromisoformat(row["at"][:-1]), int(row["format"]))
            before = last.get(row["chain"], (0, "", now[2], 0))
            found = [*faults_between(before, now, row), *faults_within(row)]
            last[row["chain"]] = now
        except (AttributeError, TypeError, ValueError):
            found = ["holds a cell that cannot be read"]
        for fault in found:
            yield f"{row['chain']} record {row['sequence']} ({row['act']}, {row['at']}): {fault}"


def faults_between(before, now, row):
    if now[0] != before[0] + 1:
        yield f"record {before[0] + 1} was expected here; one is missing, added or moved"
    if row["previous_hash"] != before[1]:
        yield "does not continue the record before it"
    if now[2] < before[2] - PATIENCE:
        yield "is dated before the record before it"
    if now[3] < before[3]:
        yield "is written in an older format than the record before it"


def faults_within(row):
    if int(row["format"]) not in FORMATS:
        yield f"has the format {row['format']}, which nobody knows"
    elif not is_plainly_whole(row) and row["hash"] not in hashes(spread(row)):
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
