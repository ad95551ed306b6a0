"""The hash of a record, computable by anybody from the exported columns alone (see tools/verify_trail.py)."""

import hashlib
import json
from datetime import UTC

HASHED = (
    "chain", "sequence", "at", "act", "subject_type", "subject_id", "subject_name", "actor_id", "actor_name",
    "actor_role", "door", "request_id", "status_before", "status_after", "reason", "changes", "call_id",
    "application_id", "member_state", "previous_hash",
)  # fmt: skip


def plain(value):
    """The text form that is hashed: times in UTC with microseconds, ids as text, None as an empty text."""
    if value is None:
        return ""
    if hasattr(value, "astimezone"):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return value if isinstance(value, int | dict | list) else str(value)


def hash_of(record):
    """SHA-256 (hex) over canonical JSON: keys sorted, no spaces, UTF-8 unescaped."""
    content = {name: plain(getattr(record, name)) for name in HASHED}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
