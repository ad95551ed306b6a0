"""What several acts require before they begin; each guard is silent or refuses with a sentence."""

from django.utils.translation import gettext as _

from accounts.roles import is_assessor
from applications.states import ApplicationPhase
from core.errors import Incomplete, WrongState
from evaluation.conflicts import Crowd, Party, Person, conflict_between
from evaluation.conflicts.grounds import Facts
from evaluation.querysets import is_judged_again
from programmes.models import Round
from programmes.states import CallPhase


def round_of(application):
    """The round in which an application is judged: the last one that is about it."""
    return Round.objects.covering(application).last()


def is_under_evaluation(call):
    return call.stands_in(CallPhase.EVALUATION) or is_judged_again(call)


def require_under_evaluation(application, *, is_open=None):
    """`is_open`: whether its call is under evaluation, where that was asked for many at once."""
    if not (is_under_evaluation(application.call) if is_open is None else is_open):
        raise WrongState(
            _("The call %(call)s is now “%(status)s”; applications are assessed while it is under evaluation.")
            % {"call": application.call, "status": application.call.get_status_display()}
        )
    if not application.stands_in(ApplicationPhase.EVALUABLE):
        raise WrongState(
            _("Application %(number)s is now “%(status)s”; only eligible applications are assessed.")
            % {"number": application, "status": application.get_status_display()}
        )


def require_assessor(person):
    """Evaluators and officers assess; an applicant never does, nor does somebody who left."""
    if not is_assessor(person):
        raise Incomplete(
            {"evaluator": _("%(person)s is not an evaluator; choose an evaluator or an officer.") % {"person": person}}
        )


def require_no_visible_conflict(person, application):
    """What the system can see by itself; the rest is declared."""
    crowd = Crowd({person.pk: person_of(person)})
    if sentence := Facts([application], parties_of).barred(application, crowd).get(person.pk):
        raise Incomplete({"evaluator": sentence}, sentence)


def visible_conflict(person, application, *, same_state=None):
    """The sentence that refuses this person for this application, or None."""
    same_state = application.call.same_state_conflicts if same_state is None else same_state
    return conflict_between(person_of(person), parties_of(application), same_state_conflicts=same_state)


def person_of(user):
    houses = {name for one in user.places for name in (one.organisation, one.latin_organisation, one.entity)}
    keys = {str(one.organisation_id) for one in user.places if one.organisation_id}
    domain = user.email.rpartition("@")[2].lower()
    return Person(user.name, states=user.states, houses=frozenset(houses), keys=frozenset(keys), domain=domain)


def parties_of(application):
    partners = ((one.name, one.country, one.organisation_id) for one in application.partners.all())
    return parties_among(application.applicant, partners)


def parties_among(applicant, partners):
    """`partners`: (name, country, id of the organisation or None) of each."""
    return [
        Party(applicant.name, applicant.member_state, applicant.latin_name, str(applicant.pk)),
        *(Party(name, country, key=str(organisation or "")) for name, country, organisation in partners),
    ]


# rounds


def is_of(assessment, round_):
    return round_ is not None and assessment.round_id == round_.pk


def is_for_others(round_):
    return round_ is not None and round_.cause == Round.Cause.REDRESS


def covers(one, application):
    return one.application_ids is None or application.pk in one.application_ids
