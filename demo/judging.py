"""The evaluation: assignments, assessments, consensus reports. Each function takes one application a step further."""

from datetime import timedelta

from applications.models import Application
from demo.moments import a_while_before, at_work
from demo.people import evaluators, officer
from demo.voices import agreed_scores, own_scores, remark
from evaluation.actions import (
    agree_scores,
    appoint_rapporteur,
    approve_consensus,
    assign_evaluator,
    declare_no_conflict,
    propose_consensus,
    recuse_evaluator,
    score_assessment,
    sign_assessment,
)
from evaluation.actions.guards import visible_conflict
from evaluation.distribution import propose
from evaluation.models import Assessment


def eligible(call, said):
    """(application, what its table says), in the order they came in."""
    known = {one["acronym"]: one for one in said}
    rows = Application.objects.of_call(call).evaluable().order_by("submitted_at", "acronym")
    return [(row, known[row.acronym]) for row in rows]


def assign_all(call, said, *, at, first_on=()):
    """As an officer's page proposes it; the first evaluator of the table gets the ones in `first_on`."""
    applications, everybody = [row for row, _said in eligible(call, said)], evaluators()
    fixed = {(row, everybody[0]) for row in applications if row.acronym in first_on}
    barred = {(row, one) for row in applications for one in everybody if visible_conflict(one, row)}
    pairs = propose(applications, everybody, wanted=call.evaluators_wanted, present=fixed, barred=barred)
    for row, evaluator in sorted([*fixed, *pairs], key=lambda pair: (pair[0].acronym, pair[1].email)):
        assign_evaluator(row, evaluator, by=officer(), at=at, due_at=at + timedelta(days=35))


def assessments_of(application):
    """The first evaluator of the table speaks last: what it still has to do waits on its desk."""
    order = {one.pk: place for place, one in enumerate(evaluators())}
    rows = Assessment.objects.on(application).counting().select_related("evaluator")
    return sorted(rows, key=lambda row: -order[row.evaluator_id])


def replace_recused(call, said, *, at):
    """One evaluator steps back; the officer finds another whom nothing forbids."""
    for application, one in eligible(call, said):
        if "recused" in one:
            step_back(assessments_of(application)[0], one["recused"], at=at)
            assign_evaluator(application, free_for(application), by=officer(), at=at + timedelta(days=1))


def step_back(assessment, reason, *, at):
    recuse_evaluator(assessment, by=assessment.evaluator, at=at, reason=reason)


def free_for(application):
    taken = set(application.assessments.values_list("evaluator_id", flat=True))
    return next(one for one in evaluators() if one.pk not in taken and not visible_conflict(one, application))


def declare(assessment, *, at):
    return declare_no_conflict(assessment, by=assessment.evaluator, at=at)


def write(assessment, said, place, *, at, most=None):
    """Scores and comments, all criteria or only the first `most`."""
    criteria = list(assessment.application.call.criteria.all())
    scores = own_scores(said, criteria, assessment.evaluator, place)
    text = remark(said, scores, criteria, voice=assessment.evaluator.email) if most is None else None
    given = dict(list(scores.items())[:most])
    return score_assessment(assessment, by=assessment.evaluator, at=at, scores=given, remark=text)


def work_on(assessment, said, place, *, at):
    """One evaluator's whole work on one proposal, over some days before `at`: (moment, what to do then)."""
    end = a_while_before(at, said["acronym"], assessment.evaluator.email, hours=150)
    declared, written, moment = (at_work(end - timedelta(hours=hours)) for hours in (144, 5, 0))
    return [
        (declared, lambda: declare(assessment, at=declared)),
        (written, lambda: write(assessment, said, place, at=written)),
        (moment, lambda: sign_assessment(assessment, by=assessment.evaluator, at=moment)),
    ]


def happen(events):
    """In the order of time: the evaluators of an application work side by side."""
    for _moment, act in sorted(events, key=lambda event: event[0]):
        act()


def assess(application, said, *, at, only=None):
    """Every evaluator of an application, or only the first ones, does the whole work."""
    rows = assessments_of(application)[:only]
    happen(event for place, row in enumerate(rows) for event in work_on(row, said, place, at=at))


def assess_all(call, said, *, at):
    for application, one in eligible(call, said):
        assess(application, one, at=at)


def agree(application, said, *, at):
    """The rapporteur writes what all agreed and asks for their approval."""
    criteria = list(application.call.criteria.all())
    signed = max(one.signed_at for one in assessments_of(application))
    consensus = begin_consensus(application, at=some_days_before(at, signed))
    scores = agreed_scores(said, criteria)
    text = remark(said, scores, criteria, voice="agreed")
    rapporteur = consensus.rapporteur
    agree_scores(consensus, by=rapporteur, at=at - timedelta(minutes=95), scores=scores, remark=text)
    return propose_consensus(consensus, by=rapporteur, at=at)


def some_days_before(at, signed):
    """Three days before, but once everybody has signed: a weekend moves into the Friday before it."""
    return max(at_work(at - timedelta(days=3)), signed + timedelta(minutes=20))


def begin_consensus(application, *, at, rapporteur=None):
    return appoint_rapporteur(application, rapporteur or assessments_of(application)[0].evaluator, by=officer(), at=at)


def approve(consensus, *, at, most=None):
    """Those who signed say yes, one after the other, or only the first `most`."""
    for place, assessment in enumerate(assessments_of(consensus.application)[:most]):
        approve_consensus(consensus, by=assessment.evaluator, at=days_of_work_after(at, place))


def days_of_work_after(at, place):
    """The next day, the one after …; on a Friday evening half an hour is a day."""
    return max(at + timedelta(minutes=30 * (place + 1)), at_work(at + timedelta(hours=24 + 20 * place)))


def agree_all(call, said, *, at):
    for application, one in eligible(call, said):
        moment = at_work(a_while_before(at, one["acronym"], "consensus", hours=200))
        approve(agree(application, one, at=moment), at=moment)


def write_part_of_consensus(application, said, *, at, rapporteur):
    """A report that is being written: two criteria agreed, the others to come."""
    criteria = list(application.call.criteria.all())
    consensus = begin_consensus(application, at=at, rapporteur=rapporteur)
    scores = own_scores(said, criteria, rapporteur, 0)
    return agree_scores(consensus, by=rapporteur, at=at + timedelta(days=1), scores=dict(list(scores.items())[:2]))
