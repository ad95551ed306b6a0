"""The one clock: the database's, so that two web servers cannot disagree about a deadline."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

_moment = ContextVar("moment", default=None)  # {"at": moment or None} while an act is under way


def now():
    """The moment this very statement runs (not the start of the transaction), with microseconds, in UTC.

    Within one act it is read once: the row, its record, its promises and its mails say the same moment.
    """
    held = _moment.get()
    if held is None:
        return read()
    held["at"] = held["at"] or read()
    return held["at"]


@contextmanager
def stopped():
    """The first reading counts until the outermost act ends. It is taken after the act has what it holds."""
    if _moment.get() is not None:
        yield
        return
    token = _moment.set({"at": None})
    try:
        yield
    finally:
        _moment.reset(token)


def read():
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]
