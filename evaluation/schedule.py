"""What the clock does for the evaluation: it makes, or takes back, the assignments that an officer confirmed, and looks
each morning whose turn it is."""

from accounts.models import User
from core import clock
from evaluation.models import Batch
from evaluation.querysets import calls_under_evaluation
from evaluation.states import BATCH
from programmes.models import Call
from promises.actions import note_turns
from promises.keeping import keeps
from promises.lanes import Lane
from promises.notices import next_look


@keeps("assignments", lane=Lane.CLOCK)
def keep_batch(batch_id):
    """A batch that was discarded meanwhile, or is done, wants nothing any more."""
    batch, clock = Batch.objects.select_related("call").get(pk=batch_id), User.objects.clock()
    for step in BATCH.open_to(clock, batch):
        BATCH.run(step.name, batch, by=clock)


@keeps("remind", lane=Lane.CLOCK)
def remind(call_id):
    """What comes due within days, what is late, and what an act has left untold; gives the next morning, as long as the
    call is judged or its list waits for the decision."""
    at = clock.now()
    note_turns(call_id, at=at)
    goes_on = calls_under_evaluation() | Call.objects.ranked()
    return next_look(at) if goes_on.filter(pk=call_id).exists() else None
