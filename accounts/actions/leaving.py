"""When somebody leaves an organisation, somebody must be left there: letters wait to be read, deadlines run."""

from django.utils.translation import gettext as _

from accounts.models import Invitation, Membership
from accounts.roles import is_applicant
from core.errors import Incomplete


def require_successor(membership, *, at):
    """Refuse to end the last membership that speaks for an organisation, unless somebody is invited to follow."""
    if membership.role not in is_applicant.roles:
        return
    organisation = membership.organisation
    if not is_left_alone(organisation, without=membership.person_id, at=at):
        return
    raise Incomplete(
        {
            "successor": _(
                "%(person)s is the last person of %(organisation)s. Name who follows: the e-mail address of a "
                "colleague, who is invited, or of somebody who has an account."
            )
            % {"person": membership.person, "organisation": organisation}
        }
    )


def is_left_alone(organisation, *, without, at):
    others = Membership.objects.speaking_for(organisation).exclude(person=without).filter(until_at=None)
    return not others.exists() and not Invitation.objects.open(at).filter(organisation=organisation).exists()
