"""What a chapter of a life shows."""

from typing import NamedTuple


class Table(NamedTuple):
    """`urls`: {id of a row: its page}, for the records that are about it."""

    columns: list
    rows: list
    urls: dict
