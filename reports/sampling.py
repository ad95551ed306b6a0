"""Drawing a sample from the file of a population, so that anybody draws the same from it: `tools/draw_sample.py` says
in words of its own what stands here.

The units are the applications of the file. Each has a ticket: SHA-256 of the seed, a space and its number. Of each
stratum the lowest tickets are drawn. What is to be drawn is shared among the strata by their sizes: whole parts first,
then one more to the largest remainders.
"""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

NUMBER, AMOUNT = "Number", "Requested by the application (EUR)"
COLUMN = {"MEMBER_STATE": "Member State of the applicant", "STATUS": "Standing", "AMOUNT": AMOUNT}
EVERYTHING = "all"


@dataclass(frozen=True)
class Unit:
    number: str
    stratum: str
    row: dict  # its first row in the file, with its amount


def seed_of(phrase, root):
    """From what the auditor chose, and from what nobody knew then."""
    return sha256(f"{phrase}\n{root}".encode()).hexdigest()


def ticket(seed, number):
    return sha256(f"{seed} {number}".encode()).hexdigest()


def units_of(content, by="", bounds=()):
    """The applications of a file, each once, with their strata; `by` is one of COLUMN, empty for a single stratum."""
    first, amounts = {}, {}
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        first.setdefault(row[NUMBER], row)
        amounts.setdefault(row[NUMBER], row[AMOUNT])
        amounts[row[NUMBER]] = amounts[row[NUMBER]] or row[AMOUNT]
    rows = {number: {**row, AMOUNT: amounts[number]} for number, row in first.items()}
    return [Unit(number, stratum_of(row, by, bounds), row) for number, row in sorted(rows.items())]


def stratum_of(row, by, bounds):
    if not by:
        return EVERYTHING
    value = row[COLUMN[by]]
    return band_of(value, bounds) if by == "AMOUNT" else value


def band_of(amount, bounds):
    if not amount:
        return "no amount"
    below = [one for one in bounds if one <= Decimal(amount)]
    above = [one for one in bounds if one > Decimal(amount)]
    words = [f"from {below[-1]}"] if below else []
    return " ".join([*words, *([f"below {above[0]}"] if above else [])]) or EVERYTHING


def shares_of(units, size):
    """{stratum: how many of it}, by the largest remainder; of equal ones the stratum first by its name."""
    counts = Counter(one.stratum for one in units)
    found = {name: size * count // len(units) for name, count in counts.items()}
    left = size - sum(found.values())
    for name in sorted(counts, key=lambda name: (-(size * counts[name] % len(units)), name))[:left]:
        found[name] += 1
    return dict(sorted(found.items()))


def drawn_from(units, *, seed, size):
    """The units of the sample, by their numbers."""
    shares = shares_of(units, size)
    found = []
    for name, share in shares.items():
        own = [one for one in units if one.stratum == name]
        found += sorted(own, key=lambda one: ticket(seed, one.number))[:share]
    return sorted(found, key=lambda one: one.number)
