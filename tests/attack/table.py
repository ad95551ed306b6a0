"""The table of the permission matrix as text, and which of its cells a short run tries.

A line for each address and row, a column for each person; a cell is the status of GET, then of an empty POST (of a step
only POST).
"""

from collections import Counter, defaultdict
from pathlib import Path

TABLE = Path(__file__).with_name("matrix.txt")
# What answers so gives nothing away. So does the visitor's 302 to the sign-in page.
REFUSALS = {"401", "403", "404", "405"}
DAYS = 7


def read():
    """(people, {row: {person: cell}})"""
    head, *lines = TABLE.read_text().splitlines()
    people, width = head.split(), len(head) - len(head.lstrip())
    rows = numbered((line[:width], line[width:].split()) for line in lines)
    return people, {row: dict(zip(people, cells, strict=True)) for row, cells in rows.items()}


def numbered(pairs):
    """{(label, how many of this label came before): what}: an address may be reached by two names."""
    found, seen = {}, Counter()
    for label, what in pairs:
        label = label.rstrip()
        seen[label] += 1
        found[label, seen[label]] = what
    return found


def text_of_table(people, rows):
    width = max(len(label) for label, _nth in rows)
    widths = [max(7, len(name)) for name in people]
    lines = [
        " ".join([f"{label:<{width}}", *(f"{cell:<{w}}" for cell, w in zip(cells, widths, strict=False))])
        for (label, _nth), cells in {("", 1): people, **rows}.items()
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def methods(label):
    return ("post",) if "step " in label else ("get", "post")


def tries(rows, person):
    """{(row, method): status by the table} of one person."""
    return {
        (row, method): status
        for row, cells in rows.items()
        for method, status in zip(methods(row[0]), cells[person].split("/"), strict=True)
    }


def of_the_day(tries, person, day):
    """Everything this person is answered, and a seventh of the refusals: in a week it was all of them. Of refusals
    that are alike at one address at least one is tried each day."""
    alike, chosen = defaultdict(list), set()
    for one, status in tries.items():
        if status in REFUSALS or (person, status) == ("anonymous", "302"):
            alike[one[0][0].partition(" ")[0], status].append(one)
        else:
            chosen.add(one)
    for group in alike.values():
        chosen |= set(group[day % DAYS :: DAYS]) or {group[day % len(group)]}
    return {one: tries[one] for one in tries if one in chosen}
