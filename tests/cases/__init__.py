"""Inputs that failed once, with the right value: a new line in a table is a new case."""

import csv
from pathlib import Path


def amounts():
    """(what was typed, its value in euro and cent or nothing) of each line of amounts.csv."""
    return [(row["typed"], row["value"]) for row in lines_of("amounts.csv")]


def searches():
    """(what is typed, the name that it must find) of each line of searches.csv."""
    return [(row["typed"], row["finds"]) for row in lines_of("searches.csv")]


def orders():
    """The names of each line of order.csv, as they must stand."""
    return [
        [name.strip() for name in line[1].split(";")] for line in map(list, map(dict.values, lines_of("order.csv")))
    ]


def lines_of(name):
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))
