"""Versions of rows, written by database triggers: a bulk update or plain SQL is caught as well."""

import pghistory


def versioned(exclude=()):
    """Class decorator: keep every version of a row in an append-only table beside it."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude) or None,
        append_only=True,
    )
