"""Every address × every kind of person × reading and writing, against one table read by eye: `matrix.txt` (table.py).

A new address, row or person changes the table, so somebody has to look. Where a person writes another one's sentence,
there is a 403, 404 or 409; where a page only reads, POST reads too or is a 405. What is read behind each door is
listened to as well: no canary that is not theirs.

`make test` tries all that somebody is answered and each day another seventh of the refusals, `make long` all of it.
To renew the table: WRITE_MATRIX=1 in one process (`-n 0`). With ONLY_DOORS="a pattern" only the doors whose label it
fits are tried, all of their cells, and when writing the other lines stay as they are.
"""

import os
import re
from contextlib import contextmanager
from itertools import count

import pytest

from tests.attack import table
from tests.attack.canaries import MAY_READ, NOBODYS, UNHEARD, Listener, text_of
from tests.attack.doors import doors
from tests.long import TODAY, WHOLE

ONLY = os.environ.get("ONLY_DOORS", "")
WRITES = bool(os.environ.get("WRITE_MATRIX"))
PEOPLE = table.read()[0]
_address = count(1)


def test_every_door_and_every_person_has_a_place_in_the_table(world, client_of, undo):
    if WRITES:
        write_anew(world, client_of, undo)
    people, rows = table.read()
    assert people == list(world.people)
    assert rows.keys() == numbered_doors(world).keys()
    assert not [row for row, cells in rows.items() if "500" in "".join(cells.values())]


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.skipif(WRITES, reason="The table was just written.")
@pytest.mark.parametrize("name", PEOPLE)
def test_every_door_answers_as_the_table_says(world, client_of, undo, name):
    every, listener = numbered_doors(world), Listener()
    known = {row: cells for row, cells in table.read()[1].items() if re.search(ONLY, row[0])}
    wanted = table.tries(known, name)
    if not WHOLE and not ONLY:
        wanted = table.of_the_day(wanted, name, TODAY)
    found = {
        (row, method): attempt(name, client, method, every[row], undo, listener)
        for client in [client_of(name)]
        for row, method in wanted
    }
    differ = [
        f"{' '.join(map(str, one))} is {found[one]}, not {wanted[one]}" for one in wanted if found[one] != wanted[one]
    ]
    if differ:
        pytest.fail("\n".join(differ), pytrace=False)  # the cells that differ alone: all of them hide those
    assert listener.faults == {}
    assert ONLY or listener.heard >= MAY_READ[name] - NOBODYS - UNHEARD.get(name, set())  # the net catches


@pytest.mark.parametrize("name", PEOPLE)
def test_a_week_of_short_runs_tries_every_cell(name):
    every = table.tries(table.read()[1], name)
    days = [table.of_the_day(every, name, day) for day in range(table.DAYS)]
    assert {one for day in days for one in day} == every.keys()


def numbered_doors(world):
    return table.numbered(doors(world))


def write_anew(world, client_of, undo):
    if os.environ.get("PYTEST_XDIST_WORKER"):
        pytest.fail("Write the table in one process: -n 0.", pytrace=False)
    every, known = numbered_doors(world), table.read()[1]
    tried = {row: address for row, address in every.items() if re.search(ONLY, row[0])}
    columns = {name: cells_of(name, client_of(name), tried, undo) for name in world.people}
    rows = {
        row: [column[row] for column in columns.values()] if row in tried else [*known.get(row, {}).values()]
        for row in every
    }
    table.TABLE.write_text(table.text_of_table(list(world.people), rows))


def cells_of(name, client, tried, undo):
    return {
        row: "/".join(attempt(name, client, method, address, undo, Listener()) for method in table.methods(row[0]))
        for row, address in tried.items()
    }


def attempt(name, client, method, address, undo, listener):
    """The status, from a new network address each time: limits on attempts are another test's matter."""
    number = next(_address)
    origin = {"REMOTE_ADDR": f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"}
    with undo(), same_session(client):
        answer = getattr(client, method)(address, **origin)
        if method == "get":
            listener.listens(name, address, text_of(answer))
        return str(answer.status_code)


@contextmanager
def same_session(client):
    """The session is the same after each attempt, whatever the attempt did to it."""
    session = client.cookies.get("sessionid")
    yield
    client.cookies.clear()
    if session:
        client.cookies["sessionid"] = session.value
