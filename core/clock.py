"""The one clock: the database's, so that two web servers cannot disagree about a deadline.

Who is late is decided by when a request reached the house, not by when a busy machine came to it. The first door counts
how long a request has waited since, by a clock that nobody can set. A front server of ours may say an earlier moment:
with the secret that both know, and within bounds. Whatever else comes from outside is nobody's word.
"""

import time
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils.crypto import constant_time_compare

_moment = ContextVar("moment", default=None)  # {"at": moment or None} while an act is under way
_arrival = ContextVar("arrival", default=None)  # (seconds of the steady clock, what the front server said or None)


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


# arrival


@contextmanager
def arriving(said):
    """A request is in the house from now on; `said` by its front server: when, since 1970, and the secret."""
    token = _arrival.set((time.monotonic(), said_in_front(said)))
    try:
        yield
    finally:
        _arrival.reset(token)


def said_in_front(text):
    """The moment that a front server of ours has noted, in seconds or as “…ms”, or None."""
    moment, _, secret = text.partition(" ")
    if not settings.ARRIVAL_SECRET or not constant_time_compare(secret, settings.ARRIVAL_SECRET):
        return None
    try:
        seconds = float(moment.removesuffix("ms")) / (1000 if moment.endswith("ms") else 1)
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def arrived(at):
    """The moment this request arrived, `at` being now by the database's clock: never later, and not much earlier.

    Outside a request it is `at` itself.
    """
    if (arrival := _arrival.get()) is None:
        return at
    since, in_front = arrival
    moment, earliest = at - timedelta(seconds=time.monotonic() - since), at - longest_way_in()
    if in_front and earliest <= in_front <= moment:
        moment = in_front
    return max(moment, earliest)


def longest_way_in():
    """Who waited longer came when this is over: the opening cannot wait for ever."""
    return timedelta(seconds=settings.LONGEST_WAY_IN)


def all_in_after():
    """By then whatever arrived in time is done or refused; a fifth more than the way in, for the act itself."""
    return longest_way_in() * 1.2
