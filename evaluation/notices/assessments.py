"""Whose turn it is with assessments and reports: asked afresh each time, so whoever was replaced, is in conflict or has
done it is not named. A notice says the number of an application to nobody but its own evaluators."""

from datetime import timedelta
from hashlib import sha256

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import is_assessor
from applications.models import Application
from evaluation.models import Assessment, Consensus
from evaluation.notices.needed import NEEDED
from evaluation.querysets import calls_under_evaluation
from evaluation.states import ConsensusPhase
from promises.notices import ALWAYS_DAILY, DAILY_OR_OFF, Turn, tells

SOON, AGAIN = timedelta(days=5), timedelta(days=7)


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
