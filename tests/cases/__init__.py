"""Inputs that failed once, with the right value: a new line in a table is a new case."""

import csv
from pathlib import Path


def amounts():
    """(what was typed, its value in euro and cent or nothing) of each line of amounts.csv."""
    with (Path(__file__).parent / "amounts.csv").open(encoding="utf-8", newline="") as table:
        return [(row["typed"], row["value"]) for row in csv.DictReader(table)]
