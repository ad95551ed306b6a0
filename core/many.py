"""One step of many rows in one transaction: the same table, the same bars and the same body as for one row.

Only what is read, held and written is so once for all: parents and rows are locked in the order of their keys, each
row is judged as it is now and has its own record, new rows and records are inserted together. What is refused stays as
it was and is named; the others are not held up by it.
"""

from dataclasses import dataclass
from functools import partial

from django.db import transaction

from audit.at_once import insert_all, update_all
from audit.record import record_all
from core import clock
from core.errors import Refused
from core.fields import reason_of
from core.holds import take_all_of
from core.refusals import log_refusal
from core.versions import difference, values_before, values_of
from core.workflow import moved


@dataclass(frozen=True)
class Taken:
    """`rows` as they now are; `refused`: (row, refusal) of each that stayed as it was."""

    rows: list
    refused: list


def take_each(workflow, name, rows, *, by, at=None, reason="", **details):
    """Take the step on each of these rows of one kind. Its body writes nothing before its last guard, and no other
    rows; `details` are the same for all."""
    step, body = workflow.complete().steps[name], workflow.bodies[name]
    if not rows:
        return Taken([], [])
    with transaction.atomic(), clock.stopped():
        reason = reason_of(reason)
        rows = take_all_of(rows, step.holds, workflow.reads)
        step.require_word(rows[0], reason)
        at = at or clock.now()
        said = details | ({"reason": reason} if step.needs_reason else {})
        taken, told, refused = each(step, rows, partial(body, by=by, at=at, **said), by=by)
        keep_all(taken)
        if told:
            record_all(told, by=by, at=at, reason=reason)
    return Taken([row for row, _before in taken], refused)


def each(step, rows, body, *, by):
    """(rows with their values before, what their records tell, the refused with why)."""
    barred = step.barred(rows, by)
    taken, told, refused = [], [], []
    for row in rows:
        before = values_before(row)
        try:
            step.require_open(row, by, barred)
            found = moved(step, row, body, before)
        except Refused as refusal:
            log_refusal(step.name, row, by, refusal)
            refused.append((row, refusal))
        else:
            if found is not None:
                taken.append((row, before))
                told.append((found["act"], row, found["changes"], found["move"]))
    return taken, told, refused


def keep_all(taken):
    """Insert the new ones together, change the others together."""
    new = [row for row, before in taken if not before]
    old = [(row, before) for row, before in taken if before]
    if new:
        insert_all(new)
    if old:
        names = {name for row, before in old for name in difference(before, values_of(row))}
        rows = [row for row, _before in old]
        update_all(rows, fields_of(rows[0], names))


def fields_of(row, names):
    return [one for one in row._meta.concrete_fields if one.attname in names]
