"""What waits for a person: each app answers in its `desk.py`, the desk page shows it by its date."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Waiting:
    """One line on somebody's desk: what (a whole sentence), where to do it, and until when, if there is a date."""

    sentence: str
    url: str
    until: datetime | None = None
    count: int = 1
    tone: str = "info"  # info, warning (soon due) or bad (late)
