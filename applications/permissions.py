"""Predicates about an application and a user; they read only the two rows in hand."""

from rules import predicate

from accounts.roles import is_applicant, is_evaluator, sees_whole_calls


@predicate
def is_of_its_organisation(user, application):
    return application.applicant_id in user.organisation_ids


reads_blindly = is_evaluator & ~sees_whole_calls  # the proposal itself, nothing of who handled it
is_of_the_applicant = is_applicant & is_of_its_organisation
