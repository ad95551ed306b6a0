"""One cell of a table: what it says, where it leads, how it is meant, and how a file has it."""

from datetime import UTC, datetime
from typing import NamedTuple


class Cell(NamedTuple):
    text: object
    url: str | None = None
    tone: str | None = None


def as_text(value):
    """How a value is written in a file; a moment in UTC, to the microsecond."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if isinstance(value, datetime) else str(value)
