"""Which door an act came in by: a context variable set by the middleware and by the worker."""

from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

_door = ContextVar("door", default=("COMMAND", ""))


def this_door():
    return _door.get()


@contextmanager
def door(name, request_id=None):
    token = _door.set((name, request_id or uuid4().hex))
    try:
        yield this_door()
    finally:
        _door.reset(token)
