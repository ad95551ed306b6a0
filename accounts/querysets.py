from django.contrib.auth.base_user import BaseUserManager
from django.db.models import Exists, Func, OuterRef, Q, QuerySet, TextField, Value

from accounts.roles import (
    EVERYTHING,
    is_a_person,
    is_admin,
    is_applicant,
    is_assessor,
    is_national_auditor,
    is_officer,
    is_system,
    seen_by,
    sees_everybody,
)
from accounts.states import InvitationPhase, MembershipPhase, OrganisationPhase, TokenPhase, UserPhase
from core.past import the_moment


class OneName(Func):
    """One spelling of a name: small letters, with single spaces for everything that is neither letter nor digit."""

    template = "trim(regexp_replace(lower(%(expressions)s), '[^[:alnum:]]+', ' ', 'g'))"
    output_field = TextField()


class OrganisationQuerySet(QuerySet):
    def select_for_update(self, *args, no_key=True, **kwargs):
        """Nobody changes an id, so rows that name a held organisation may be written meanwhile: no deadlock between
        a merge, which goes from the organisation to its applications, and an edit, which comes from there."""
        return super().select_for_update(*args, no_key=no_key, **kwargs)

    def visible_to(self, user):
        """Applicants see their own, national auditors their Member State's, the Commission's people all."""
        return self.filter(seen_by(user, {
            is_applicant: Q(pk__in=user.organisation_ids),
            is_national_auditor: Q(member_state__in=user.audited_states),
            sees_everybody: EVERYTHING,
        }))  # fmt: skip

    def registered(self):
        return self.filter(status__in=OrganisationPhase.REGISTERED)

    def same_as(self, organisation):
        """The others in its Member State with one of its numbers, each in its one spelling."""
        same = Q(pk__in=[])
        for key in ("registration_key", "vat_key"):
            if getattr(organisation, key):
                same |= Q(**{key: getattr(organisation, key)})
        return self.registered().filter(same, member_state=organisation.member_state).exclude(pk=organisation.pk)

    def called(self, name, member_state):
        """The registered one of this name, in either alphabet, whatever its case and punctuation; None for none."""
        wanted = OneName(Value(name))
        rows = self.registered().filter(member_state=member_state)
        rows = rows.annotate(own=OneName("name"), latin=OneName("latin_name")).filter(Q(own=wanted) | Q(latin=wanted))
        return rows.order_by("shares_identity", "name").first() if name.strip() else None

    def named(self, pk):
        """The one that was chosen by this id, or the one into which it was merged since; None for none."""
        row = self.filter(pk=pk).first()
        while row and row.merged_into_id:
            row = self.get(pk=row.merged_into_id)
        return row

    def numbered(self, keys, member_state):
        """The registered one that has one of these numbers, in their one spelling, in this Member State."""
        same = Q(registration_key__in=keys) | Q(vat_key__in=keys)
        rows = self.registered().filter(same, member_state=member_state)
        return rows.order_by("shares_identity", "name").first() if keys else None

    def to_be_named_by(self, user):
        """Whom somebody who prepares an application may name as a partner: every registered one, by its name, numbers
        and Member State, which are public; what else stands there, and who its people are, is not shown."""
        return self.registered() if is_applicant(user) else self.none()

    def waiting_to_be_merged(self):
        return self.registered().filter(shares_identity=True)


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
