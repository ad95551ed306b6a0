"""What a person is here, and the rights that come with it: this page can be read by an auditor.

A role is named here and nowhere else. Everybody else asks one of the groups below: `is_officer(user)`, or
`seen_by(user, {is_commission: …})` for rows. A group has one meaning and one name; a new role goes into the groups
whose right it shares, and `tests/house/test_roles.py` says where else it is wanted.
"""

from functools import reduce
from operator import or_

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _
from rules import predicate


class Role(TextChoices):
    APPLICANT = "APPLICANT", _("national authority")
    OFFICER = "OFFICER", _("programme officer")
    EVALUATOR = "EVALUATOR", _("evaluator")
    AUTHORISING = "AUTHORISING", _("authorising officer")
    AUDITOR = "AUDITOR", _("auditor")
    NATIONAL_AUDITOR = "NAT_AUDITOR", _("national auditor")
    ADMIN = "ADMIN", _("account administrator")
    SYSTEM = "SYSTEM", _("the clock")


GROUPS = {}  # name: predicate
EVERYTHING = Q()


def group(name, *roles):
    """Name the roles that share one right: a predicate of a person, with the roles themselves as `roles`."""
    shared = frozenset(roles)
    # a visitor has no roles, a closed account none in force
    found = predicate(lambda user, row=None: not shared.isdisjoint(getattr(user, "roles", ())), name=name)
    found.roles = shared
    GROUPS[name] = found
    return found


R = Role

# fmt: off
# Each role by itself
is_applicant        = group("is_applicant",        R.APPLICANT)         # prepares applications for an authority
is_officer          = group("is_officer",          R.OFFICER)           # runs calls, from draft to letters
is_evaluator        = group("is_evaluator",        R.EVALUATOR)         # reads what it is given to assess
is_authorising      = group("is_authorising",      R.AUTHORISING)       # decides and commits the money
is_auditor          = group("is_auditor",          R.AUDITOR)           # reads everything opened, and the whole trail
is_national_auditor = group("is_national_auditor", R.NATIONAL_AUDITOR)  # reads what concerns the own Member State
is_admin            = group("is_admin",            R.ADMIN)             # makes and closes accounts
is_system           = group("is_system",           R.SYSTEM)            # the clock acting instead of a person

# Those who share a right
is_commission        = group("is_commission",        R.OFFICER, R.AUTHORISING)            # the department in charge
is_assessor          = group("is_assessor",          R.EVALUATOR, R.OFFICER)              # may assess, and sit on a committee
is_any_auditor       = group("is_any_auditor",       R.AUDITOR, R.NATIONAL_AUDITOR)
sees_whole_calls     = group("sees_whole_calls",     R.OFFICER, R.AUTHORISING, R.AUDITOR, R.SYSTEM)  # once opened
finds_the_evaluation = group("finds_the_evaluation", R.EVALUATOR, R.NATIONAL_AUDITOR, *sees_whole_calls.roles)
sees_everybody       = group("sees_everybody",       R.OFFICER, R.AUTHORISING, R.AUDITOR, R.ADMIN)   # and every organisation
sees_deliveries      = group("sees_deliveries",      R.OFFICER, R.AUTHORISING, R.AUDITOR)            # without the mails about accounts
mends_deliveries     = group("mends_deliveries",     R.OFFICER, R.AUTHORISING, R.ADMIN)
follows_proofs       = group("follows_proofs",       R.AUDITOR, R.ADMIN)                             # runs of proofs: begins them, hears of faults
is_appointed         = group("is_appointed",         R.OFFICER, R.EVALUATOR, R.AUTHORISING, R.AUDITOR, R.NATIONAL_AUDITOR, R.ADMIN)
needs_second_factor  = group("needs_second_factor",  R.OFFICER, R.AUTHORISING, R.AUDITOR, R.NATIONAL_AUDITOR, R.ADMIN)
is_a_person          = group("is_a_person",          R.APPLICANT, *is_appointed.roles)
# fmt: on

AUTHORISING_OFFICER = Role.AUTHORISING.label  # a letter says it where nobody has decided yet


def seen_by(user, table):
    """The condition on rows for this person: {group: what its members see}; who is in none of them sees nothing.

    Whoever is in several sees what each of them sees.
    """
    conditions = [condition for one, condition in table.items() if one(user)]
    if not conditions:
        return Q(pk__in=[])
    return EVERYTHING if EVERYTHING in conditions else reduce(or_, conditions)


def every_role():
    """(value, label) of each; a function, so that a new role changes no column."""
    return Role.choices


def choices_of(one):
    """(value, label) of the roles of a group, in the order of the enum."""
    return [(role.value, role.label) for role in Role if role in one.roles]


def appointed():
    """The roles an account administrator invites to."""
    return choices_of(is_appointed)


def label_of(role):
    """The words for a role that stands as text on a record of the trail."""
    return Role(role).label


def said_by(one, field):
    """The condition that a row says, in `field`, a role of this group: what somebody was at that moment."""
    return Q(**{f"{field}__in": one.roles})
