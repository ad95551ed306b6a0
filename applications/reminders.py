"""When unfinished drafts are reminded: seven days, 48 hours and 4 hours before the call closes."""

from datetime import timedelta

KIND = "remind_drafts"
BEFORE = (timedelta(days=7), timedelta(hours=48), timedelta(hours=4))
STILL = timedelta(hours=3)  # a reminder that comes later than this after its moment says nothing any more


def next_reminder(call, at):
    """The first moment after `at` at which the drafts of this call are reminded, or None."""
    return next((call.closes_at - distance for distance in BEFORE if call.closes_at - distance > at), None)


def is_due(call, at):
    """One of the moments is now. Not when a corrigendum has moved the closing time since the clock was told."""
    return any(timedelta(0) <= at - (call.closes_at - distance) < STILL for distance in BEFORE)
