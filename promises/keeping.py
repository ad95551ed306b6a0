"""Keeping promises: who keeps which kind, and the marks on the row. Each app registers its own keepers."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from core import clock
from promises.models import Promise
from promises.states import PromiseStatus

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 5
KEEPERS = {}


def keeps(kind):
    """Register `function(subject_id)`: it may run twice, and does nothing the second time.

    It gives None when it is done, or the moment at which it wants to be asked again.
    """

    def register(function):
        KEEPERS[kind] = function
        return function

    return register


def keep_promise(promise_id):
    """Claim a due promise, keep it, mark it. Somebody else's, a kept one or one not yet due is left alone."""
    row = claim(promise_id)
    if row is None:
        return
    try:
        again_at = KEEPERS[row.kind](row.subject_id)
    except Exception as error:  # whatever went wrong, the row must say so
        mark_missed(row, error)
    else:
        mark_kept(row, again_at)


def claim(promise_id):
    """Take a due promise for this worker, or give None."""
    with transaction.atomic():
        at = clock.now()
        row = Promise.objects.due(at).select_for_update(skip_locked=True).filter(pk=promise_id).first()
        if row is not None:
            row.status, row.due_at, row.attempts = PromiseStatus.RUNNING, at, row.attempts + 1
            row.save()
        return row


def mark_kept(row, again_at):
    """A keeper that gives a moment wants to be asked again then: its time had moved, or it is a series."""
    if isinstance(again_at, datetime):
        mark(row, status=PromiseStatus.WAITING, due_at=again_at, attempts=0, last_error="")
    else:
        mark(row, status=PromiseStatus.KEPT, kept_at=clock.now(), last_error="")


def mark_missed(row, error):
    """Wait longer each time; after the last attempt a person must look."""
    log.warning("promise %s missed: %s", row, error)
    given_up = row.attempts >= MOST_ATTEMPTS
    mark(
        row,
        status=PromiseStatus.FAILED if given_up else PromiseStatus.WAITING,
        last_error=f"{type(error).__name__}: {error}"[:2000],
        due_at=clock.now() + timedelta(seconds=5 * 3**row.attempts),
    )


def mark(row, **values):
    """Only this worker's own attempt may be marked: after a lost lease another one holds the row."""
    Promise.objects.running().filter(pk=row.pk, attempts=row.attempts).update(**values)
