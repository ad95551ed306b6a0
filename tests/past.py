"""Telling a story of yesterday in one transaction: all that was written so far is moved to a while ago."""

from datetime import timedelta

from django.db import connection

from audit.history import tables_of_versions
from core import clock

A_WHILE = timedelta(hours=1)


def long_ago(distance=A_WHILE):
    """Move every version and record back in time, as somebody with every right on the database would.

    Gives a moment after all of them and before now.
    """
    tables = {versions._meta.db_table: "pgh_created_at" for versions in tables_of_versions().values()}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, column in {**tables, "audit_auditrecord": "written_at"}.items():
            cursor.execute(f"UPDATE {table} SET {column} = {column} - %s", [distance])  # noqa: S608
        cursor.execute("SET LOCAL session_replication_role = origin")
    return clock.now() - distance / 2
