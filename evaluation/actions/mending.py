"""Ways back for what was signed: an assessment or a report reopened, an evaluator or a rapporteur replaced."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import is_assessor
from core.errors import Incomplete, WrongState
from core.language import later
from evaluation.actions.consensus import TEXTS, conclude_if_all_agree, require_rapporteur
from evaluation.actions.falling import let_fall, require_no_signed_list, take_back
from evaluation.actions.guards import require_under_evaluation
from evaluation.actions.telling import tell, tell_it_ended
from evaluation.models import Consensus, ConsensusScore
from evaluation.states import ASSESSMENT, CONSENSUS


@ASSESSMENT.action("reopen")
def reopen_assessment(assessment, *, by, at, reason):
    """Back to its evaluator, who corrects and signs again; the report that rests on it falls, a list that waits too."""
    require_no_signed_list(assessment.application.call)
    if not is_assessor(assessment.evaluator):
        raise WrongState(
            _("%(person)s has left and cannot sign again: replace the evaluator instead.")
            % {"person": assessment.evaluator}
        )
    assessment.signed_at = None
    assessment.save(update_fields=["status", "signed_at"])
    subject = later(lambda: _("Your assessment of %(number)s is open again") % {"number": assessment.application})
    words = {"number": assessment.application}
    sentence = later(
        lambda: _("Your assessment of application %(number)s is open again: correct it and sign it.") % words
    )
    tell([assessment.evaluator_id], subject, sentence, about=assessment, page=assessment.get_absolute_url())
    return let_fall(assessment, at=at, reason=reason)


@ASSESSMENT.action("replace")
def replace_evaluator(assessment, *, by, at, reason):
    """Somebody who signed and will not, or cannot, agree: the assessment stays on file, another one is assigned."""
    require_no_signed_list(assessment.application.call)
    assessment.ended_reason = reason
    assessment.save(update_fields=["status", "ended_reason"])
    tell_it_ended(assessment)
    return let_fall(assessment, at=at, reason=reason)


@CONSENSUS.action("hand_on")
def replace_rapporteur(consensus, *, by, at, reason, rapporteur):
    """Another evaluator of the application goes on with what is written; who agreed so far need not agree again."""
    require_under_evaluation(consensus.application)
    if rapporteur.pk == consensus.rapporteur_id:
        raise Incomplete({"rapporteur": _("%(person)s is the rapporteur already.") % {"person": rapporteur}})
    require_rapporteur(rapporteur, consensus.evaluator_ids)
    former, consensus.rapporteur = consensus.rapporteur, rapporteur
    words = {"number": consensus.application, "who": rapporteur}
    subject = later(lambda: _("Another rapporteur of %(number)s") % words)
    sentence = later(lambda: _("%(who)s is now the rapporteur of application %(number)s.") % words)
    people = [former.pk, rapporteur.pk]
    tell(people, subject, sentence, about=consensus, page=consensus.get_absolute_url())


@CONSENSUS.action("pass_over")
def pass_over_evaluator(consensus, *, by, at, reason, evaluator, opinion=""):
    """Go on without the yes of somebody who cannot or will not give it; a minority opinion stays with the report."""
    require_under_evaluation(consensus.application)
    given = set(consensus.approvals.values_list("evaluator_id", flat=True))
    require_to_be_asked(consensus, evaluator, given)
    entry = {"evaluator": str(evaluator.pk), "name": evaluator.name, "opinion": opinion.strip(), "reason": reason}
    consensus.passed_over = [*consensus.passed_over, entry]
    words = {"number": consensus.application}
    subject = later(lambda: _("The report of %(number)s goes on without your approval") % words)
    sentence = later(lambda: _("The consensus report of application %(number)s goes on without your approval.") % words)
    tell([evaluator.pk], subject, sentence, about=consensus, page=consensus.get_absolute_url())
    conclude_if_all_agree(consensus, at=at)


def require_to_be_asked(consensus, evaluator, given):
    if evaluator.pk not in consensus.asked_ids or evaluator.pk in given:
        raise Incomplete(
            {
                "evaluator": _("Nobody waits for %(person)s: choose one whose approval is missing.")
                % {"person": evaluator}
            }
        )
    if consensus.asked_ids == {evaluator.pk}:
        raise Incomplete({"evaluator": _("A report needs the yes of one evaluator at least: replace the evaluator.")})


@CONSENSUS.action("reopen")
def reopen_report(consensus, *, by, at, reason):
    """Set aside what all approved; its scores are the beginning of the next report. A list that waits falls with it."""
    require_no_signed_list(consensus.application.call)
    consensus.ended_reason = reason
    consensus.save(update_fields=["status", "ended_reason"])  # before another one takes its place
    fallen = take_back(consensus.application, at=at, reason=reason)
    new = Consensus(application=consensus.application, rapporteur=who_writes(consensus))
    begin_again(new, by=by, at=at, former=consensus)
    return fallen


def who_writes(former):
    """The same rapporteur or, who has left, the first evaluator still here."""
    people = {one.pk: one for one in User.objects.filter(pk__in=[former.rapporteur_id, *former.evaluator_ids])}
    order = [former.rapporteur_id, *former.evaluator_ids]
    return next((people[pk] for pk in order if is_assessor(people[pk])), former.rapporteur)


@CONSENSUS.action("begin_again")
def begin_again(consensus, *, by, at, former):
    """The report that takes the place of the one set aside, with its scores to begin with."""
    consensus.round, consensus.evaluator_ids = former.round, former.evaluator_ids
    consensus.remark = former.remark
    consensus.save(force_insert=True)
    rows = ConsensusScore.objects.bulk_create(copy_of(score, consensus) for score in former.scores.all())
    subject = later(lambda: _("The report of %(number)s is open again") % {"number": consensus.application})
    sentence = later(
        lambda: _("The consensus report of application %(number)s is open again.") % {"number": consensus.application}
    )
    tell(consensus.evaluator_ids, subject, sentence, about=consensus, page=consensus.get_absolute_url())
    return {"scores taken over": [0, len(rows)]}


def copy_of(score, consensus):
    kept = {name: getattr(score, name) for name in ("criterion_id", "points", *TEXTS)}
    return ConsensusScore(consensus=consensus, **kept)
