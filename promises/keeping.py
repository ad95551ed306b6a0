"""Keeping promises: who keeps which kind, in which lane, and the marks on the row. Each app registers its own keepers.

The table is the queue. A promise in somebody's hands is guarded by a hold of that worker's session, so a worker that
dies gives it back with its last breath: no lease, however long the longest takes.
"""

import logging
import os
import socket
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from audit.door import carried_on
from core import clock
from promises.holds import held, let_go, take
from promises.lanes import lanes_of
from promises.models import Promise
from promises.states import PromiseStatus

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 5
KEEPERS, LANES = {}, {}
NIGHTS = {}  # {kind: the hour in Brussels at which it is due, every night}
ALWAYS = []  # kinds that are never done


def keeps(kind, *, lane):
    """Register `function(subject_id)`: it may run twice, and does nothing the second time.

    It gives None when it is done, or the moment at which it wants to be asked again.
    """

    def register(function):
        KEEPERS[kind], LANES[kind] = function, lane
        return function

    return register


def keeps_each_night(kind, *, hour, lane):
    """As `keeps`, for what the house itself owes once a night: the beat sees to it that the next one is always owed."""

    def register(function):
        NIGHTS[kind] = hour
        return keeps(kind, lane=lane)(function)

    return register


def keeps_always(kind, *, lane):
    """As `keeps`, for what the house itself owes all the time: each time it gives the moment of the next."""

    def register(function):
        ALWAYS.append(kind)
        return keeps(kind, lane=lane)(function)

    return register


def keep_promise(promise_id):
    """Keep this one. Somebody else's, a kept one or one not yet due is left alone."""
    keep_first(Promise.objects.filter(pk=promise_id))


def keep_next():
    """Keep the most urgent due promise that this worker has a place for; False when there is none."""
    with lowest_place() as lanes:
        return keep_first(Promise.objects.filter(lane__in=lanes))


@contextmanager
def lowest_place():
    """Take the lowest free place of this worker; gives the lanes it serves."""
    for place in range(settings.CELERY_WORKER_CONCURRENCY):
        with held(f"place {place} of {this_worker()}") as mine:
            if mine:
                yield lanes_of(place)
                return
    yield []


def this_worker():
    """Its slots are processes with one parent."""
    return f"{socket.gethostname()}:{os.getppid()}"


def keep_first(rows):
    """Claim the most urgent due one of them, keep it, mark it; False when there was none."""
    row = claim(rows)
    if row is None:
        return False
    try:
        keep(row)
    finally:
        let_go(hold_on(row))
    return True


def hold_on(row):
    return f"promise:{row.pk}"


def claim(rows):
    """Take a due promise for this worker, or give None."""
    with transaction.atomic():
        row = rows.due(clock.now()).most_urgent_first().select_for_update(skip_locked=True).first()
        if row is None or not take(hold_on(row)):
            return None
        row.status, row.attempts = PromiseStatus.RUNNING, row.attempts + 1
        row.save(update_fields=["status", "attempts"])
    return row


def keep(row):
    with carried_on(row.request_id):
        attempt(row)


def attempt(row):
    try:
        again_at = KEEPERS[row.kind](row.subject_id)
    except Exception as error:  # whatever went wrong, the row must say so
        longer_each_time = timedelta(seconds=5 * 3**row.attempts)
        mark_missed(row, f"{type(error).__name__}: {error}", wait=longer_each_time)
    else:
        mark_kept(row, again_at)


def mark_kept(row, again_at):
    """A keeper that gives a moment wants to be asked again then: its time had moved, or it is a series.

    Where somebody has set another time meanwhile, what was just done may have been too early: it is done once more.
    """
    as_begun = {"due_at": row.due_at}
    if isinstance(again_at, datetime):
        marked = mark(row, as_begun, status=PromiseStatus.WAITING, due_at=again_at, attempts=0, last_error="")
    else:
        marked = mark(row, as_begun, status=PromiseStatus.KEPT, kept_at=clock.now(), last_error="")
    if not marked:
        mark(row, status=PromiseStatus.WAITING, attempts=0, last_error="")


def mark_missed(row, error, *, wait):
    """After the last attempt a person must look."""
    log.warning("promise %s (%s of %s) missed: %s", row.pk, row.kind, row.subject_id, error)
    given_up = row.attempts >= MOST_ATTEMPTS
    mark(
        row,
        status=PromiseStatus.FAILED if given_up else PromiseStatus.WAITING,
        last_error=error[:2000],
        due_at=clock.now() + wait,
    )


def put_back_abandoned():
    """What a dead worker had in its hands is due again; what has killed its worker too often is left to a person."""
    for row in Promise.objects.running():
        with held(hold_on(row)) as nobody_has_it:
            if nobody_has_it:
                mark_missed(row, _("The worker ended before this was done."), wait=timedelta(0))


def mark(row, still=None, **values):
    """Only this worker's own attempt may be marked: once its session was lost, another one may hold the row. Gives
    whether it was; `still`: what else must be as it was."""
    return Promise.objects.running().filter(pk=row.pk, attempts=row.attempts, **(still or {})).update(**values)
