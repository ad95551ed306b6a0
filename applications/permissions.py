"""Predicates about an application and a user; they read only the two rows in hand."""

from rules import predicate

from accounts.roles import is_applicant


@predicate
def is_of_its_organisation(user, application):
    return user.organisation_id is not None and user.organisation_id == application.applicant_id


is_of_the_applicant = is_applicant & is_of_its_organisation
