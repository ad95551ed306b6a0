"""Whose turn it is before a call closes: a second person publishes a corrigendum, or drops it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import is_commission
from programmes.models import Call, Corrigendum
from promises.notices import Turn, tells


@tells(
    "to_confirm_correction",
    title=_("Corrigenda that wait for a second person: publish them, or drop them"),
    label=_("A corrigendum that somebody else proposed waits for a second person"),
    because=_("Nothing of a published call changes before a second person agrees, so this mail always comes."),
    is_for=is_commission,
)
def to_confirm_correction(asked):
    """Of everybody but who proposed it (FR Art. 74(5)), while the call can still be corrected, or opened again."""
    in_time = Q(call__closes_at__gt=asked.at) | Q(changes__has_key="closes_at")
    rows = Corrigendum.objects.waiting().filter(in_time, call__in=Call.objects.awaited()).select_related("call")
    if asked.row:
        rows = rows.filter(Q(pk=asked.row) | Q(call=asked.row))
    people = User.objects.asked_about(asked, is_commission)
    return [on_call(one, person) for one in rows for person in people if person.pk != one.proposed_by_id]


def on_call(corrigendum, person):
    call = corrigendum.call
    return Turn(
        person=person.pk, subject=corrigendum.pk, occasion=corrigendum.proposed_at.isoformat(), name=call.reference,
        path=call.get_absolute_url(), until=call.closes_at, scope={"call": call.pk},
    )  # fmt: skip
