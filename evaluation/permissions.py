"""Predicates of the evaluation; they read only the row in hand and the user."""

from rules import predicate

from accounts.roles import is_evaluator, is_officer


@predicate
def is_own(user, assessment):
    return assessment.evaluator_id == user.pk


@predicate
def is_the_rapporteur(user, consensus):
    return consensus.rapporteur_id == user.pk


@predicate
def is_the_member(user, seat):
    return seat.member_id == user.pk


is_own_evaluator = is_evaluator & is_own
is_own_rapporteur = is_evaluator & is_the_rapporteur
is_commission_officer = is_officer
