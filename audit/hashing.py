"""The hash of a record, computable by anybody from the exported columns alone (see tools/verify_trail.py).

A record names the format it was written in, and is read in that format for ever. One more column is one more line in
`FORMATS`, here and in the script; what was written before keeps its hash.
"""

import hashlib
import json
from datetime import UTC

EVERY_FORMAT = (
    "chain", "sequence", "at", "act", "subject_type", "subject_id", "subject_name", "actor_id", "actor_name",
    "actor_role", "door", "request_id", "status_before", "status_after", "reason", "changes", "previous_hash",
)  # fmt: skip
OF_THE_SCOPE = {"application": "application_id", "call": "call_id", "member_state": "member_state"}


class Columns(tuple):
    """A format that hashes these columns as they stand."""

    def __call__(self, record):
        return {name: getattr(record, name) for name in self}


def with_three_places(record):
    """Format 1: the scope was three columns, each empty where it did not apply. Anything else in it is not of ours."""
    rest = dict(record.scope)
    places = {column: taken(rest, name) for name, column in OF_THE_SCOPE.items()}
    return Columns(EVERY_FORMAT)(record) | places | ({"scope": rest} if rest else {})


def taken(scope, name):
    value = scope.get(name)
    return scope.pop(name) if value and isinstance(value, str) else ""


FORMATS = {
    1: with_three_places,
    2: Columns((*EVERY_FORMAT, "scope", "format", "written_at")),
    3: Columns((*EVERY_FORMAT, "scope", "format", "written_at", "rows_sha256")),
}


def newest_format():
    return max(FORMATS)


def hashed_columns():
    """What a download must hold: the newest format has every column that an older one reads from."""
    return FORMATS[newest_format()]


def plain(value):
    """The text form that is hashed: times in UTC with microseconds, ids as text, None as an empty text."""
    if value is None:
        return ""
    if hasattr(value, "astimezone"):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return value if isinstance(value, int | dict | list) else str(value)


def canonical(content):
    """JSON in one way only: keys sorted, no spaces, UTF-8 unescaped."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_of(record):
    """SHA-256 (hex) over the canonical JSON of what the record's format hashes."""
    content = {name: plain(value) for name, value in FORMATS[record.format](record).items()}
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def sha256_of_rows(rows):
    """SHA-256 (hex) over the rows that a record tells of (`audit.rows`); an empty text where there is none."""
    return hashlib.sha256(canonical(rows).encode()).hexdigest() if rows else ""
