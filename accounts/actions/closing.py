"""An account is closed: whatever the person was here ends, and nobody is left without a successor."""

from django.utils.translation import gettext as _

from accounts.actions.addresses import stop_changes_of
from accounts.actions.invitations import invite_colleague
from accounts.actions.leaving import require_successor
from accounts.actions.memberships import end_all, grant_membership
from accounts.actions.sessions import drop_sessions
from accounts.actions.tokens import shut_out_programs
from accounts.models import Invitation, Membership, User
from accounts.roles import is_applicant
from accounts.states import USER
from core.errors import Incomplete


@USER.action("close")
def close_account(user, *, by, at, successor=""):
    """Shut an account; its next request is already refused.

    `successor`: an e-mail address. Whoever has it takes over what the person did for an organisation; a stranger is
    invited to.
    """
    spoken_for = Membership.objects.granted().filter(person=user).of(is_applicant).select_related("organisation")
    for membership in spoken_for.order_by("organisation"):
        hand_on(membership, to=successor, by=by, at=at)
    stop_changes_of(user, by=by, at=at)
    ended = end_all(user, at=at)
    shut_out_programs(user, by=by, at=at)
    user.ask_again()
    return {"roles": [ended, []], **drop_sessions(user)}


reopen_account = USER.plain("reopen")


def hand_on(membership, *, to, by, at):
    """Before the person goes: its place to the successor, or the certainty that somebody else is there."""
    if not to:
        return require_successor(membership, at=at)
    organisation = membership.organisation
    follower = User.objects.filter(email__iexact=to).first()
    if follower is None:
        return invite_colleague(Invitation(organisation=organisation, email=to.lower()), by=by, at=at)
    if follower.pk == membership.person_id:
        raise Incomplete({"successor": _("Choose somebody else than the person who leaves.")})
    if Membership.objects.speaking_for(organisation).filter(person=follower).exists():
        return None
    following = Membership(person=follower, role=membership.role, organisation=organisation)
    return grant_membership(following, by=by, at=at)
