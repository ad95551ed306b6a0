"""The one clock: the database's, so that two web servers cannot disagree about a deadline."""

from django.db import connection


def now():
    """The moment this very statement runs (not the start of the transaction), with microseconds, in UTC."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]
