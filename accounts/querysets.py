from django.contrib.auth.base_user import BaseUserManager
from django.db.models import Q, QuerySet

from accounts.roles import (
    EVERYTHING,
    is_a_person,
    is_applicant,
    is_national_auditor,
    is_system,
    seen_by,
    sees_everybody,
)
from accounts.states import InvitationPhase


class OrganisationQuerySet(QuerySet):
    def visible_to(self, user):
        """Applicants see their own, national auditors their Member State's, the Commission's people all."""
        return self.filter(seen_by(user, {
            is_applicant: Q(pk__in=user.organisation_ids),
            is_national_auditor: Q(member_state__in=user.audited_states),
            sees_everybody: EVERYTHING,
        }))  # fmt: skip


class UserQuerySet(QuerySet):
    def visible_to(self, user):
        """Applicants see their colleagues, the Commission's people, auditors and administrators everybody."""
        return self.filter(seen_by(user, {
            is_applicant: Q(organisation__in=user.organisation_ids),
            sees_everybody: EVERYTHING,
        }))  # fmt: skip

    def active(self):
        return self.filter(is_active=True)

    def of(self, *groups):
        """The people in one of these groups, by name."""
        roles = frozenset().union(*(one.roles for one in groups))
        return self.active().filter(role__in=roles).order_by("name")

    def speaking_for(self, organisation):
        """Those who prepare its applications and get its mails."""
        return self.of(is_applicant).filter(organisation=organisation).order_by("email")

    def people(self):
        return self.filter(role__in=is_a_person.roles)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def clock(self):
        """The system user: the clock acting instead of a person. Made by a migration."""
        return self.get(role__in=is_system.roles)


class InvitationQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(seen_by(user, {is_applicant: Q(organisation__in=user.organisation_ids)}))

    def unanswered(self):
        return self.filter(status__in=InvitationPhase.OPEN)

    def open(self, at):
        return self.unanswered().filter(expires_at__gt=at)
