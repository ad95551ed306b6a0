"""What the clock does: gives records their place in the tree each minute, and proves the house each night, slice by
slice, when nothing else is to be done."""

from contextlib import suppress
from datetime import timedelta

from accounts.models import User
from audit.checkpoints import MOST, place_records
from core import clock
from core.errors import WrongState
from promises.keeping import keeps, keeps_always, keeps_each_night
from promises.lanes import Lane
from reports.actions import begin_run, carry_on
from reports.models import ProofRun
from reports.querysets import NIGHTLY

EACH_MINUTE = timedelta(minutes=1)


@keeps_always("checkpoint", lane=Lane.PROOF)
def place_what_was_written(_house):
    """Gives the moment of the next: at once while more waits."""
    is_all = place_records() < MOST
    return clock.now() + (EACH_MINUTE if is_all else timedelta(0))


@keeps_each_night("prove_nightly", hour=NIGHTLY, lane=Lane.FILE)
def prove_tonight(_house):
    """A run that a person began just now does as well: it is told like any other."""
    with suppress(WrongState):
        begin_run(ProofRun(), by=User.objects.clock())


@keeps("prove", lane=Lane.FILE)
def prove_a_slice(run_id):
    """One slice at a time, so that whatever else is owed comes in between."""
    return clock.now() if carry_on(ProofRun.objects.get(pk=run_id)) else None
