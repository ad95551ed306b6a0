"""What binds a person to a role, and to the organisation or Member State the role is for."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Organisation
from accounts.models.people import User
from accounts.models.standing import TELL_THE_PERSON
from accounts.querysets import MembershipQuerySet
from accounts.roles import every_role, is_applicant, is_national_auditor
from accounts.states import MembershipStatus
from audit.history import versioned
from core.rows import Row, Stamped

GRANTED = models.Q(status=MembershipStatus.GRANTED)


@versioned()
class Membership(Stamped, Row):
    """One role of one person, from a moment and perhaps until one.

    `organisation`: whom an applicant speaks for, or where an evaluator works; none for the Commission's people.
    `entity` is the organisational entity (unit) of somebody at the Commission, e.g. “HOME.D.1”; `on_behalf_of` the
    person somebody acts for.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=every_role)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="memberships",
    )  # fmt: skip
    member_state = models.CharField(_("Member State"), max_length=2, blank=True)
    entity = models.CharField(_("organisational entity"), max_length=60, blank=True)
    on_behalf_of = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_at = models.DateTimeField(_("from"))
    until_at = models.DateTimeField(_("until"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=MembershipStatus)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["role"], name="memberships_of_a_role")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(role__in=is_applicant.roles) | models.Q(organisation__isnull=False),
                name="an_applicant_belongs_to_an_organisation",
            ),
            models.CheckConstraint(
                condition=~models.Q(role__in=is_national_auditor.roles) | ~models.Q(member_state=""),
                name="a_national_auditor_has_a_member_state",
            ),
            models.CheckConstraint(
                condition=models.Q(until_at=None) | models.Q(until_at__gte=models.F("from_at")),
                name="a_membership_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=MembershipStatus.ENDED) | models.Q(until_at__isnull=False),
                name="an_ended_membership_says_when",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "organisation", "member_state", "on_behalf_of"], condition=GRANTED,
                nulls_distinct=False, name="a_person_has_a_role_once_at_a_time",
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Trigger(
                name="tell_the_person", when=pgtrigger.After, func=TELL_THE_PERSON,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.person}: {self.words}"

    @property
    def words(self):
        """“programme officer, HOME.E.1”."""
        place = self.organisation or self.entity or self.member_state
        return f"{self.get_role_display()}, {place}" if place else str(self.get_role_display())

    def get_absolute_url(self):
        return self.person.get_absolute_url()

    @property
    def chain(self):
        return self.person.chain

    def audit_scope(self):
        return {"member_state": self.organisation.member_state if self.organisation else self.member_state}
