"""By what somebody comes in: invitations, sessions, tokens, and the address one signs in with."""

from django.conf import settings
from django.db.models import F, Q, QuerySet

from accounts.roles import EVERYTHING, is_a_person, is_admin, is_applicant, seen_by
from accounts.states import AddressChangePhase, IdentityPhase, InvitationPhase, InvitationStatus, TokenPhase
from core.past import the_moment


class InvitationQuerySet(QuerySet):
    def visible_to(self, user):
        """Those of one's own organisation; administrators, who see to it that somebody is left there, all."""
        return self.filter(seen_by(user, {
            is_applicant: Q(organisation__in=user.organisation_ids),
            is_admin: EVERYTHING,
        }))  # fmt: skip

    def unanswered(self):
        return self.filter(status__in=InvitationPhase.OPEN)

    def open(self, at):
        return self.unanswered().filter(expires_at__gt=at)

    def accepted(self):
        return self.filter(status=InvitationStatus.ACCEPTED)


class SessionQuerySet(QuerySet):
    def visible_to(self, user):
        """One's own: nobody sees from where others work."""
        return self.of(user)

    def of(self, person):
        """Where somebody is signed in, the last used first; a visitor, who is nobody, nowhere."""
        return self.filter(person__in=[person.pk], expire_date__gt=the_moment()).order_by("-seen_at")

    def over(self, at):
        return self.filter(expire_date__lte=at)


class TokenQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(person=user.pk)

    def in_use(self):
        return self.filter(status__in=TokenPhase.IN_USE).order_by("-made_at")


class IdentityQuerySet(QuerySet):
    def visible_to(self, user):
        """One's own; administrators see everybody's."""
        return self.filter(seen_by(user, {is_a_person: Q(person=user.pk), is_admin: EVERYTHING}))

    def connected(self):
        return self.filter(status__in=IdentityPhase.CONNECTED)

    def of(self, person):
        """The one with which this person signs in by the provider of now; none of a provider of before."""
        return self.connected().filter(person=person.pk, issuer=settings.OIDC_ISSUER)

    def showing(self, issuer, subject):
        return self.filter(issuer=issuer, subject=subject)


class AddressChangeQuerySet(QuerySet):
    def visible_to(self, user):
        """One's own; administrators see everybody's."""
        return self.filter(seen_by(user, {is_a_person: Q(person=user.pk), is_admin: EVERYTHING}))

    def open(self):
        return self.filter(status__in=AddressChangePhase.OPEN)

    def waiting_for_a_second(self, user):
        """What an administrator has asked for and this one, another, has not agreed to yet."""
        if not is_admin(user):
            return self.none()
        waiting = self.open().filter(agreed_at=None, expires_at__gt=the_moment())
        return waiting.exclude(asked_by=F("person")).exclude(asked_by=user.pk).exclude(person=user.pk)

    def behind(self, secret_hash):
        """The one whose link, of the old or of the new mailbox, holds this secret."""
        return self.filter(Q(old_hash=secret_hash) | Q(new_hash=secret_hash))
