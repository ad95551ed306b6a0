"""A corrigendum: one person says what is to change of a published call and why, another publishes it."""

from copy import copy
from functools import wraps

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import is_commission
from core.errors import Incomplete, WrongState
from core.formats import brussels
from programmes.completeness import gaps_of
from programmes.models import Corrigendum
from programmes.states import CALL, CallPhase
from promises.actions import promise, tell_whose_turn

CORRECTABLE = {
    "title", "topic", "budget", "closes_at", "questions_close_at", "inform_by", "contact", "evaluators_wanted",
    "reserve_until", "read_after_days",
}  # fmt: skip
FROZEN = {
    "parts": gettext_lazy(
        "The form and its questions were frozen by the publication: applicants answer them as they stand. Before the "
        "call opens it can be taken back for correction; later, what is still to be known is asked as a clarification."
    ),
}


@CALL.action("correct")
def propose_corrigendum(call, *, by, at, reason, values):
    """Write down the change and its reason; the call stays as it is until a second person publishes it."""
    require_correctable(call, values, at)
    refuse_frozen(values)
    before = {name: getattr(call, name) for name in values}
    changes = {name: [said(before[name]), said(new)] for name, new in values.items() if new != before[name]}
    if not changes:
        raise Incomplete({"": _("Nothing is different from what is published.")})
    require_no_less_time(call, values)
    require_sound(changed(call, values), at)
    call.correction_by = by
    proposal = Corrigendum.objects.create(call=call, reason=reason, changes=changes, proposed_by=by, proposed_at=at)
    tell_whose_turn(proposal)
    if proposal.gives_time:
        promise("open_call", call, due_at=call.opened_from)
    return {"corrigendum proposed": [None, changes]}


def unless_none_waits(act):
    """Pressed twice, or dropped meanwhile: whoever has no such step any more reads why."""

    @wraps(act)
    def publish(call, *, by, **said):
        if is_commission(by) and call.stands_in(CallPhase.PUBLISHED) and call.correction_by_id is None:
            raise WrongState(
                _("No corrigendum to %(call)s waits: it is published or dropped already.") % {"call": call}
            )
        return act(call, by=by, **said)

    return publish


@CALL.action("publish_correction", around=unless_none_waits)
def publish_corrigendum(call, *, by, at):
    """Change the call, and nothing but what the corrigendum names (FR Art. 194(3)): everybody reads what changed and
    why, everybody with a draft or a submission by mail. The opening and the reminders follow a moved closing time.

    After the closing time it opens the call again: drafts live on, submissions stand and may be replaced.
    """
    corrigendum = call.corrigenda.waiting().get()
    values = values_in(corrigendum)
    require_correctable(call, values, at)
    require_no_less_time(call, values)
    put(call, values)
    require_sound(call, at)
    call.correction_by = None
    corrigendum.number = call.corrigenda.published().count() + 1
    corrigendum.published_at, corrigendum.published_by = at, by
    corrigendum.save(update_fields=["number", "published_at", "published_by"])
    promise("open_call", call, due_at=call.opened_from)
    promise("remind_drafts", call, due_at=at)
    promise("tell_corrected", corrigendum)
    promise("tell_followers", corrigendum)
    return {"corrigendum": [None, corrigendum.number]}


@CALL.action("drop_correction")
def drop_corrigendum(call, *, by, at):
    """It is not published; it stays on file, and another one can be proposed. The opening waits for it no longer."""
    drop_waiting(call, at)
    promise("open_call", call, due_at=call.opened_from)


def drop_waiting(call, at):
    call.correction_by = None
    call.corrigenda.waiting().update(dropped_at=at)


def require_correctable(call, values, at):
    """Whoever has applied could not follow any other change after the closing time (FR Art. 194(3))."""
    if at >= call.closes_at and values.get("closes_at", at) <= at:
        raise WrongState(
            _("The call has closed: it is only corrected by opening it again, with a closing time that lies ahead.")
        )


def refuse_frozen(values):
    if frozen := sorted(set(values) - CORRECTABLE):
        usual = _("This was frozen by the publication and cannot be changed.")
        raise Incomplete({name: FROZEN.get(name, usual) for name in frozen})


def require_no_less_time(call, values):
    if values.get("closes_at", call.closes_at) < call.closes_at:
        sentence = _("A corrigendum may give more time to apply, never less: the call closes on %(closes)s, or later.")
        raise Incomplete({"closes_at": sentence % {"closes": brussels(call.closes_at)}})


def require_sound(call, at):
    """What is frozen was sound when it was published; a rule that came later holds up no correction of the rest."""
    gaps = gaps_of(call, list(call.criteria.all()), at)
    if gaps := {name: sentence for name, sentence in gaps.items() if name not in FROZEN}:
        raise Incomplete(gaps)


def changed(call, values):
    """The call as it would be, to be judged and never saved."""
    tried = copy(call)
    put(tried, values)
    return tried


def put(call, values):
    for name, value in values.items():
        setattr(call, name, value)


def values_in(corrigendum):
    """What it changes, read back from the texts that it is kept as."""
    after = {name: text for name, (_before, text) in corrigendum.changes.items()}
    return {name: value_of(corrigendum.call._meta.get_field(name), text) for name, text in after.items()}


def value_of(field, text):
    return None if field.null and text == str(None) else field.to_python(text)


def said(value):
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
