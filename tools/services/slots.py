"""Locks that end with their process: who uses an instance, and which numbered databases are taken."""

import contextlib
import fcntl
from dataclasses import dataclass
from io import IOBase

from tools.services.valkey import DATABASES

SLOTS = DATABASES // 2


@dataclass(frozen=True)
class Slot:
    number: int
    lock: IOBase


def hold(instance):
    """While this file is open, nobody else's exit stops the servers."""
    lock = (instance.folder / "users.lock").open("a")
    fcntl.flock(lock, fcntl.LOCK_SH)
    return lock


def is_held(instance):
    """Does anybody else still use it?"""
    with (instance.folder / "users.lock").open("a") as lock:
        return not _taken(lock)


def claim_slot(instance):
    """The lowest number nobody uses now, so that a test database is found again by its next run."""
    folder = instance.folder / "slots"
    folder.mkdir(exist_ok=True)
    for number in range(SLOTS):
        lock = (folder / f"{number}.lock").open("a")
        if _taken(lock):
            return Slot(number, lock)
        lock.close()
    raise SystemExit(f"{SLOTS} test runs use the servers of {instance.folder} already: wait for one to end.")


def _taken(lock):
    with contextlib.suppress(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
