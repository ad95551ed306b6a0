"""The individual evaluation: assigned, declared, scored alone, signed."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import Incomplete
from core.many import take_each
from evaluation import declaration
from evaluation.actions.availability import DAYS_TO_ASSESS, period_of
from evaluation.actions.guards import require_no_visible_conflict, require_under_evaluation, round_of
from evaluation.actions.known import Known
from evaluation.actions.scores import require_complete, write_scores
from evaluation.models import Assessment
from evaluation.states import ASSESSMENT
from promises.actions import tell_whose_turn


def assign_evaluator(application, evaluator, *, by, at=None, due_at=None):
    """Ask one person to assess one application; an assignment once taken back is given again."""
    new = Assessment(application=application, evaluator=evaluator, round=round_of(application))
    row = Assessment.objects.beside(new).filter(evaluator=evaluator).first()
    with transaction.atomic():
        row = assign(row or new, by=by, at=at, due_at=due_at)
        tell_whose_turn(row)
    return row


def assign_all(pairs, *, by, at=None, due_at=None):
    """Assign every (application, evaluator), or none: what cannot be is named, pair by pair."""
    with transaction.atomic():
        taken = assign_each(pairs, by=by, at=at, due_at=due_at)
        if taken.refused:
            raise Incomplete({f"{row.application} · {row.evaluator}": sentence_of(why) for row, why in taken.refused})
        for call in {row.application.call for row in taken.rows}:
            tell_whose_turn(call)
    return taken.rows


def assign_each(pairs, *, by, at=None, due_at=None, batch=None):
    """Assign each (application, evaluator) that may be: gives a Taken, with what was refused."""
    applications, people = ({pair[place].pk: pair[place] for pair in pairs}.values() for place in (0, 1))
    known = Known(applications, people)
    asked = {"period": period_of(at, due_at), "languages": batch.terms.get("languages", ()) if batch else ()}
    rows = [known.row_of(application, person) for application, person in pairs]
    # asked once the applications and the evaluators' entries are held
    afresh = Known(known.applications.values(), known.people.values(), **asked)
    return take_each(ASSESSMENT, "assign", rows, by=by, at=at, due_at=due_at, batch=batch, known=afresh)


def sentence_of(refusal):
    return " ".join(str(sentence) for sentence in refusal.gaps.values()) or str(refusal.sentence)


@ASSESSMENT.action("assign")
def assign(assessment, *, by, at, due_at=None, batch=None, known=None):
    """The system refuses the conflicts it can see; the evaluator declares the others."""
    known = known or Known([assessment.application], [assessment.evaluator], period=period_of(at, due_at))
    assessment.evaluator = known.person(assessment.evaluator_id)
    known.require_assignable(assessment)
    assessment.assigned_by, assessment.assigned_at, assessment.batch = by, at, batch
    assessment.due_at = due_at or at + DAYS_TO_ASSESS
    assessment.declared_at, assessment.declaration, assessment.ended_reason = None, "", ""
    assessment.signed_at = None
    if assessment.due_at <= at:
        raise Incomplete({"due_at": _("Choose a day and time that is still to come.")})
    known.take(assessment.evaluator, assessment.application.call)


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
