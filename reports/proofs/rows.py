"""Every business row is what the newest record that tells of it says: changes, insertions and deletions by SQL show."""

import json

from django.db import connection, transaction

from audit.history import tables_of_versions
from audit.rows import told_tables

TOLD = """
    DROP TABLE IF EXISTS pg_temp.told;
    CREATE TEMPORARY TABLE told ON COMMIT DROP AS
    SELECT DISTINCT ON (told->>0, told->>1)
        told->>0 source, told->>1 row_id, told->>2 digest, told->>3 shape, chain || ' ' || sequence place
    FROM audit_auditrecord, jsonb_array_elements(rows) told ORDER BY told->>0, told->>1, audit_auditrecord.id DESC
"""
PAST = "CREATE INDEX ON told (source, row_id); ANALYZE told"
FAULTS = """
    WITH present AS (SELECT id::text row_id, to_jsonb(t) - %(unrecorded)s::text[] content FROM {table} t)
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


def rows():
    """Every row of every business table, in one moment."""
    names = {model._meta.db_table: (model, versions) for model, versions in tables_of_versions().items()}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'UTC'")
        cursor.execute(TOLD)
        cursor.execute(PAST)
        for table, unrecorded in told_tables().items():
            name = connection.ops.quote_name(table)
            cursor.execute(FAULTS.format(table=name), {"table": table, "unrecorded": unrecorded})
            for row_id, place, digest, is_gone, is_odd in cursor.fetchall():
                what = f"{names[table][0]._meta.verbose_name} {row_id} ({table})"
                yield f"The {what} {fault(place, digest, is_gone, is_odd)}{other(*names[table], row_id, table)}."


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
