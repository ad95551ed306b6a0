"""Predicates of the evaluation; they read only the row in hand and the user."""

from django.utils.translation import gettext as _
from rules import predicate

from accounts.roles import is_assessor
from core.steps import Bar
from programmes.states import COMMITTEE_CHANGES, JUDGED


@predicate
def is_own(user, assessment):
    return assessment.evaluator_id == user.pk


@predicate
def is_the_rapporteur(user, consensus):
    return consensus.rapporteur_id == user.pk


@predicate
def is_one_of_its_evaluators(user, consensus):
    """Noted on the report when the rapporteur was appointed: everybody who had signed an assessment."""
    return user.pk in consensus.asked_ids


@predicate
def is_the_member(user, seat):
    return seat.member_id == user.pk


@predicate
def has_questioned_it(user, ranked_list):
    return ranked_list.questioned_by_id == user.pk


@predicate
def has_saved_it(user, scenario):
    return scenario.made_by_id == user.pk


@predicate
def is_the_person(user, entry):
    return entry.person_id == user.pk


is_own_entry = is_assessor & is_the_person
is_own_evaluator = is_assessor & is_own
is_own_rapporteur = is_assessor & is_the_rapporteur
is_agreeing_evaluator = is_assessor & is_one_of_its_evaluators


def own_part_in(user, row):
    return evaluates(row) if row.application.assessments.filter(evaluator=user).blind().exists() else ""


def own_parts_in(user, rows):
    blind = user.assessments.blind().filter(application__in={row.application_id for row in rows})
    own = set(blind.values_list("application", flat=True))
    return {row.pk: evaluates(row) for row in rows if row.application_id in own}


def evaluates(row):
    words = {"number": row.application}
    return _(
        "You evaluate application %(number)s yourself, or have a conflict on it: ask another officer to do this."
    ) % words  # fmt: skip


def conflict_in_call(user, row):
    """`row` belongs to a call, or to an application of one."""
    call = call_of(row)
    if call.applications.filter(assessments__in=user.assessments.conflicted()).exists():
        return _("You have a conflict on an application of this call: ask another officer to do this.")
    return ""


def conflicts_in_calls(user, rows):
    """Asked once for each call, however many rows it has."""
    of_call = {call_of(row): row for row in rows}
    found = {call: conflict_in_call(user, row) for call, row in of_call.items()}
    return {row.pk: found[call_of(row)] for row in rows if found[call_of(row)]}


def call_of(row):
    return row.call if hasattr(row, "call") else row.application.call


def blind_in_call(user, row):
    """Figures over a whole call tell of each of its applications."""
    if row.call.applications.filter(assessments__in=user.assessments.blind()).exists():
        return _("You judge an application of this call, or have a conflict on one: ask another officer to do this.")
    return ""


# An officer who evaluates an application, or is in conflict on it, leaves its organisation to another.
evaluates_it = Bar("evaluates_it_or_is_in_conflict", own_part_in, own_parts_in)
is_in_conflict = Bar("is_in_conflict_in_this_call", conflict_in_call, conflicts_in_calls)
is_blind_in_call = Bar("is_blind_in_this_call", blind_in_call)


# what shuts a step though the state of its row does not say so: see `shut` in core.steps


def is_signed(judgement, at):
    """The committee has signed the list it counts in."""
    return judgement.application.call.ranked_lists.in_force().exists()


def is_begun(consensus, at):
    return bool(consensus.stamp or consensus.remark) or consensus.scores.exists()


def is_settled(seat, at):
    """The committee of the call cannot change any more."""
    if seat.call.stands_in(COMMITTEE_CHANGES) or not seat.call.stands_in(JUDGED):
        return not seat.call.stands_in(COMMITTEE_CHANGES)
    last = seat.call.rounds.last()
    return last is None or last.ranked_lists.signed().exists()


def has_no_list(seat, at):
    return not seat.call.ranked_lists.drawn().exists()
