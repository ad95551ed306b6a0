"""The individual evaluation: assigned, declared, scored alone, signed."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import Incomplete, Refused, WrongState
from evaluation import declaration
from evaluation.actions.guards import (
    require_assessor,
    require_no_known_conflict,
    require_no_visible_conflict,
    require_under_evaluation,
    round_of,
)
from evaluation.actions.scores import require_complete, write_scores
from evaluation.models import Assessment, Consensus
from evaluation.states import ASSESSMENT
from programmes.models import Round

DAYS_TO_ASSESS = timedelta(days=21)


def assign_evaluator(application, evaluator, *, by, at=None, due_at=None):
    """Ask one person to assess one application; an assignment once taken back is given again."""
    new = Assessment(application=application, evaluator=evaluator, round=round_of(application))
    row = Assessment.objects.beside(new).filter(evaluator=evaluator).first()
    return assign(row or new, by=by, at=at, due_at=due_at)


def assign_all(pairs, *, by, at=None, due_at=None):
    """Assign every (application, evaluator), or none: what cannot be is named, pair by pair."""
    at, made, gaps = at or clock.now(), [], {}
    with transaction.atomic():
        for application, evaluator in sorted(pairs, key=lambda pair: (str(pair[0].pk), str(pair[1].pk))):
            try:
                made.append(assign_evaluator(application, evaluator, by=by, at=at, due_at=due_at))
            except Refused as refusal:
                gaps[f"{application} · {evaluator}"] = refusal_of(refusal)
        if gaps:
            raise Incomplete(gaps)
    return made


def refusal_of(refusal):
    return " ".join(str(sentence) for sentence in refusal.gaps.values()) or refusal.sentence


@ASSESSMENT.action("assign")
def assign(assessment, *, by, at, due_at=None):
    """The system refuses the conflicts it can see; the evaluator declares the others."""
    application = assessment.application
    require_under_evaluation(application)
    if assessment._state.adding:
        assessment.round = round_of(application)
    require_open_evaluation(assessment)
    require_assessor(assessment.evaluator)
    require_no_visible_conflict(assessment.evaluator, application)
    assessment.assigned_by, assessment.assigned_at = by, at
    assessment.due_at = due_at or at + DAYS_TO_ASSESS
    assessment.declared_at, assessment.declaration, assessment.ended_reason = None, "", ""
    assessment.signed_at = None
    if assessment.due_at <= at:
        raise Incomplete({"due_at": _("Choose a day and time that is still to come.")})


def require_open_evaluation(assessment):
    """Another officer may just have done the same, or appointed the rapporteur."""
    known = Assessment.objects.on(assessment.application_id).filter(evaluator=assessment.evaluator)
    if assessment._state.adding and known.beside(assessment).exists():
        raise WrongState(
            _("%(evaluator)s is assigned to this application already.") % {"evaluator": assessment.evaluator}
        )
    require_no_known_conflict(assessment.evaluator, assessment.application)
    require_other_evaluators(assessment, known)
    if Consensus.objects.beside(assessment).standing().exists():
        raise WrongState(
            _("The evaluators of application %(number)s are already agreeing; nobody can be added now.")
            % {"number": assessment.application}
        )


def require_other_evaluators(assessment, known):
    """What a review contests is judged by others than those who judged it first."""
    earlier = known.exclude(round=assessment.round_id)
    if assessment.round.cause == Round.Cause.REDRESS and earlier.that_took_part().exists():
        raise Incomplete(
            {
                "evaluator": _("%(evaluator)s judged this application before: a review is judged by others.")
                % {"evaluator": assessment.evaluator}
            }
        )


@ASSESSMENT.action("declare")
def declare_no_conflict(assessment, *, by, at):
    """From here on the evaluator may read the proposal; the text declared is kept with the row."""
    require_under_evaluation(assessment.application)
    require_no_visible_conflict(by, assessment.application)
    assessment.declared_at = at
    assessment.declaration, assessment.declaration_version = declaration.TEXT, declaration.VERSION


@ASSESSMENT.action("score")
def score_assessment(assessment, *, by, at, scores, remark=None):
    """Save points and comments, complete or not; `scores` is {criterion code: {"points": …, "comment": …}}."""
    require_under_evaluation(assessment.application)
    assessment.remark = assessment.remark if remark is None else remark
    criteria = assessment.application.call.criteria.all()
    return write_scores(assessment.scores, criteria, scores, texts=("comment",))


@ASSESSMENT.action("sign")
def sign_assessment(assessment, *, by, at):
    """From here on it cannot be changed, and the others' signed ones open up."""
    require_under_evaluation(assessment.application)
    require_complete(assessment.scores, assessment.application.call.criteria.all())
    assessment.signed_at = at


@ASSESSMENT.action("release")
def release_evaluator(assessment, *, by, at, reason):
    assessment.ended_reason = reason
