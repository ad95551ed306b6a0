"""Which organisations somebody sees, and which is meant by a name or a number."""

from django.db.models import Func, Q, QuerySet, TextField, Value

from accounts.roles import EVERYTHING, is_applicant, is_national_auditor, seen_by, sees_everybody
from accounts.states import OrganisationPhase


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
