"""Rows that stood before their table was told of: records take them up as they stand, once for each table."""

from django.db import connection, transaction

from accounts.models import User
from audit.models import AuditRecord
from audit.record import record
from audit.rows import told_tables
from core import clock

ACT, AT_ONCE = "house.adopt", 1000  # rows that one record takes up
TAKE_UP = """
    INSERT INTO audit_changedrow (source, row_id, digest, shape)
    SELECT %(table)s, id::text, row_digest(content), row_shape(content)
    FROM (SELECT id, to_jsonb(t) - %(unrecorded)s::text[] content FROM {table} t ORDER BY id
          OFFSET %(start)s LIMIT %(number)s) found
"""


def adopt_rows():
    """{table: rows taken up} of the tables that no record has adopted yet. As the owner, after `grant_rights`.

    The records say so: what they take up was never told of before, and an auditor sees when that was.
    """
    with transaction.atomic(), clock.stopped():
        system, at = User.objects.clock(), clock.now()
        new = {table: adopt(table, by=system, at=at) for table in told_tables() if table not in adopted_tables()}
        if new:
            record(ACT, system, by=system, at=at, changes={"tables": new})
    return new


def adopted_tables():
    told = AuditRecord.objects.filter(act=ACT, changes__has_key="tables").values_list("changes", flat=True)
    return {table for changes in told for table in changes["tables"]}


def adopt(table, *, by, at):
    count = 0
    while taken := take_up(table, start=count):
        count += taken
        record(ACT, by, by=by, at=at, changes={"table": table, "rows": [count - taken + 1, count]})
    return count


def take_up(table, *, start):
    words = {"table": table, "unrecorded": told_tables()[table], "start": start, "number": AT_ONCE}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'UTC'")
        cursor.execute(TAKE_UP.format(table=connection.ops.quote_name(table)), words)
        return cursor.rowcount
