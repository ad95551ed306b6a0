"""What an officer rules on a conflict that the house found: lifted with a reason, or pinned, so that it stays even when
the fact is gone. A conflict that nobody found is declared, or recorded (`conflicts.py`)."""

from django.utils.translation import gettext as _

from core.errors import WrongState
from evaluation.actions.guards import parties_of, person_of
from evaluation.actions.unruled import found_among
from evaluation.conflicts import Crowd
from evaluation.conflicts.grounds import Facts
from evaluation.models import Assessment, Ruling
from evaluation.states import RULING


def rule(application, person, verdict, *, by, reason, at=None, base=None):
    """`verdict`: “lift” or “pin”."""
    known = Ruling.objects.filter(application=application, person=person).first()
    row = known or Ruling(application=application, person=person)
    return RULING.run(verdict, row, by=by, at=at, reason=reason, base=base)


@RULING.action("lift")
def lift_conflict(ruling, *, by, at, reason):
    """Only what is found now: a ground that comes up later bars again, until it is ruled on."""
    note(ruling, by=by, at=at, reason=reason)


@RULING.action("pin")
def pin_conflict(ruling, *, by, at, reason):
    """What was found stays found, whatever becomes of the organisation, the address or the role."""
    note(ruling, by=by, at=at, reason=reason)


def require_first(ruling):
    """The application is held: another officer may just have ruled on the same pair."""
    if (
        ruling._state.adding
        and Ruling.objects.filter(application=ruling.application_id, person=ruling.person_id).exists()
    ):
        raise WrongState(_("Somebody has ruled on this meanwhile: load the page again."))


def nothing_found(ruling):
    words = {"person": ruling.person, "number": ruling.application}
    return _("Nothing was found between %(person)s and application %(number)s: record the conflict instead.") % words


def note(ruling, *, by, at, reason):
    require_first(ruling)
    found = found_between(ruling.application, ruling.person)
    if not found and ruling._state.adding:
        raise WrongState(nothing_found(ruling))
    if found:
        ruling.grounds, ruling.found = sorted(found), " ".join(found.values())
    ruling.reason, ruling.ruled_by, ruling.ruled_at = reason, by, at


def found_between(application, person):
    """{ground: sentence} of what the house finds now, whatever was ruled."""
    crowd = Crowd({person.pk: person_of(person)})
    return Facts([application], parties_of).found(application, crowd).get(person.pk, {})


def found_among_assessors(call, user):
    """[(assessment, sentence)] of those who take part now though something bars them: learnt since they were assigned,
    because a partner, an organisation, a role or an address is another one today."""
    return found_among(Assessment.objects.visible_to(user).of_call(call).current().counting())
