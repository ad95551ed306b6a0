"""What the clock does for the evaluation: it makes, or takes back, the assignments that an officer confirmed, and looks
each morning whose turn it is."""

from hashlib import sha256

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import is_officer
from core import clock
from evaluation.actions.unruled import unruled_in
from evaluation.models import Assessment, Batch
from evaluation.notices.needed import NEEDED
from evaluation.querysets import calls_under_evaluation
from evaluation.states import BATCH
from programmes.models import Call
from promises.actions import note_turns
from promises.keeping import keeps
from promises.lanes import Lane
from promises.notices import Turn, next_look, tells


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


# A conflict that came up after everybody had declared. Here, not among the notices: it is what the acts ask, too.


@tells(
    "to_rule",
    title=_("Calls in which somebody who judges is found in conflict: lift it with a reason, or strike the assessment"),
    label=_("Somebody who judges is found in conflict and an officer has to rule on it"),
    because=NEEDED,
    is_for=is_officer,
)
def to_rule(asked):
    """Of a call, not of its rows: it is looked at each morning, for a partner or an address changes elsewhere."""
    calls = (calls_under_evaluation() | Call.objects.ranked()).distinct()
    if asked.row:
        calls = calls.filter(pk=asked.row)
    return [turn for call in calls for turn in turns_in(call, asked)]


def turns_in(call, asked):
    if not (found := unruled_in(call)):
        return []
    names = sorted(f"{one.pk} {said}" for one, said in found)
    occasion = sha256("\n".join(names).encode()).hexdigest()
    concerned = Assessment.objects.conflicted().filter(application__call=call).values("evaluator")
    own = {one.evaluator_id for one, _said in found}
    people = User.objects.asked_about(asked, is_officer).exclude(pk__in=concerned).exclude(pk__in=own)
    return [of_call(call, person, occasion) for person in people]


def of_call(call, person, occasion):
    return Turn(
        person=person.pk, subject=call.pk, occasion=occasion, name=call.reference,
        path=reverse("conflicts", args=[call.pk]), scope={"call": call.pk},
    )  # fmt: skip
