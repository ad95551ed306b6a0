"""What a worker holds as long as its session with the database lives: whoever dies lets go at once, by itself.

These are advisory locks of the session, not of a transaction: a promise is kept in several transactions. So a worker
must not speak with the database through a pool that gives each transaction another session.
"""

from contextlib import contextmanager

from django.db import connection


def take(name):
    """True when nobody else holds it; it is never waited for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        return cursor.fetchone()[0]


def let_go(name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])


@contextmanager
def held(name):
    """Gives whether it was free; then it is held until the end of the block."""
    if not take(name):
        yield False
        return
    try:
        yield True
    finally:
        let_go(name)
