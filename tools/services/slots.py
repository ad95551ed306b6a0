"""Locks that end with their process: who uses an instance, and which numbered databases are taken.

Bare descriptors, not files: they are meant to stay open, and Python warns of files that do.
"""

import fcntl
import os
from dataclasses import dataclass

from tools.services.addresses import PAIRS
from tools.services.valkey import DATABASES

SLOTS = DATABASES // (2 * PAIRS)


@dataclass(frozen=True)
class Slot:
    number: int
    lock: int


def hold(instance):
    """While this is open, nobody else's exit stops the servers."""
    lock = opened(instance.folder / "users.lock")
    fcntl.flock(lock, fcntl.LOCK_SH)
    return lock


def is_held(instance):
    """Does anybody else still use it?"""
    lock = opened(instance.folder / "users.lock")
    try:
        return not taken(lock)
    finally:
        os.close(lock)


def claim_slot(instance):
    """The lowest number nobody uses now, so that a test database is found again by its next run."""
    folder = instance.folder / "slots"
    folder.mkdir(exist_ok=True)
    for number in range(SLOTS):
        lock = opened(folder / f"{number}.lock")
        if taken(lock):
            return Slot(number, lock)
        os.close(lock)
    raise SystemExit(f"{SLOTS} test runs use the servers of {instance.folder} already: wait for one to end.")


def opened(path):
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)


def taken(lock):
    """Ours now, unless somebody else has it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
