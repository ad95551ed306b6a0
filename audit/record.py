"""Writing the trail. Called by the skeleton of every act, inside its transaction."""

import json
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils.translation import override

from audit.at_once import insert_all
from audit.door import this_door
from audit.hashing import FORMATS, hash_of, newest_format, sha256_of_rows
from audit.models import AuditRecord
from audit.rows import NOTED
from audit.scope import as_scope

TELLS_OF_ROWS = 3  # records of older formats tell of none
FIRST = 0, ""  # the place and the hash before the first record of a chain
HOLD_CHAINS = f"""
    SELECT now(), {NOTED}, count(pg_advisory_xact_lock(hashtextextended(chain, 0)))
    FROM (SELECT chain FROM unnest(%s::text[]) WITH ORDINALITY AS asked(chain, place) ORDER BY place) held
"""  # noqa: S608  # nosec B608 - no word of users
LAST_OF_CHAINS = """
    SELECT asked.chain, last.sequence, last.hash
    FROM unnest(%s::text[]) AS asked(chain) CROSS JOIN LATERAL (
        SELECT sequence, hash FROM audit_auditrecord r WHERE r.chain = asked.chain ORDER BY sequence DESC LIMIT 1
    ) last
"""
PATIENCE = timedelta(minutes=1)  # two people acting at once on one chain may be written in either order


def record(act, row, *, by, at, changes=None, reason="", move=("", "")):
    """Append one record to the chain of the row and return it; `move` is the status before and after."""
    entry = entry_of(act, row, by=by, at=at, changes=changes, reason=reason, move=move)
    return append(entry, chain=row.chain)


def record_all(told, *, by, at, reason=""):
    """Append a record of each in `told`, (act, row, changes, move), each to the chain of its row: in four statements,
    however many."""
    entries = [
        entry_of(act, row, by=by, at=at, changes=changes, reason=reason, move=move) for act, row, changes, move in told
    ]
    for entry, (_act, row, _changes, _move) in zip(entries, told, strict=True):
        entry.chain = row.chain
    return append_all(entries)


def entry_of(act, row, *, by, at, changes=None, reason="", move=("", "")):
    """In the house's language, whoever acts: sentences that wait for their reader are said here."""
    with override(settings.LANGUAGE_CODE):
        door, request_id = this_door()
        return AuditRecord(
            at=at, act=act, reason=reason, door=door, request_id=request_id,
            subject_type=row._meta.label_lower, subject_id=str(row.pk), subject_name=str(row)[:300],
            actor_id=str(by.pk), actor_name=str(by)[:200], actor_role=by.role,
            status_before=move[0] or "", status_after=move[1] or "", changes=as_json(changes or {}),
            scope=as_scope(row.audit_scope()),
        )  # fmt: skip


def append(entry, *, chain):
    """Hold the chain until the transaction ends, so that two acts cannot take the same place in it.

    `written_at` is the start of the transaction, as in the versions of the rows that the act changes.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT now(), {NOTED}, pg_advisory_xact_lock(hashtextextended(%s, 0))", [chain])
        written_at, noted, _held = cursor.fetchone()
    entry.chain = chain
    tell([entry], noted)
    last = AuditRecord.objects.of_chain(chain).last()
    put_behind(entry, (last.sequence, last.hash) if last else FIRST, written_at=written_at)
    entry.save(force_insert=True)
    return entry


def put_behind(entry, last, *, written_at):
    """Give the record its place behind the last one of its chain, (sequence, hash)."""
    entry.written_at, entry.format = written_at, newest_format()
    entry.sequence, entry.previous_hash = last[0] + 1, last[1]
    entry.hash = hash_of(entry)


def append_all(entries):
    """As `append`, for records of many chains; the chains are held in one order, so that two such acts only wait."""
    if not entries:
        return []
    chains = sorted({entry.chain for entry in entries})
    with connection.cursor() as cursor:
        cursor.execute(HOLD_CHAINS, [chains])
        written_at, noted, _held = cursor.fetchone()
        cursor.execute(LAST_OF_CHAINS, [chains])
        last = {chain: (sequence, sha256) for chain, sequence, sha256 in cursor.fetchall()}
    tell(entries, noted)
    for entry in entries:
        put_behind(entry, last.get(entry.chain, FIRST), written_at=written_at)
        last[entry.chain] = entry.sequence, entry.hash
    insert_all(entries)
    return entries


def tell(entries, noted):
    """Each record tells of its own subject's row, the last one of all the others that its transaction changed."""
    for entry in entries:
        entry.rows = []
    subjects = {(table_of(one), one.subject_id): one for one in entries[:-1]}
    for table, row_id, digest, shape in json.loads(noted or "[]"):
        subjects.get((table, row_id), entries[-1]).rows.append([table, row_id, digest, shape])
    for entry in entries:
        entry.rows_sha256 = sha256_of_rows(entry.rows)


def table_of(entry):
    return apps.get_model(entry.subject_type)._meta.db_table


def as_json(changes):
    """What will come back from the database, so that the hash is taken over exactly that."""
    return json.loads(json.dumps(changes, cls=DjangoJSONEncoder))


def broken_links(records, *, reached=None):
    """Yield (record, sentence) for each record of one chain that does not fit; records in order of sequence.

    `reached` is the record before the first of these, where the chain is looked through in pieces.
    """
    before = reached
    place, previous = (reached.sequence, reached.hash) if reached else FIRST
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
    if entry.format >= TELLS_OF_ROWS and sha256_of_rows(entry.rows) != entry.rows_sha256:
        return "does not tell of the rows that it told of when it was written"
    return "" if hash_of(entry) == entry.hash else "was changed after it was written"
