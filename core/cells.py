"""One cell of a table: what it says, where it leads, how it is meant, and how a file has it."""

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple


class Cell(NamedTuple):
    text: object
    url: str | None = None
    tone: str | None = None


def as_text(value):
    """How a value is written in a file; a moment in UTC, to the microsecond."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if isinstance(value, datetime) else str(value)


DAY, OF_1970 = Decimal(86_400_000_000), 25_569  # microseconds; the first day of a computer's clock, as sheets count


def serial(moment):
    """A moment in UTC as spreadsheets count: days since 30 December 1899, to the microsecond."""
    past = moment - datetime(1970, 1, 1, tzinfo=UTC)
    microseconds = Decimal((past.days * 86_400 + past.seconds) * 1_000_000 + past.microseconds)
    return (microseconds / DAY + OF_1970).quantize(Decimal("1e-11"), ROUND_HALF_UP)
