"""Waiting for the worker: it draws the receipts and letters and sends the mails that the story has promised."""

import time

from core import clock
from promises.keeping import keep_promise
from promises.models import Promise

PAUSE = 0.5  # seconds between two looks
NEWS = 5  # seconds between two lines


def await_deliveries(*, patience, say):
    """Return when nothing is due any more. With no progress for `patience` seconds we deliver ourselves, and say so."""
    before, moved_at, told_at = owed(), time.monotonic(), time.monotonic()
    if before:
        say(f"The worker has {before} receipts, letters and mails to deliver …")
    while left := owed():
        now = time.monotonic()
        if left != before:
            before, moved_at = left, now
        elif now - moved_at >= patience:
            say(f"No worker has delivered anything for {patience:.0f} s: {left} deliveries are made here instead.")
            return deliver()
        if now - told_at >= NEWS:
            say(f"… {left} to go")
            told_at = now
        time.sleep(PAUSE)
    return None


def owed():
    """What is due or being delivered; a promise that failed for now waits for its next attempt and is not counted."""
    at = clock.now()
    return (Promise.objects.due(at) | Promise.objects.running()).count()


def deliver():
    while due := list(Promise.objects.due(clock.now()).order_by("lane", "made_at").values_list("pk", flat=True)):
        for promise_id in due:
            keep_promise(promise_id)


def failures():
    """What could not be delivered, for a person to look at."""
    return list(Promise.objects.failed() | Promise.objects.open().exclude(last_error=""))
