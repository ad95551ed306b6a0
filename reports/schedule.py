"""What the clock does: proves the house each night, slice by slice, when nothing else is to be done."""

from contextlib import suppress

from accounts.models import User
from core import clock
from core.errors import WrongState
from promises.keeping import keeps, keeps_each_night
from promises.lanes import Lane
from reports.actions import begin_run, carry_on
from reports.models import ProofRun
from reports.querysets import NIGHTLY


@keeps_each_night("prove_nightly", hour=NIGHTLY, lane=Lane.FILE)
def prove_tonight(_house):
    """A run that a person began just now does as well: it is told like any other."""
    with suppress(WrongState):
        begin_run(ProofRun(), by=User.objects.clock())


@keeps("prove", lane=Lane.FILE)
def prove_a_slice(run_id):
    """One slice at a time, so that whatever else is owed comes in between."""
    return clock.now() if carry_on(ProofRun.objects.get(pk=run_id)) else None
