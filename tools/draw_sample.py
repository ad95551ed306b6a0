"""Draw an announced sample again from the CSV of its population (report R39), without us:

    python draw_sample.py population.csv SIZE --seed SEED [--by COLUMN] [--bounds 250000,500000]
    python draw_sample.py population.csv SIZE --phrase "my words" --root ROOT [...]

The seed is SHA-256 of the phrase, a line feed and the root of the checkpoint that took up the announcement. Each number
of an application has a ticket, SHA-256 of "SEED NUMBER"; of each stratum the lowest tickets are drawn. The size is
shared among the strata in proportion: whole parts, then one more to the largest remainders, of equal ones by name.
COLUMN is member_state, status or amount. Prints number, stratum and ticket as CSV.
Needs nothing but Python 3.8 or later.
"""

import argparse
import csv
import hashlib
import sys
from decimal import Decimal

HEADS = {"member_state": "Member State of the applicant", "status": "Standing"}
AMOUNT = "Requested by the application (EUR)"


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read(path):
    """({number: what stands in its rows}, SHA-256 of the file)"""
    with open(path, "rb") as file:
        content = file.read()
    found = {}
    for row in csv.DictReader(content.decode("utf-8-sig").splitlines(True)):
        known = found.setdefault(row["Number"], row)
        known[AMOUNT] = known[AMOUNT] or row[AMOUNT]
    return found, hashlib.sha256(content).hexdigest()


def stratum(row, by, bounds):
    if by != "amount":
        return row[HEADS[by]] if by else "all"
    if not row[AMOUNT]:
        return "no amount"
    amount, words = Decimal(row[AMOUNT]), []
    lower = [one for one in bounds if amount >= one]
    upper = [one for one in bounds if amount < one]
    if lower:
        words.append(f"from {lower[-1]}")
    if upper:
        words.append(f"below {upper[0]}")
    return " ".join(words) or "all"


def draw(rows, size, seed, by="", bounds=()):
    """[(number, stratum, ticket)]"""
    strata = {}
    for number, row in rows.items():
        strata.setdefault(stratum(row, by, bounds), []).append((sha256(seed + " " + number), number))
    total = len(rows)
    shares = {name: size * len(own) // total for name, own in strata.items()}
    order = sorted(strata, key=lambda name: (-(size * len(strata[name]) % total), name))
    for name in order[: size - sum(shares.values())]:
        shares[name] += 1
    drawn = [(number, name, own) for name in strata for own, number in sorted(strata[name])[: shares[name]]]
    return sorted(drawn)


def main(arguments):
    say = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    say.add_argument("population")
    say.add_argument("size", type=int)
    for name in ("--seed", "--phrase", "--root", "--bounds"):
        say.add_argument(name, default="")
    say.add_argument("--by", default="", choices=["", *HEADS, "amount"])
    asked = say.parse_args(arguments)
    if not asked.seed and not asked.root:
        say.error("give the seed, or the phrase and the root")
    rows, digest = read(asked.population)
    if not 1 <= asked.size <= len(rows):
        say.error(f"the file has {len(rows)} applications: choose a size from 1 to that")
    bounds = [Decimal(one) for one in asked.bounds.split(",") if one]
    seed = asked.seed or sha256(asked.phrase + "\n" + asked.root)
    print(f"population {digest}, {len(rows)} applications; seed {seed}", file=sys.stderr)
    print("number,stratum,ticket")
    for number, name, own in draw(rows, asked.size, seed, asked.by, bounds):
        print(f'{number},"{name}",{own}')


if __name__ == "__main__":
    main(sys.argv[1:])
