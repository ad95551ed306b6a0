"""Every address × every kind of person × reading and writing, against one table read by eye.

`matrix.txt`: a line for each address and row, a column for each person; a cell is the status of GET, then of an empty
POST (of a step only POST). A new address, row or person changes the table, so somebody has to look. Where a person
writes another one's sentence, there is a 403, 404 or 409; where a page only reads, POST reads too or is a 405.
What is read behind each door is listened to as well: no canary that is not theirs.
To renew the table: WRITE_MATRIX=1. With ONLY_DOORS="a pattern" only the doors whose label it fits are tried, in a
minute instead of a quarter of an hour, and the other lines stay as they are.
"""

import os
import re
from collections import Counter
from contextlib import contextmanager
from difflib import unified_diff
from itertools import count
from pathlib import Path

import pytest

from tests.attack.canaries import ALL, NOBODYS, Listener, text_of
from tests.attack.doors import doors

TABLE = Path(__file__).with_name("matrix.txt")
ONLY = os.environ.get("ONLY_DOORS", "")
_address = count(1)


@pytest.mark.slow
def test_every_door_answers_as_the_table_says(world, client_of, undo):
    every, known, listener = numbered(doors(world)), rows_of(TABLE.read_text()), Listener()
    tried = {row: address for row, address in every.items() if re.search(ONLY, row[0])}
    columns = {name: statuses(name, client_of(name), tried, undo, listener) for name in world.people}
    rows = {row: [cells[n] for cells in columns.values()] for n, row in enumerate(tried)}
    found = table_of(columns, {row: rows.get(row) or known.get(row, []) for row in every})
    if os.environ.get("WRITE_MATRIX"):
        TABLE.write_text(found)
    assert not [line for line in found.splitlines() if "500" in line]
    if differs := differences(found.splitlines(), TABLE.read_text().splitlines()):
        pytest.fail(differs, pytrace=False)  # the lines that differ alone: the whole table hides them
    assert listener.faults == {}
    assert ONLY or listener.heard == ALL - NOBODYS  # the net catches what somebody may read


def statuses(name, client, tried, undo, listener):
    cells = []
    for (label, _nth), address in tried.items():
        answers = [answer_of(client, method, address, undo) for method in methods(label)]
        if "get" in methods(label):
            listener.listens(name, address, answers[0][1])
        cells.append("/".join(str(status) for status, _text in answers))
    return cells


def methods(label):
    return ("post",) if "step " in label else ("get", "post")


def answer_of(client, method, address, undo):
    """(status, text), from a new network address each time: limits on attempts are another test's matter."""
    number = next(_address)
    origin = {"REMOTE_ADDR": f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"}
    with undo(), same_session(client):
        answer = getattr(client, method)(address, **origin)
        return answer.status_code, text_of(answer)


@contextmanager
def same_session(client):
    """The session is the same after each attempt, whatever the attempt did to it."""
    session = client.cookies.get("sessionid")
    yield
    client.cookies.clear()
    if session:
        client.cookies["sessionid"] = session.value


def numbered(pairs):
    """{(label, how many of this label came before): what}: an address may be reached by two names."""
    found, seen = {}, Counter()
    for label, what in pairs:
        label = label.rstrip()
        seen[label] += 1
        found[label, seen[label]] = what
    return found


def table_of(people, rows):
    width = max(len(label) for label, _nth in rows)
    widths = [max(7, len(name)) for name in people]
    lines = [
        " ".join([f"{label:<{width}}", *(f"{cell:<{w}}" for cell, w in zip(cells, widths, strict=False))])
        for (label, _nth), cells in {("", 1): people, **rows}.items()
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def rows_of(text):
    """A label may hold a space, so it ends where the first person's column begins."""
    head, *lines = text.splitlines()
    width = len(head) - len(head.lstrip())
    return numbered((line[:width], line[width:].split()) for line in lines)


def differences(found, wanted):
    return "\n".join(unified_diff(wanted, found, "matrix.txt", "found", lineterm="", n=0))
