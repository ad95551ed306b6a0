from rules import predicate

from accounts.roles import is_applicant


@predicate
def is_of_the_same_organisation(user, row):
    return user.organisation_id == row.organisation_id


@predicate
def is_nobody_yet(user, row):
    """The invited person, made a user in the same act."""
    return user.email.lower() == row.email.lower()


is_colleague = is_applicant & is_of_the_same_organisation
