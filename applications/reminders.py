"""When unfinished drafts are reminded: seven days and one day before the call closes."""

from datetime import timedelta

KIND = "remind_drafts"
BEFORE = (timedelta(days=7), timedelta(days=1))


def next_reminder(call, at):
    """The first moment after `at` at which the drafts of this call are reminded, or None."""
    return next((call.closes_at - distance for distance in BEFORE if call.closes_at - distance > at), None)
