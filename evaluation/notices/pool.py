"""Whose turn it is with an invitation to a call: its person's, until the last day to answer."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import is_assessor
from core.days import day_of, end_of
from evaluation.models import PoolMember
from evaluation.notices.needed import NEEDED
from promises.notices import Turn, tells


@tells(
    "to_answer",
    title=_("Invitations to assess the applications of a call: accept or decline by the day"),
    label=_("You are invited to assess the applications of a call"),
    because=NEEDED,
    is_for=is_assessor,
)
def to_answer(asked):
    rows = PoolMember.objects.answerable(day_of(asked.at))
    if asked.person:
        rows = rows.filter(person=asked.person)
    if asked.row:
        rows = rows.filter(Q(pk=asked.row) | Q(call=asked.row))
    return [turn_of(row) for row in rows.select_related("call")]


def turn_of(row):
    return Turn(
        person=row.person_id, subject=row.pk, occasion=row.invited_at.isoformat(), name=row.call.reference,
        path=row.get_absolute_url(), until=end_of(row.answer_by), scope={"call": row.call_id},
    )  # fmt: skip
