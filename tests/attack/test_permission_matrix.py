"""Every address × every kind of person × reading and writing, against one table read by eye.

`matrix.txt`: a line for each address and row, a column for each person; a cell is the status of GET, then of an empty
POST (of a step only POST). A new address, row or person changes the table, so somebody has to look. Where a person
writes another one's sentence, there is a 403, 404 or 409; where a page only reads, POST reads too or is a 405.
To renew the table: WRITE_MATRIX=1. What is read behind each door is listened to as well: no canary that is not theirs.
"""

import os
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from tests.attack.canaries import ALL, NOBODYS, Listener, text_of
from tests.attack.doors import doors

TABLE = Path(__file__).with_name("matrix.txt")
_address = count(1)


@pytest.mark.slow
def test_every_door_answers_as_the_table_says(world, client_of, undo):
    tried, listener = doors(world), Listener()
    columns = {name: statuses(name, client_of(name), tried, undo, listener) for name in world.people}
    found = table_of([label for label, _address in tried], columns)
    if os.environ.get("WRITE_MATRIX"):
        TABLE.write_text(found)
    assert not [line for line in found.splitlines() if "500" in line]
    wanted = TABLE.read_text().splitlines()
    assert found.splitlines() == wanted, differences(found.splitlines(), wanted)
    assert listener.faults == {}
    assert listener.heard == ALL - NOBODYS  # the net catches what somebody may read


def statuses(name, client, tried, undo, listener):
    cells = []
    for label, address in tried:
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


def table_of(labels, columns):
    width = max(map(len, labels))
    head = " ".join([" " * width, *(f"{name:<{max(7, len(name))}}" for name in columns)]).rstrip()
    lines = [
        " ".join([f"{label:<{width}}", *(f"{cells[n]:<{max(7, len(name))}}" for name, cells in columns.items())])
        for n, label in enumerate(labels)
    ]
    return "\n".join([head, *(line.rstrip() for line in lines)]) + "\n"


def differences(found, wanted):
    new, old = set(found) - set(wanted), set(wanted) - set(found)
    return "\n".join(["", *(f"+ {line}" for line in sorted(new)), *(f"- {line}" for line in sorted(old))])
