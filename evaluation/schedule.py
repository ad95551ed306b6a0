"""What the worker does for the evaluation: it makes, or takes back, the assignments that an officer confirmed."""

from accounts.models import User
from evaluation.models import Batch
from evaluation.states import BATCH
from promises.keeping import keeps
from promises.lanes import Lane


@keeps("assignments", lane=Lane.CLOCK)
def keep_batch(batch_id):
    """A batch that was discarded meanwhile, or is done, wants nothing any more."""
    batch, clock = Batch.objects.select_related("call").get(pk=batch_id), User.objects.clock()
    for step in BATCH.open_to(clock, batch):
        BATCH.run(step.name, batch, by=clock)
