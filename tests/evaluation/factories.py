"""A call under evaluation, by the acts from the assignment on; what comes before belongs to other apps' tests."""

from datetime import timedelta
from decimal import Decimal
from itertools import count

from applications.models import Application, Partner
from core import clock
from evaluation.actions import (
    agree_scores,
    appoint_member,
    appoint_rapporteur,
    approve_consensus,
    assign_evaluator,
    declare_for_the_committee,
    declare_no_conflict,
    draw_up_list,
    propose_consensus,
    save_scenario,
    score_assessment,
    sign_assessment,
    sign_record,
)
from evaluation.actions.scenarios import Named, Supposing
from evaluation.models import Assessment
from evaluation.shown.calls import lines_of
from evaluation.sureness import Supposed
from programmes.ties import announced
from tests.factories import CLOSES, a_call, an_evaluator, an_officer, an_organisation

DAY = CLOSES + timedelta(days=10)
POINTS = {"REL": "30", "QUA": "32", "IMP": "15"}  # 77 of 100, above every threshold
_number = count(1)


def a_call_under_evaluation(**fields):
    return a_call(status="EVALUATION", **fields)


def an_eligible_application(call, *, state="EL", partner_state="BG", requested="300000", minutes=0, **fields):
    number = next(_number)
    applicant = fields.pop("applicant", None) or an_organisation(state)
    application = Application.objects.create(
        call=call, applicant=applicant, status="ELIGIBLE", reference=f"{call.reference}-{number:04d}",
        acronym=f"NET{number}", title=f"Network {number}", summary="A network of analysts.",
        requested=Decimal(requested), edited_at=CLOSES - timedelta(days=2), versions=1, months=24,
        submitted_at=CLOSES - timedelta(days=1) + timedelta(minutes=minutes, milliseconds=number), **fields,
    )  # fmt: skip
    Partner.objects.create(
        application=application, name=applicant.name, country=state, kind="LAW", is_coordinator=True
    )  # fmt: skip
    Partner.objects.create(
        application=application, name=f"Главна дирекция {number}", country=partner_state, kind="LAW", order=1
    )  # fmt: skip
    return application


def scores_of(points=None, comment="Well argued."):
    return {code: {"points": Decimal(p), "comment": comment} for code, p in (points or POINTS).items()}


def an_assigned(application, evaluator=None, officer=None):
    return assign_evaluator(
        application, evaluator or an_evaluator(), by=officer or an_officer(), at=DAY, due_at=DAY + timedelta(days=14)
    )


def an_open(application, evaluator=None, officer=None):
    assessment = an_assigned(application, evaluator, officer)
    return declare_no_conflict(assessment, by=assessment.evaluator, at=DAY)


def a_signed(application, evaluator=None, points=None, officer=None):
    assessment = an_open(application, evaluator, officer)
    score_assessment(assessment, by=assessment.evaluator, at=DAY, scores=scores_of(points))
    return sign_assessment(assessment, by=assessment.evaluator, at=DAY)


def a_consensus(application, *, evaluators=None, points=None, officer=None):
    """In draft, its agreed scores written; two evaluators signed the same points."""
    evaluators = evaluators or [an_evaluator(), an_evaluator()]
    for evaluator in evaluators:
        a_signed(application, evaluator, points, officer)
    consensus = appoint_rapporteur(application, evaluators[0], by=officer or an_officer(), at=DAY)
    return agree_scores(
        consensus, by=evaluators[0], at=DAY, scores=scores_of(points, comment="We agree."), remark="A sound proposal."
    )


def a_proposed(application, **fields):
    consensus = a_consensus(application, **fields)
    return propose_consensus(consensus, by=consensus.rapporteur, at=DAY)


def an_evaluated(application, **fields):
    """Approved by all; gives the consensus report."""
    consensus = a_proposed(application, **fields)
    for assessment in Assessment.objects.beside(consensus).signed():
        consensus = approve_consensus(consensus, by=assessment.evaluator, at=DAY)
    application.refresh_from_db()
    return consensus


def a_committee(call, *, officer=None, declared=True):
    """Three members of three entities, one not under the authorising officer."""
    officer = officer or an_officer()
    members = [
        an_officer(name="Chair"),
        an_evaluator(entity="JUST.B.3", name="Guest of Justice"),
        an_evaluator(entity="HOME.D.2", name="Member of D2"),
    ]
    seats = [
        appoint_member(call, member, by=officer, under_authorising_officer=member.entity.startswith("HOME"), at=DAY)
        for member in members
    ]
    return [declare_for_the_committee(seat, by=seat.member, at=DAY) for seat in seats] if declared else seats


def a_drawn_list(call=None, *, totals=(POINTS,), officer=None, **fields):
    """A list that waits for its committee; one application for each dict of points."""
    call = call or a_call_under_evaluation(**fields)
    officer = officer or an_officer()
    for minutes, points in enumerate(totals):
        an_evaluated(an_eligible_application(call, minutes=minutes), points=points, officer=officer)
    a_committee(call, officer=officer)
    return draw_up_list(call, by=officer, at=DAY)


def a_signed_list(**fields):
    ranked_list = a_drawn_list(**fields)
    for seat in ranked_list.call.seats.sitting():
        sign_record(seat, by=seat.member, at=DAY)
    ranked_list.refresh_from_db()
    return ranked_list


def supposed_of(call, **changes):
    """What the call announced, but for what is said."""
    factors = {one.code: (one.weight, one.threshold) for one in call.criteria.all()}
    said = {"tie_break": tuple(announced(call)), "overall": call.overall_threshold, "budget": call.budget}
    return Supposed(factors, **said | changes)


def a_scenario(ranked_list, name="More money", *, by=None, note="For the board.", **changes):
    by = by or an_officer()
    supposing, supposed = Supposing(by, ranked_list), supposed_of(ranked_list.call, **changes)
    return save_scenario(supposing, supposed, by=by, named=Named(name, note))


def every_line(call, user):
    """Where each application of the call stands for this person, by number."""
    seen = Application.objects.visible_to(user).of_call(call).judged().order_by("reference")
    return lines_of(seen, call, user, at=clock.now())
