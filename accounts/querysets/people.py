"""Whom somebody sees, and what each person is here."""

from django.contrib.auth.base_user import BaseUserManager
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.roles import (
    EVERYTHING,
    is_a_person,
    is_admin,
    is_applicant,
    is_assessor,
    is_officer,
    is_system,
    seen_by,
    sees_everybody,
)
from accounts.states import MembershipPhase, UserPhase
from core.past import the_moment


class MembershipQuerySet(QuerySet):
    def visible_to(self, user):
        """One's own and one's colleagues'; administrators and the Commission see everybody's."""
        return self.filter(seen_by(user, {
            is_a_person: Q(person=user.pk),
            is_applicant: Q(organisation__in=user.organisation_ids),
            sees_everybody: EVERYTHING,
        }))  # fmt: skip

    def granted(self):
        return self.filter(status__in=MembershipPhase.GRANTED)

    def over(self):
        return self.filter(status__in=MembershipPhase.OVER)

    def in_force(self):
        """Granted, begun, and not over: of open accounts only."""
        running = Q(until_at=None) | Q(until_at__gt=the_moment())
        return self.granted().filter(running, from_at__lte=the_moment(), person__status__in=UserPhase.OPEN)

    def of(self, *groups):
        return self.filter(role__in=frozenset().union(*(one.roles for one in groups)))

    def speaking_for(self, organisation):
        return self.in_force().of(is_applicant).filter(organisation=organisation)


class UserQuerySet(QuerySet):
    def visible_to(self, user):
        """Applicants see their colleagues, the Commission's people, auditors and administrators everybody."""
        return self.filter(seen_by(user, {
            is_applicant: self.with_a_place(organisation__in=user.organisation_ids),
            sees_everybody: EVERYTHING,
        }))  # fmt: skip

    def listed_for(self, user):
        """Whom the list of people shows: applicants their colleagues, administrators everybody, officers whom they may
        ask to assess; to others only themselves."""
        if (is_applicant | is_admin)(user):
            return self.visible_to(user)
        return self.of(is_assessor).order_by() if is_officer(user) else self.filter(pk=user.pk)

    def with_a_place(self, **where):
        """The condition that a membership of the person is like this, over or not."""
        return Q(Exists(self.memberships().filter(person=OuterRef("pk"), **where)))

    def memberships(self):
        return self.model._meta.get_field("memberships").related_model.objects.all()

    def of(self, *groups):
        """The people in one of these groups, by name."""
        return self.filter(Exists(self.memberships().in_force().of(*groups).filter(person=OuterRef("pk")))).order_by(
            "name"
        )

    def speaking_for(self, organisation):
        """Those who prepare its applications and get its mails."""
        speaking = self.memberships().speaking_for(organisation)
        return self.filter(Exists(speaking.filter(person=OuterRef("pk")))).order_by("email")

    def speaking_for_any(self, organisations):
        """Those of several organisations, by name."""
        speaking = self.memberships().in_force().of(is_applicant).filter(organisation__in=organisations)
        return self.filter(Exists(speaking.filter(person=OuterRef("pk")))).order_by("name")

    def people(self):
        """Everybody but the clock."""
        return self.filter(~self.with_a_place(role__in=is_system.roles))

    def open(self):
        return self.filter(status__in=UserPhase.OPEN)

    def asked_about(self, asked, group):
        """Whose turn it could be: the open accounts of the group; of them the one, where one is asked about."""
        people = self.open().of(group)
        return people.filter(pk=asked.person) if asked.person else people


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def clock(self):
        """The system user: the clock acting instead of a person. Made by a migration."""
        return self.get(memberships__role__in=is_system.roles)
