"""Roles are given, ended and handed over. A right is gone with the next request of its holder."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actions.leaving import require_successor
from accounts.actions.people import require_appointable
from accounts.actions.sessions import drop_sessions
from accounts.actions.tokens import shut_out_programs
from accounts.models import Membership
from accounts.roles import is_applicant
from accounts.states import MEMBERSHIP, MembershipStatus, OrganisationPhase, UserPhase
from core.errors import Incomplete, WrongState
from core.language import house_words


@MEMBERSHIP.action("grant")
def grant_membership(membership, *, by, at):
    """Give somebody a role, from `from_at` (none: now) and perhaps `until_at`; perhaps to act for somebody else."""
    person = membership.person
    membership.from_at = membership.from_at or at
    require_open_account(person)
    require_sensible(membership)
    require_one_side(person, membership)
    save_once(membership)


@MEMBERSHIP.action("end")
def end_membership(membership, *, by, at):
    """Take a role away; not the last one that speaks for an organisation."""
    require_successor(membership, at=at)
    membership.until_at = max(at, membership.from_at)
    shut_out_programs(membership.person, by=by, at=at)
    return drop_sessions(membership.person)


@MEMBERSHIP.action("hand_over")
def hand_over_membership(membership, *, by, at, reason, successor):
    """End somebody's role and give the same to `successor`, a person, in one act."""
    following = Membership(
        person=successor, role=membership.role, organisation=membership.organisation, entity=membership.entity,
        member_state=membership.member_state,
    )  # fmt: skip
    if successor.pk == membership.person_id:
        raise Incomplete({"successor": _("Choose somebody else than the person who hands over.")})
    grant_membership(following, by=by, at=at)
    membership.until_at = max(at, membership.from_at)
    shut_out_programs(membership.person, by=by, at=at)
    return {"handed over to": [None, str(successor)], **drop_sessions(membership.person)}


def require_open_account(person):
    if not person.stands_in(UserPhase.OPEN):
        raise WrongState(_("The account of %(person)s is closed; open it again first.") % {"person": person})


def require_sensible(membership):
    if is_applicant.roles == {membership.role} and membership.organisation_id is None:
        raise Incomplete({"organisation": _("Choose the organisation this person speaks for.")})
    if membership.organisation and not membership.organisation.stands_in(OrganisationPhase.REGISTERED):
        raise Incomplete({"organisation": _("This organisation was merged into another; choose that one.")})
    if membership.role not in is_applicant.roles:
        require_appointable(membership.role, membership.member_state)
    if membership.on_behalf_of_id == membership.person_id:
        raise Incomplete({"on_behalf_of": _("Nobody acts for themselves; choose somebody else, or nobody.")})
    if membership.until_at and membership.until_at <= membership.from_at:
        raise Incomplete({"until_at": _("The role has to end after it begins.")})


def require_one_side(person, membership):
    """Whoever speaks for an applicant has no other role here: nobody judges or decides on both sides (FR Art. 61)."""
    others = Membership.objects.granted().filter(person=person).exclude(until_at__lte=membership.from_at)
    on_its_side = others.of(is_applicant)
    wrong = others.exclude(pk__in=on_its_side) if membership.role in is_applicant.roles else on_its_side
    if other := wrong.first():
        raise WrongState(
            _("%(person)s is %(role)s; end that role first: nobody speaks for an applicant and has another role.")
            % {"person": person, "role": other.words}
        )


def save_once(membership):
    try:
        with transaction.atomic():
            membership.save(force_insert=True)
    except IntegrityError as twice:
        raise WrongState(_("%(person)s has this role already.") % {"person": membership.person}) from twice


@house_words()
def end_all(person, *, at):
    """End whatever the person is here; gives the words of it."""
    ended = list(Membership.objects.granted().filter(person=person).select_related("organisation"))
    for one in ended:
        one.status, one.until_at = MembershipStatus.ENDED, max(at, one.from_at)
        one.save(update_fields=["status", "until_at"])
    return [one.words for one in ended]
