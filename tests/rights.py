"""Tests work as the database's owner; the servers have a narrower role. So each change that an act makes is held
against the table of rights as it leaves: one that saves more than it changes would be refused in operation alone."""

import re
from contextlib import contextmanager
from contextvars import ContextVar

from audit.rights import KEY, Rights
from core import clock
from isf_police.rights import RIGHTS

ADDITION = re.compile(r'\s*INSERT INTO "?(\w+)"?')
CHANGE = re.compile(r'\s*UPDATE "?(\w+)"?(?: \w+)? SET ')
COLUMN = re.compile(r'(?:\bSET|,)\s+"?(\w+)"? =')
REMOVAL = re.compile(r'\s*DELETE FROM "?(\w+)"?')
NONE = Rights(changes=(), rows_come=False)
COMES = Rights()  # a table that has no line in the rights: rows come, and stay
STAYS = {table: {KEY, *rights.but} for table, rights in RIGHTS.items()}  # looked up: nothing of the house is walked
REQUESTED = ContextVar("requested", default=False)  # what the libraries do while they answer counts as well


@contextmanager
def under_way():
    token = REQUESTED.set(True)
    try:
        yield
    finally:
        REQUESTED.reset(token)


def within_the_rights(execute, statement, params, many, context):
    """For `connection.execute_wrapper`. What a test does outside of acts is the test's own."""
    if (clock._moment.get() or REQUESTED.get()) and (wider := beyond_the_rights(str(statement))):
        raise AssertionError(f"The servers' role may not {wider} (isf_police/rights.py): {statement:.300}")
    return execute(statement, params, many, context)


def beyond_the_rights(statement):
    """What the servers' role could not do of this statement, in words."""
    if found := REMOVAL.match(statement):
        return "" if RIGHTS.get(found[1], NONE).rows_go else f"take rows out of {found[1]}"
    if found := ADDITION.match(statement):  # commands are the owner's
        return "" if not REQUESTED.get() or RIGHTS.get(found[1], COMES).rows_come else f"put rows into {found[1]}"
    if found := CHANGE.match(statement):
        changed, rights = set(COLUMN.findall(statement)), RIGHTS.get(found[1], NONE)
        stay = changed & STAYS.get(found[1], changed)
        stay |= set() if rights.changes is None else changed - set(rights.changes)
        return f"change {', '.join(sorted(stay))} of {found[1]}" if stay else ""
    return ""
