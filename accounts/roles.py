"""What a person is here. One role for each person; the tables of states say what it may do."""

from django.db.models import TextChoices
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


# Those an account administrator may give; authorities register themselves, and the clock is no person.
APPOINTED = (Role.OFFICER, Role.EVALUATOR, Role.AUTHORISING, Role.AUDITOR, Role.NATIONAL_AUDITOR, Role.ADMIN)


def has_role(*roles):
    """A predicate: the user's account is active and has one of these roles."""
    name = "is_" + "_or_".join(role.lower() for role in roles)
    return predicate(lambda user, row=None: user.is_active and user.role in roles, name=name)


is_applicant = has_role(Role.APPLICANT)
is_officer = has_role(Role.OFFICER)
is_evaluator = has_role(Role.EVALUATOR, Role.OFFICER)  # officers may sit as evaluators too
is_authorising = has_role(Role.AUTHORISING)
is_auditor = has_role(Role.AUDITOR)
is_any_auditor = has_role(Role.AUDITOR, Role.NATIONAL_AUDITOR)
is_national_auditor = has_role(Role.NATIONAL_AUDITOR)
is_admin = has_role(Role.ADMIN)
is_system = has_role(Role.SYSTEM)
is_commission = has_role(Role.OFFICER, Role.AUTHORISING)
