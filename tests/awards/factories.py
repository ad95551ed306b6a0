"""Calls whose ranked list is signed, and decisions on them, made by the acts of this app."""

from datetime import timedelta
from decimal import Decimal

from applications.models import Application, Check
from awards import actions
from awards.actions import decide, prepare_decision, propose_decision
from awards.models import Decision
from core import clock
from evaluation.models import Assessment, Consensus, ConsensusScore, RankedEntry, RankedList, Seat
from promises.models import Promise
from tests.factories import (
    AFTER,
    CLOSES,
    a_call,
    an_applicant,
    an_authorising_officer,
    an_evaluator,
    an_officer,
    an_organisation,
)

DAY = timedelta(days=1)
RANKED = AFTER + 60 * DAY
DECIDED = AFTER + 70 * DAY
ISSUED = AFTER + 71 * DAY
COMMENT = "Clear aims, well tied to the needs of police cooperation. "

# what the committee signed: (points on REL, QUA, IMP; place; stage)
LIST = [
    ((38, 35, 18), "MAIN", ""),
    ((35, 34, 15), "MAIN", ""),
    ((33, 30, 14), "RESERVE", ""),
    ((20, 35, 16), "REJECTED", "THRESHOLD"),
]


def a_submitted_application(call, *, status="EVALUATED", requested=400_000, applicant=None, **fields):
    number = Application.objects.of_call(call).count() + 1
    requested = Decimal(requested)
    values = {
        "reference": f"{call.reference}-{number:03}", "acronym": f"ACRO{number}", "title": f"Joint action {number}",
        "months": 24, "requested": requested, "own_resources": (requested / 9).quantize(Decimal("0.01")),
        "submitted_at": CLOSES - DAY, "edited_at": CLOSES - DAY, "versions": 1,
        "applicant": applicant or an_organisation(),
    }  # fmt: skip
    return Application.objects.create(call=call, status=status, **{**values, **fields})


def an_excluded_application(call, **fields):
    application = a_submitted_application(call, status="INELIGIBLE", **fields)
    Check.objects.create(
        application=application, status="CONFIRMED", kind="ELIGIBILITY", code="min_states",
        criterion="At least 2 Member States take part", found="1 Member State: Greece", passed_by_system=False,
        passed=False, order=1,
    )  # fmt: skip
    return application


def evaluated(call, points, *, evaluators, comment=COMMENT, **fields):
    """An application with signed assessments and an approved consensus report."""
    application = a_submitted_application(call, **fields)
    for evaluator in evaluators:
        Assessment.objects.create(
            application=application, evaluator=evaluator, round=call.rounds.get(), status="SIGNED",
            assigned_by=an_officer(), assigned_at=AFTER, due_at=AFTER + 20 * DAY, declared_at=AFTER,
            signed_at=AFTER + 9 * DAY,
        )  # fmt: skip
    report = Consensus.objects.create(
        application=application, round=call.rounds.get(), rapporteur=evaluators[0], status="APPROVED",
        total=sum(points), approved_at=AFTER + 20 * DAY, remark="A sound proposal.",
    )  # fmt: skip
    for criterion, number in zip(call.criteria.all(), points, strict=True):
        ConsensusScore.objects.create(
            consensus=report, criterion=criterion, points=number, comment=f"{criterion.title}: {comment}"
        )  # fmt: skip
    return application


def a_ranked_call(places=LIST, *, comment=COMMENT, applicant=None, excluded=1, **fields):
    """A call in RANKED with a signed list of these places, and applications that failed a check."""
    call = a_call(status="RANKED", **fields)
    Promise.objects.create(
        kind="open_call", subject_id=call.pk, scope={"call": str(call.pk)}, status="KEPT",
        made_at=CLOSES, due_at=CLOSES, kept_at=AFTER,
    )  # fmt: skip
    evaluators = [an_evaluator(), an_evaluator()]
    for number in range(3):
        Seat.objects.create(
            call=call, member=an_evaluator(), status="SIGNED", entity=f"HOME.{number}",
            under_authorising_officer=number > 0, appointed_at=AFTER, signed_at=RANKED,
        )  # fmt: skip
    ranked_list = RankedList.objects.create(
        call=call, round=call.rounds.get(), status="SIGNED", drawn_by=an_officer(), drawn_at=RANKED,
        budget=call.budget, sha256="0" * 64, signed_at=RANKED,
    )  # fmt: skip
    spent = Decimal(0)
    for rank, (points, place, stage) in enumerate(places, 1):
        application = evaluated(call, points, evaluators=evaluators, comment=comment, applicant=applicant)
        spent += application.requested if place == "MAIN" else 0
        RankedEntry.objects.create(
            ranked_list=ranked_list, application=application, position=rank, place=place, stage=stage,
            rank=None if stage == "THRESHOLD" else rank, total=sum(points),
            points={one.code: str(number) for one, number in zip(call.criteria.all(), points, strict=True)},
            reason=why(place, stage, points), contribution=application.requested, cumulative=spent,
        )  # fmt: skip
    for _number in range(excluded):
        an_excluded_application(call, applicant=applicant)
    return call


def why(place, stage, points):
    if place != "REJECTED":
        return ""
    if stage == "THRESHOLD":
        return f"Criterion REL Relevance: {points[0]} of 40 points, below its threshold of 25."
    return "The budget of the call is used up."


def a_prepared_decision(call=None, *, officer=None):
    call = call or a_ranked_call()
    return prepare_decision(Decision(call=call), by=officer or an_officer(), at=RANKED + DAY)


def a_proposed_decision(call=None, *, officer=None):
    officer = officer or an_officer()
    return propose_decision(a_prepared_decision(call, officer=officer), by=officer, at=RANKED + 2 * DAY)


def a_taken_decision(call=None, *, officer=None, authorising=None, reasons="As the committee proposes."):
    decision = a_proposed_decision(call, officer=officer)
    return decide(decision, by=authorising or an_authorising_officer(), reason=reasons, at=DECIDED)


def issue_letters(decision, *, by, at=None):
    """The officer's act, and the worker that has written each letter at once."""
    decision = actions.issue_letters(decision, by=by, at=at)
    actions.write_owed_letters(decision, at=at)
    Promise.objects.filter(kind="write_letter", subject_id__in=decision.lines.values("pk")).update(
        status="KEPT", kept_at=clock.now()
    )
    return decision


def an_issued_decision(call=None, *, officer=None, at=ISSUED, **options):
    decision = a_taken_decision(call, officer=officer, **options)
    return issue_letters(decision, by=officer or an_officer(), at=at)


def a_letter(kind="AWARD", **options):
    """A letter that waits to be drawn."""
    return an_issued_decision(**options).letters.filter(kind=kind).first()


def with_readers(letter, number=2):
    """People of the addressee, who get the mail."""
    return [an_applicant(letter.application.applicant) for _ in range(number)]
