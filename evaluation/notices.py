"""Whose turn it is in the evaluation: asked afresh each time, so whoever was replaced, is in conflict or has done it is
not named. A notice says the number of an application to nobody but its own evaluators."""

from datetime import timedelta
from hashlib import sha256

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import is_assessor, is_commission
from applications.models import Application
from core.days import end_of
from evaluation.models import Assessment, Consensus, RankedList, Seat
from evaluation.querysets import calls_under_evaluation
from evaluation.states import ConsensusPhase
from promises.notices import ALWAYS_DAILY, DAILY_OR_OFF, Turn, tells

SOON, AGAIN = timedelta(days=5), timedelta(days=7)
NEEDED = _("The procedure waits for you alone, so this mail always comes.")


def ours(asked):
    """Unfinished assessments of applications that are being judged, of nobody who is in conflict on them."""
    of_both = {"application": OuterRef("application"), "evaluator": OuterRef("evaluator")}
    rows = Assessment.objects.unfinished().current().filter(
        application__in=Application.objects.evaluable(), application__call__in=calls_under_evaluation()
    )  # fmt: skip
    if asked.person:
        rows = rows.filter(evaluator=asked.person)
    if asked.row:
        rows = rows.filter(Q(pk=asked.row) | Q(batch=asked.row) | Q(application__call=asked.row))
    return rows.exclude(Exists(Assessment.objects.conflicted().filter(**of_both))).select_related("application").only(
        "evaluator_id", "assigned_at", "due_at", "application__reference", "application__call_id"
    )  # fmt: skip


def to_sign(row, occasion):
    return Turn(
        person=row.evaluator_id, subject=row.pk, occasion=occasion, name=row.application.reference,
        path=row.get_absolute_url(), until=row.due_at, scope=scope_of(row.application),
    )  # fmt: skip


def scope_of(application):
    return {"call": application.call_id, "application": application.pk}


@tells(
    "to_assess",
    title=_("Applications to assess; declare first, for each, that you have no conflict of interest"),
    label=_("You are asked to assess applications"),
    because=NEEDED,
    is_for=is_assessor,
)
def to_assess(asked):
    return [to_sign(row, row.assigned_at.isoformat()) for row in ours(asked).undeclared()]


@tells(
    "due_soon",
    title=_("Assessments to be signed within five days"),
    label=_("An assessment is to be signed within five days"),
    because=_("A reminder. You may do without it: your desk shows the dates."),
    is_for=is_assessor,
    paces=DAILY_OR_OFF,
)
def due_soon(asked):
    soon = ours(asked).filter(due_at__gt=asked.at, due_at__lte=asked.at + SOON)
    return [to_sign(row, row.due_at.isoformat()) for row in soon]


@tells(
    "late",
    title=_("Assessments that are late"),
    label=_("An assessment is late: on the first day, then once a week"),
    because=NEEDED,
    is_for=is_assessor,
    paces=ALWAYS_DAILY,
)
def late(asked):
    """Each week it is told once more."""
    return [
        to_sign(row, f"{row.due_at.isoformat()} +{(asked.at - row.due_at) // AGAIN}")
        for row in ours(asked).filter(due_at__lte=asked.at)
    ]


# reports


def reports(asked):
    """{report: the people who signed beside it}: nobody else agrees on it."""
    rows = Consensus.objects.current().filter(
        application__in=Application.objects.evaluable(), application__call__in=calls_under_evaluation()
    )  # fmt: skip
    if asked.person:
        rows = rows.filter(evaluator_ids__contains=[asked.person])
    if asked.row:
        rows = rows.filter(Q(pk=asked.row) | Q(batch=asked.row) | Q(application__call=asked.row))
    rows = list(rows.select_related("application").prefetch_related("approvals"))
    signed = Assessment.objects.signed().filter(application__in={row.application_id for row in rows})
    pairs = set(signed.values_list("application", "round", "evaluator"))
    return {
        row: {pk for pk in row.asked_ids | {row.rapporteur_id} if (row.application_id, row.round_id, pk) in pairs}
        for row in rows
    }


def on_report(row, person, occasion):
    return Turn(
        person=person, subject=row.pk, occasion=occasion, name=row.application.reference,
        path=row.get_absolute_url(), scope=scope_of(row.application),
    )  # fmt: skip


@tells(
    "to_write",
    title=_("Consensus reports to write"),
    label=_("You are the rapporteur and the report is yours to write"),
    because=NEEDED,
    is_for=is_assessor,
)
def to_write(asked):
    """Also after it was sent back: another objection is another turn."""
    return [
        on_report(row, row.rapporteur_id, sha256(row.objection.encode()).hexdigest())
        for row, signed in reports(asked).items()
        if row.stands_in(ConsensusPhase.WRITING) and row.rapporteur_id in signed and mine(asked, row.rapporteur_id)
    ]


@tells(
    "to_approve",
    title=_("Consensus reports to read and approve, or to send back"),
    label=_("You are asked to approve a consensus report"),
    because=NEEDED,
    is_for=is_assessor,
)
def to_approve(asked):
    return [
        on_report(row, person, row.proposed_at.isoformat())
        for row, signed in reports(asked).items()
        if row.stands_in(ConsensusPhase.PROPOSED)
        for person in (signed & row.asked_ids) - {one.evaluator_id for one in row.approvals.all()}
        if mine(asked, person)
    ]


def mine(asked, person):
    return asked.person in (None, person)


# the committee and its list


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
    people = User.objects.open().of(is_commission)
    people = people.filter(pk=asked.person) if asked.person else people
    return [of_list(one, person) for one in lists for person in people if may_answer(person, one)]


def may_answer(person, ranked_list):
    seen = RankedList.objects.visible_to(person).filter(pk=ranked_list.pk)
    return person.pk != ranked_list.questioned_by_id and seen.exists()


def of_list(ranked_list, person):
    return Turn(
        person=person.pk, subject=ranked_list.pk, occasion=str(ranked_list.stamp), name=ranked_list.call.reference,
        path=reverse("ranked_list", args=[ranked_list.pk]), scope={"call": ranked_list.call_id},
    )  # fmt: skip
