from rules import predicate

from accounts.roles import is_applicant, is_authorising


@predicate
def is_of_the_addressee(user, letter):
    return user.organisation_id is not None and user.organisation_id == letter.application.applicant_id


@predicate
def has_prepared_it(user, decision):
    return decision.prepared_by_id == user.pk


@predicate
def has_evaluated_here(user, decision):
    """Noted on the decision when it was prepared: the evaluators and committee members of the call."""
    return str(user.pk) in decision.evaluator_ids


# Four eyes (FR Art. 74(5)): neither who prepared it nor who evaluated decides.
may_decide = is_authorising & ~has_prepared_it & ~has_evaluated_here
is_addressee = is_applicant & is_of_the_addressee
