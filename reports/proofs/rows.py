"""Every business row is what the newest record that tells of it says: changes, insertions and deletions by SQL show.

A large house is looked at by shares: each reads the whole trail, for the newest record may stand anywhere in it, but
sorts and compares only the rows whose ids fall to it.
"""

import json
from dataclasses import dataclass

from django.db import connection, transaction

from audit.history import tables_of_versions
from audit.models import AuditRecord
from audit.rows import told_tables
from reports.proofs.slices import Found, Proof

TOLD = """
    DROP TABLE IF EXISTS pg_temp.told;
    CREATE TEMPORARY TABLE told ON COMMIT DROP AS
    SELECT DISTINCT ON (told->>0, told->>1)
        told->>0 source, told->>1 row_id, told->>2 digest, told->>3 shape, chain || ' ' || sequence place
    FROM audit_auditrecord, jsonb_array_elements(rows) told
    WHERE mod(hashtext(told->>1)::bigint + 2147483648, %(shares)s) = %(share)s
    ORDER BY told->>0, told->>1, audit_auditrecord.id DESC
"""
PAST = "CREATE INDEX ON told (source, row_id); ANALYZE told"
FAULTS = """
    WITH present AS (SELECT id::text row_id, to_jsonb(t) - %(unrecorded)s::text[] content FROM {table} t
        WHERE mod(hashtext(t.id::text)::bigint + 2147483648, %(shares)s) = %(share)s)
    SELECT coalesce(present.row_id, told.row_id), told.place, told.digest, present.row_id IS NULL, shapes.shape IS NULL
    FROM present FULL JOIN (SELECT * FROM told WHERE source = %(table)s) told ON told.row_id = present.row_id
    LEFT JOIN audit_shape shapes ON shapes.source = %(table)s AND shapes.shape = told.shape
    WHERE CASE
        WHEN told.row_id IS NULL THEN true
        WHEN told.digest = '' THEN present.row_id IS NOT NULL
        WHEN present.row_id IS NULL OR shapes.shape IS NULL THEN true
        ELSE told.digest <> row_digest((
            SELECT jsonb_object_agg(key, value) FROM jsonb_each(present.content) WHERE shapes.columns ? key))
    END ORDER BY 1
"""


@dataclass(frozen=True)
class Rows:
    """Its place is [number of the share, of how many]."""

    size: int = 250_000  # records of the trail for each share
    in_detail: int = 200  # faults of one share whose fields are looked for

    def look(self, place):
        share, shares = place or (0, AuditRecord.objects.count() // self.size + 1)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL timezone = 'UTC'")
            mine = {"share": share, "shares": shares}
            cursor.execute(TOLD, mine)
            cursor.execute(PAST)
            cursor.execute("SELECT count(*) FROM told")
            (told,) = cursor.fetchone()
            faults = list(self.faults_in(cursor, mine))
        return Found(told, faults, [share + 1, shares] if share + 1 < shares else None)

    def faults_in(self, cursor, mine):
        names = {model._meta.db_table: (model, versions) for model, versions in tables_of_versions().items()}
        for number, (table, row_id, *seen) in enumerate(odd_rows(cursor, mine)):
            what = f"{names[table][0]._meta.verbose_name} {row_id} ({table})"
            fields = other(*names[table], row_id, table) if number < self.in_detail else ""
            yield f"The {what} {fault(*seen)}{fields}."


def odd_rows(cursor, mine):
    """(table, row, place, digest, is gone, is odd) of each that is not what is told of it."""
    for table, unrecorded in told_tables().items():
        cursor.execute(FAULTS.format(table=quoted(table)), {"table": table, "unrecorded": unrecorded, **mine})
        for found in cursor.fetchall():
            yield table, *found


def fault(place, digest, is_gone, is_odd):
    if place is None:
        return "is there, but no record tells of it"
    if is_gone:
        return f"is gone, but record {place} says that it stands"
    if not digest:
        return f"is there, but record {place} says that it is gone"
    if is_odd:
        return f"cannot be compared: record {place} tells of columns that nobody knows"
    return f"is not what record {place} says"


def other(model, versions, row_id, table):
    """Which fields differ from the newest version that the database kept, where it kept one: “: amount, status”."""
    columns = [field.column for field in model._meta.concrete_fields]
    kept = {field.column for field in versions._meta.concrete_fields}
    both = ", ".join(f"'{one}', t.{quoted(one)} IS DISTINCT FROM v.{quoted(one)}" for one in columns if one in kept)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT jsonb_build_object({both}) FROM {quoted(table)} t JOIN {quoted(versions._meta.db_table)} v"  # noqa: S608  # nosec B608 - names of our own tables
            " ON v.id = t.id WHERE t.id::text = %s ORDER BY v.pgh_id DESC LIMIT 1",
            [row_id],
        )
        found = cursor.fetchone()
    different = sorted(name for name, differs in as_dict(found[0]).items() if differs) if found else []
    return f": {', '.join(different)}" if different else ""


def as_dict(answer):
    return json.loads(answer) if isinstance(answer, str) else answer


def quoted(name):
    return connection.ops.quote_name(name)


rows = Proof(Rows())
