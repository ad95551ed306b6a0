"""Which door an act came in by: a context variable set by the middleware and by the worker."""

from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

_door = ContextVar("door", default=("COMMAND", ""))


def this_door():
    return _door.get()


def carried_on(request_id):
    """This door, with the id of the request that left something owed; an own one where nobody noted it."""
    return door(this_door()[0], request_id)


@contextmanager
def door(name, request_id=None):
    token = _door.set((name, request_id or uuid4().hex))
    try:
        yield this_door()
    finally:
        _door.reset(token)
