"""Writing the trail. Called by the skeleton of every act, inside its transaction."""

import json
from datetime import timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from audit.door import this_door
from audit.hashing import FORMATS, hash_of, newest_format
from audit.models import AuditRecord
from audit.scope import as_scope

PATIENCE = timedelta(minutes=1)  # two people acting at once on one chain may be written in either order


def record(act, row, *, by, at, changes=None, reason="", move=("", "")):
    """Append one record to the chain of the row and return it; `move` is the status before and after."""
    door, request_id = this_door()
    entry = AuditRecord(
        at=at, act=act, reason=reason, door=door, request_id=request_id,
        subject_type=row._meta.label_lower, subject_id=str(row.pk), subject_name=str(row)[:300],
        actor_id=str(by.pk), actor_name=str(by)[:200], actor_role=by.role,
        status_before=move[0] or "", status_after=move[1] or "", changes=as_json(changes or {}),
        scope=as_scope(row.audit_scope()),
    )  # fmt: skip
    return append(entry, chain=row.chain)


def append(entry, *, chain):
    """Hold the chain until the transaction ends, so that two acts cannot take the same place in it.

    `written_at` is the start of the transaction, as in the versions of the rows that the act changes.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT now(), pg_advisory_xact_lock(hashtextextended(%s, 0))", [chain])
        entry.written_at = cursor.fetchone()[0]
    entry.format = newest_format()
    last = AuditRecord.objects.of_chain(chain).last()
    entry.chain = chain
    entry.sequence = last.sequence + 1 if last else 1
    entry.previous_hash = last.hash if last else ""
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    return entry


def as_json(changes):
    """What will come back from the database, so that the hash is taken over exactly that."""
    return json.loads(json.dumps(changes, cls=DjangoJSONEncoder))


def broken_links(records):
    """Yield (record, sentence) for each record of one chain that does not fit; records in order of sequence."""
    previous, place, before = "", 0, None
    for entry in records:
        place += 1
        if entry.sequence != place:
            yield entry, f"record {place} is missing"
        if entry.previous_hash != previous:
            yield entry, "does not continue the record before it"
        if why := fault_of(entry):
            yield entry, why
        if before and entry.at < before.at - PATIENCE:
            yield entry, "is dated before the record before it"
        if before and entry.format < before.format:
            yield entry, "is written in an older format than the record before it"
        previous, place, before = entry.hash, entry.sequence, entry


def fault_of(entry):
    """What is wrong with the record by itself; an empty text when nothing is."""
    if entry.format not in FORMATS:
        return f"has the format {entry.format}, which nobody knows"
    return "" if hash_of(entry) == entry.hash else "was changed after it was written"
