"""Access as it stands at a moment, laid out for a review: one line for each role in force."""

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from accounts.models import AccessLine, Invitation, Membership, Token
from accounts.roles import is_a_person, is_applicant
from audit.models import AuditRecord
from core.formats import brussels_day


def lines_as_it_stands(review):
    """Lines of this review, not saved yet, in a few statements however many people there are."""
    rows = Membership.objects.in_force().of(is_a_person).select_related("person", "organisation")
    rows = list(rows.order_by("person__name", "from_at", "pk"))
    people = {one.person_id for one in rows}
    beside = {"factors": with_a_factor(people), "tokens": tokens_of(people), "came": how_they_came(rows)}
    return [line_of(review, one, **beside) for one in rows]


def line_of(review, role, *, factors, tokens, came):
    person, house = role.person, role.organisation
    return AccessLine(
        review=review, person=person, membership=role, name=person.name, email=person.email, role=role.role,
        place=house.name if house else role.entity, member_state=house.member_state if house else role.member_state,
        from_at=role.from_at, until_at=role.until_at, appointed=came[role.pk], signed_in_at=person.last_login,
        has_factor=person.pk in factors, tokens=tokens.get(person.pk, []),
    )  # fmt: skip


def with_a_factor(people):
    """Recovery codes alone are none."""
    rows = Authenticator.objects.filter(user__in=people).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return set(rows.values_list("user", flat=True))


def tokens_of(people):
    """{person: [what a token is called, begins with, and the day it was last used]}"""
    found = {}
    for one in Token.objects.in_use().filter(person__in=people):
        used = one.used_at.isoformat() if one.used_at else None
        found.setdefault(one.person_id, []).append({"name": one.name, "start": one.start, "used": used})
    return found


def how_they_came(roles):
    """{role: in words, who gave it}: as the trail and the invitations have it."""
    ids = [str(one.pk) for one in roles]
    granted = AuditRecord.objects.filter(act="membership.grant", subject_id__in=ids)
    givers = dict(granted.values_list("subject_id", "actor_name"))
    accepted = Invitation.objects.accepted().order_by("expires_at")
    accepted = accepted.filter(email__in={one.person.email for one in roles})
    hosts = {(email, role): who for email, role, who in accepted.values_list("email", "role", "invited_by__name")}
    return {one.pk: came(one, givers.get(str(one.pk)), hosts.get((one.person.email, one.role))) for one in roles}


def came(role, giver, host):
    words = {"who": giver or host, "day": brussels_day(role.from_at)}
    if giver:
        return _("given by %(who)s, from %(day)s") % words
    if host:
        return _("invited by %(who)s, accepted %(day)s") % words
    if role.role in is_applicant.roles:
        return _("registered the organisation, %(day)s") % words
    return _("with the installation, %(day)s") % words
