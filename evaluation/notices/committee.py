"""Whose turn it is with a committee and its list; whoever is in conflict in the call hears nothing of it."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import is_assessor, is_commission
from core.days import end_of
from evaluation.models import Assessment, RankedList, Seat
from evaluation.notices.needed import NEEDED
from promises.notices import Turn, tells


def seats(asked):
    """Of members who have to declare or to sign, in calls that are judged; of nobody in conflict there."""
    conflict = Assessment.objects.conflicted().filter(application__call=OuterRef("call"), evaluator=OuterRef("member"))
    rows = Seat.objects.unsigned().under_evaluation().exclude(Exists(conflict)).select_related("call")
    if asked.person:
        rows = rows.filter(member=asked.person)
    if asked.row:
        rows = rows.filter(Q(pk=asked.row) | Q(call=asked.row) | Q(call__ranked_lists=asked.row)).distinct()
    return rows


def of_seat(seat, subject, occasion):
    return Turn(
        person=seat.member_id, subject=subject, occasion=occasion, name=seat.call.reference,
        path=seat.get_absolute_url(), until=end_of(seat.call.inform_by), scope={"call": seat.call_id},
    )  # fmt: skip


@tells(
    "to_declare",
    title=_("Committees on which you sit: declare that you have no conflict of interest"),
    label=_("You sit on a committee and have to declare that you have no conflict of interest"),
    because=NEEDED,
    is_for=is_assessor,
)
def to_declare(asked):
    return [of_seat(seat, seat.pk, seat.appointed_at.isoformat()) for seat in seats(asked).filter(declared_at=None)]


@tells(
    "to_sign_list",
    title=_("Ranked lists to read and sign"),
    label=_("You are asked to sign a ranked list"),
    because=NEEDED,
    is_for=is_assessor,
)
def to_sign_list(asked):
    declared = seats(asked).exclude(declared_at=None)
    lists = {one.call_id: one for one in RankedList.objects.drawn().filter(call__in=declared.values("call"))}
    return [
        of_seat(seat, lists[seat.call_id].pk, lists[seat.call_id].drawn_at.isoformat())
        for seat in declared
        if seat.call_id in lists
    ]


@tells(
    "to_confirm_list",
    title=_("Ranked lists that somebody asks to set aside: agree, or let them stand"),
    label=_("Somebody asks to set a signed ranked list aside and a second person has to answer"),
    because=NEEDED,
    is_for=is_commission,
)
def to_confirm_list(asked):
    lists = RankedList.objects.questioned().select_related("call")
    if asked.row:
        lists = lists.filter(Q(pk=asked.row) | Q(call=asked.row))
    people = User.objects.asked_about(asked, is_commission)
    return [of_list(one, person) for one in lists for person in people if may_answer(person, one)]


def may_answer(person, ranked_list):
    seen = RankedList.objects.visible_to(person).filter(pk=ranked_list.pk)
    return person.pk != ranked_list.questioned_by_id and seen.exists()


def of_list(ranked_list, person):
    return Turn(
        person=person.pk, subject=ranked_list.pk, occasion=str(ranked_list.stamp), name=ranked_list.call.reference,
        path=reverse("ranked_list", args=[ranked_list.pk]), scope={"call": ranked_list.call_id},
    )  # fmt: skip
