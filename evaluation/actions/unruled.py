"""Conflicts found among those who take part, and not lifted: nothing is signed that rests on one (FR Art. 61).

A partner, an organisation, a role or an address may change after the declaration; what is found then waits for an
officer: lifted with a reason, or the assessment is struck.
"""

from django.utils.translation import gettext as _

from applications.holds import LONG
from applications.models import Application
from core.errors import WrongState
from core.formats import shortened
from evaluation.actions.guards import person_of
from evaluation.actions.known import Known
from evaluation.conflicts import Crowd
from evaluation.models import Assessment


def found_among(assessments):
    """[(assessment, sentence)] in the order of the applications; no long text of an application is read."""
    rows = list(assessments.prefetch_related("evaluator"))
    about = Application.objects.filter(pk__in={one.application_id for one in rows}).defer(*LONG)
    applications = {one.pk: one for one in about.select_related("call", "applicant")}
    people = {one.evaluator_id: one.evaluator for one in rows}
    known = Known(applications.values(), people.values())
    crowd = Crowd({pk: person_of(person) for pk, person in people.items()})
    barred = {pk: known.grounds.barred(one, crowd) for pk, one in applications.items()}
    for one in rows:
        one.application = applications[one.application_id]
    found = [(one, barred[one.application_id].get(one.evaluator_id)) for one in rows]
    return sorted(
        ((one, said) for one, said in found if said), key=lambda pair: (pair[0].application.reference, pair[1])
    )


def unruled_in(call):
    return found_among(Assessment.objects.of_call(call).current().counting())


def gap_of_rulings(call):
    """The sentence that stands between a call and its list, or None."""
    if found := unruled_in(call):
        return _("Conflicts found among those who judged, and not lifted: %(names)s. Lift each with a reason on the "
                 "page of conflicts, or strike the assessment.") % {"names": shortened(named(found))}  # fmt: skip
    return None


def named(found):
    return [f"{one.application.reference} ({one.evaluator.name})" for one, _said in found]


def require_ruled(call):
    """Before somebody signs: what came up since the list was drawn up bars the signature."""
    if sentence := gap_of_rulings(call):
        raise WrongState(sentence)
