"""Gives the servers a database role of their own, which can do no more than the acts do (`isf_police/rights.py`)."""

import json

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import ProgrammingError, connection, transaction

from audit.models import ChangedRow, Shape
from audit.rights import append_only_tables, freeze, grant
from audit.rows import shapes, watch


class Command(BaseCommand):
    help = "Create the servers' database role and grant it what it needs; run as the owner, after migrate."

    def handle(self, **options):
        role = connection.ops.quote_name(settings.DATABASE_APP_ROLE)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                self.make(cursor, role)
            with connection.cursor() as cursor:
                put_triggers(cursor)
        except ProgrammingError as refused:
            self.stderr.write(
                f"The role {settings.DATABASE_APP_ROLE} could not be prepared ({str(refused).strip()}). "
                "Ask the database's owner to run this command; until then only the triggers guard the trail."
            )

    def make(self, cursor, role):
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.DATABASE_APP_ROLE])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE ROLE {role} NOLOGIN")
        database = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"GRANT TEMPORARY ON DATABASE {database} TO {role}")  # views of the past (core.past)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        for table in append_only_tables():
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {connection.ops.quote_name(table)} FROM {role}")
        grant(cursor, settings.DATABASE_APP_ROLE)


def put_triggers(cursor):
    """Each by itself: a trigger locks its table, and who holds two locks can stand in the way of the database's own
    cleaner, or of an act, which stands in his."""
    watch_rows(cursor)
    freeze(cursor, settings.DATABASE_APP_ROLE)


def watch_rows(cursor):
    """What is noted is the triggers' own; the owner's untold changes are put away: the proof finds the rows."""
    watch(cursor)
    noted, known = ChangedRow._meta.db_table, Shape._meta.db_table
    cursor.execute(f"DELETE FROM {noted}")  # noqa: S608  # nosec B608 - names of our own
    cursor.executemany(
        f"INSERT INTO {known} (source, shape, columns) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",  # noqa: S608  # nosec B608
        [(table, shape, json.dumps(columns)) for table, shape, columns in shapes(cursor)],
    )
