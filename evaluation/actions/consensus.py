"""The consensus report: agreed scores by a rapporteur, approved by every evaluator."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import is_assessor
from applications.actions import conclude_application
from core.errors import Incomplete, NotAllowed, WrongState
from core.many import take_each
from evaluation.actions.guards import require_under_evaluation
from evaluation.actions.known import Known
from evaluation.actions.scores import points_of, require_complete, write_scores
from evaluation.models import Approval, Assessment, Consensus, Score
from evaluation.scoring import figure, spread_of, total_of
from evaluation.states import CONSENSUS, UNFINISHED, ConsensusStatus
from promises.actions import tell_whose_turn

TEXTS = ("comment", "deviation")


def appoint_rapporteur(application, rapporteur, *, by, at=None):
    """Begin the consensus: everybody assigned has signed, and there are enough of them."""
    return appoint(Consensus(application=application, rapporteur=rapporteur), by=by, at=at)


@CONSENSUS.action("appoint")
def appoint(consensus, *, by, at, batch=None, known=None):
    application, consensus.batch = consensus.application, batch
    known = known or Known([application], [consensus.rapporteur])
    known.require_judged(application)
    consensus.round = known.round_of(application)
    if (application.pk, consensus.round.pk) in known.reported:
        raise WrongState(_("Application %(number)s has its rapporteur already.") % {"number": application})
    signed = require_enough_signed(application, known.counting_in(consensus.round, application))
    require_rapporteur(known.person(consensus.rapporteur_id), signed)
    consensus.evaluator_ids = signed
    if batch is None:  # a batch tells for all of its own
        tell_whose_turn(consensus)


def appoint_each(pairs, *, by, at, batch):
    """Appoint each (application, rapporteur) that may be: gives a Taken, with what was refused."""
    reports = [Consensus(application=application, rapporteur=person) for application, person in pairs]
    known = Known([application for application, _person in pairs], [person for _application, person in pairs])
    return take_each(CONSENSUS, "appoint", reports, by=by, at=at, batch=batch, known=known)


@CONSENSUS.action("take_back")
def take_back_rapporteur(consensus, *, by, at, reason):
    """As if nobody had been appointed: as long as nothing is written, and it was not handed on either."""
    if consensus.stamp or consensus.remark or consensus.scores.exists():
        raise WrongState(
            _("%(who)s has begun the report on %(number)s: replace the rapporteur instead.")
            % {"who": consensus.rapporteur, "number": consensus.application}
        )
    consensus.ended_reason = reason


def require_rapporteur(person, signed):
    """One of those who signed, and still here."""
    if person.pk not in signed:
        raise Incomplete({"rapporteur": _("Choose the rapporteur among the evaluators who signed their assessment.")})
    if not is_assessor(person):
        raise Incomplete({"rapporteur": _("%(person)s has left; choose another evaluator.") % {"person": person}})


def require_enough_signed(application, assessments):
    """The ids of the evaluators, once all have signed and they are as many as the call says."""
    if waiting := sum(one.stands_in(UNFINISHED) for one in assessments):
        sentence = ngettext(
            "%(number)s: one assessment is not signed yet. Wait for it, or take the assignment back.",
            "%(number)s: %(waiting)d assessments are not signed yet. Wait for them, or take the assignments back.",
            waiting,
        )
        raise WrongState(sentence % {"number": application, "waiting": waiting})
    signed = [one.evaluator_id for one in sorted(assessments, key=lambda one: (one.signed_at, one.pk))]
    if len(signed) < application.call.evaluators_wanted:
        raise WrongState(
            _("%(number)s: %(signed)d of %(wanted)d assessments are signed. Assign more evaluators first.")
            % {"number": application, "signed": len(signed), "wanted": application.call.evaluators_wanted}
        )
    return signed


@CONSENSUS.action("agree")
def agree_scores(consensus, *, by, at, scores, remark=None):
    """Save the agreed scores, complete or not; {criterion code: {"points", "comment", "deviation"}}."""
    require_under_evaluation(consensus.application)
    consensus.remark = consensus.remark if remark is None else remark
    return write_scores(consensus.scores, consensus.application.call.criteria.all(), scores, texts=TEXTS)


@CONSENSUS.action("propose")
def propose_consensus(consensus, *, by, at):
    """Ask every evaluator to approve; earlier approvals were of an earlier proposal."""
    require_under_evaluation(consensus.application)
    require_complete(consensus.scores, consensus.application.call.criteria.all())
    require_deviations_explained(consensus)
    consensus.proposed_at = at
    consensus.objection, consensus.objected_by, consensus.passed_over = "", None, []
    consensus.approvals.all().delete()
    tell_whose_turn(consensus)


def require_deviations_explained(consensus):
    gaps = {}
    for row in consensus.scores.select_related("criterion"):
        spread = individual_spread(consensus, row.criterion)
        if spread and not spread.holds(row.points) and not row.deviation.strip():
            gaps[f"{row.criterion.code}_deviation"] = _(
                "%(points)s points lie outside the evaluators' own %(lowest)s to %(highest)s: say why they agreed so."
            ) % {"points": figure(row.points), "lowest": figure(spread.lowest), "highest": figure(spread.highest)}
    if gaps:
        raise Incomplete(gaps)


def individual_spread(consensus, criterion):
    signed = Assessment.objects.beside(consensus).signed()
    rows = Score.objects.filter(assessment__in=signed, criterion=criterion)
    return spread_of(rows.values_list("points", flat=True))


@CONSENSUS.action("approve")
def approve_consensus(consensus, *, by, at):
    """One evaluator's yes. The row is locked, so of two last ones exactly one sees itself as the last."""
    require_still_an_evaluator(consensus, by)
    if consensus.approvals.filter(evaluator=by).exists():
        raise WrongState(_("You have approved this report already; it waits for the other evaluators."))
    Approval.objects.create(consensus=consensus, evaluator=by, approved_at=at)
    approved = conclude_if_all_agree(consensus, at=at)
    return {"approvals": [approved - 1, approved]}


def conclude_if_all_agree(consensus, *, at):
    """How many have approved."""
    approved = set(consensus.approvals.values_list("evaluator_id", flat=True))
    if approved >= consensus.asked_ids:
        conclude(consensus, at=at)
    return len(approved)


def conclude(consensus, *, at):
    """All agree: the total is fixed, and the application is evaluated."""
    application = consensus.application
    require_under_evaluation(application)
    consensus.status, consensus.approved_at = ConsensusStatus.APPROVED, at
    consensus.total = total_of(points_of(consensus.scores), application.call.criteria.all())
    conclude_application(application, by=User.objects.clock(), at=at)


def require_still_an_evaluator(consensus, by):
    if not Assessment.objects.beside(consensus).signed().of(by).exists():
        raise NotAllowed(_("Only evaluators who signed an assessment of this application agree on its report."))


@CONSENSUS.action("object")
def object_to_consensus(consensus, *, by, at, reason):
    """Back to the rapporteur, who reads why; the approvals given so far fall."""
    require_still_an_evaluator(consensus, by)
    given = consensus.approvals.count()
    consensus.approvals.all().delete()
    consensus.objection, consensus.objected_by, consensus.proposed_at = reason, by, None
    tell_whose_turn(consensus)
    return {"approvals": [given, 0]}
