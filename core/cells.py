"""One cell of a table: what it says, where it leads, how it is meant."""

from typing import NamedTuple


class Cell(NamedTuple):
    text: object
    url: str | None = None
    tone: str | None = None
