"""What the clock does: gives records their place in the tree and seals the access log each minute; forgets and proves
each night, slice by slice, when nothing else is to be done."""

from contextlib import suppress
from datetime import timedelta

from django.conf import settings

from accounts.models import User
from audit.blocks import AT_ONCE, head_is_due, seal_looks, take_up_late_ones
from audit.checkpoints import MOST, place_records
from core import clock
from core.errors import WrongState
from promises.keeping import keeps, keeps_always, keeps_each_night
from promises.lanes import Lane
from reports.actions import begin_run, carry_on, forget_some, keep_head, look_at_finding
from reports.models import Finding, ProofRun
from reports.querysets import NIGHTLY

EACH_MINUTE = timedelta(minutes=1)
FORGETTING = 3  # o'clock in Brussels


@keeps_always("checkpoint", lane=Lane.PROOF)
def place_what_was_written(_house):
    """Gives the moment of the next: at once while more waits."""
    is_all = place_records() < MOST
    return clock.now() + (EACH_MINUTE if is_all else timedelta(0))


@keeps_always("seal_looks", lane=Lane.PROOF)
def seal_what_was_looked_at(_house):
    """Gives the moment of the next: at once while more waits."""
    take_up_late_ones()
    block = seal_looks()
    if head := head_is_due(clock.now()):
        keep_head(head)
    return clock.now() + (timedelta(0) if block and len(block.looks) == AT_ONCE else EACH_MINUTE)


@keeps_each_night("forget_looks", hour=FORGETTING, lane=Lane.FILE)
def forget_tonight(_house):
    """Gives the moment of the next blocks while there are more."""
    before = clock.now() - timedelta(days=settings.ACCESS_LOG_DAYS)
    return clock.now() if forget_some(before) else None


@keeps_each_night("prove_nightly", hour=NIGHTLY, lane=Lane.FILE)
def prove_tonight(_house):
    """A run that a person began just now does as well: it is told like any other."""
    with suppress(WrongState):
        begin_run(ProofRun(), by=User.objects.clock())


@keeps("prove", lane=Lane.FILE)
def prove_a_slice(run_id):
    """One slice at a time, so that whatever else is owed comes in between."""
    return clock.now() if carry_on(ProofRun.objects.get(pk=run_id)) else None


@keeps("finding_due", lane=Lane.CLOCK)
def look_at_a_finding(finding_id):
    look_at_finding(Finding.objects.get(pk=finding_id), by=User.objects.clock(), at=clock.now())
