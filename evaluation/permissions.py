"""Predicates of the evaluation; they read only the row in hand and the user."""

from rules import predicate

from accounts.roles import is_assessor


@predicate
def is_own(user, assessment):
    return assessment.evaluator_id == user.pk


@predicate
def is_the_rapporteur(user, consensus):
    return consensus.rapporteur_id == user.pk


@predicate
def is_one_of_its_evaluators(user, consensus):
    """Noted on the report when the rapporteur was appointed: everybody who had signed an assessment."""
    return user.pk in consensus.evaluator_ids


@predicate
def is_the_member(user, seat):
    return seat.member_id == user.pk


is_own_evaluator = is_assessor & is_own
is_own_rapporteur = is_assessor & is_the_rapporteur
is_agreeing_evaluator = is_assessor & is_one_of_its_evaluators
