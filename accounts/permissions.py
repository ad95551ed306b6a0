"""Predicates about people, organisations and what binds them; they read only the user and the row in hand."""

from rules import predicate

from accounts.roles import is_admin, is_applicant, is_system


@predicate
def is_of_the_same_organisation(user, row):
    return row.organisation_id in user.organisation_ids


@predicate
def is_of_it(user, organisation):
    return organisation.pk in user.organisation_ids


@predicate
def is_invited(user, row):
    """The person the invitation was sent to, made a user in the same act."""
    return user._state.adding and user.email.lower() == row.email.lower()


@predicate
def is_nobody_yet(user, row=None):
    """Somebody who gets an account in the same act."""
    return user._state.adding


@predicate
def is_oneself(user, person):
    return user.pk == person.pk


@predicate
def is_own(user, row):
    """A membership or a token of one's own."""
    return user.pk == row.person_id


@predicate
def is_of_the_clock(user, row):
    """The clock is no person: nobody closes it or gives it another role."""
    return is_system(getattr(row, "person", row))


@predicate
def is_asked_by_its_person(user, change):
    """Of an address: its own person wants it changed, so that the old mailbox is asked; else administrators do."""
    return change.asked_by_id == change.person_id


@predicate
def has_asked(user, change):
    return user.pk == change.asked_by_id


is_colleague = is_applicant & is_of_the_same_organisation
is_member = is_applicant & is_of_it
is_newcomer = is_nobody_yet & is_oneself
may_rename = is_oneself | (is_admin & ~is_of_the_clock)
may_close = is_admin & ~is_oneself & ~is_of_the_clock
may_grant = (is_admin & ~is_own & ~is_of_the_clock) | is_system
may_end = is_admin & ~is_own & ~is_of_the_clock
may_ask_for = is_admin & ~is_own & ~is_of_the_clock
speaks_for_old_mailbox = is_own & is_asked_by_its_person
agrees_as_second = is_admin & ~is_own & ~has_asked & ~is_asked_by_its_person
may_stop = is_own | (is_admin & ~is_of_the_clock)
may_review = is_admin & ~is_own  # four eyes: the own access is another administrator's to decide
