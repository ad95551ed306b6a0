"""People: one account each, whatever roles they have had."""

from functools import cached_property

import pgtrigger
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Value
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Organisation
from accounts.models.standing import FROM_MEMBERSHIPS, places_in_force
from accounts.querysets import UserManager
from accounts.roles import GROUPS, Role, is_applicant, is_appointed, is_national_auditor, needs_second_factor
from accounts.states import UserPhase, UserStatus
from audit.history import versioned
from core.rows import Row, Stamped
from core.spelling import InOrder, by_words


@versioned(exclude=["password", "last_login"])
class User(AbstractBaseUser, Stamped, Row):
    """A person. What it may do comes from its memberships in force; `standing` is the database's own note of them.

    `mails`: how the person wants to be told that something waits, {kind of notice: pace}, as far as it chose.
    `language`: the code of the one it chose for pages and mails; empty: as its browser asks, and mails in English.
    """

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    status = models.CharField(_("account"), max_length=10, choices=UserStatus, default=UserStatus.OPEN)
    standing = models.JSONField(default=list, editable=False)
    mails = models.JSONField(_("mails"), default=dict, db_default=Value({}, models.JSONField()), editable=False)

    language = models.CharField(_("language"), max_length=8, blank=True, default="", db_default="", editable=False)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="an_email_belongs_to_one_person")]
        indexes = [
            models.Index(InOrder("name"), "id", name="people_by_name"),
            GinIndex(by_words("name"), by_words("email"), name="people_by_words"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="standing", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update,
                func=FROM_MEMBERSHIPS,
            )
        ]  # fmt: skip

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("person", args=[self.pk])

    def audit_scope(self):
        return {"member_state": self.state}

    @property
    def is_active(self):
        """Asked by whatever signs people in; the rights of a closed account are gone with its places."""
        return self.stands_in(UserPhase.OPEN)

    @property
    def needs_second_factor(self):
        """An installation for development, with printed passwords, asks nobody."""
        return settings.SECOND_FACTOR_REQUIRED and needs_second_factor(self)

    @property
    def owes_second_factor(self):
        return self.needs_second_factor and not self.authenticator_set.exists()

    @cached_property
    def places(self):
        """The memberships in force as of the moment this row was first asked; a closed account has none."""
        return places_in_force(self.standing or [], timezone.now()) if self.is_active else []

    @cached_property
    def roles(self):
        return frozenset(one.role for one in self.places)

    @cached_property
    def organisation_ids(self):
        """The organisations this person prepares applications for."""
        return frozenset(one.organisation_id for one in self.places if one.role in is_applicant.roles)

    @cached_property
    def organisation(self):
        """The organisation this person speaks for, or works at; None for the Commission's people."""
        ids = [one.organisation_id for one in self.places if one.organisation_id]
        return Organisation.objects.get(pk=ids[0]) if ids else None

    def refresh_from_db(self, *args, **kwargs):
        super().refresh_from_db(*args, **kwargs)
        self.ask_again()

    def ask_again(self):
        """Forget what the person was when the row was last asked."""
        for name in ("places", "roles", "organisation_ids", "organisation"):
            self.__dict__.pop(name, None)

    @property
    def role(self):
        """The one word for a record of the trail and a list: the first in the order of the enum; empty for nobody."""
        return next((one for one in Role if one in self.roles), "")

    @property
    def role_label(self):
        return ", ".join(str(one.label) for one in Role if one in self.roles)

    def belongs_to(self, name):
        """Whether this person is in the group of this name: for the floors below, which cannot import the groups."""
        return GROUPS[name](self)

    def knows_as(self, record):
        """Who did what a record tells, for this reader: an applicant deals with the office and reads no official's
        name."""
        is_official = record.actor_role in is_appointed.roles
        return _("The programme office") if is_official and is_applicant(self) else record.actor_name

    @property
    def audited_states(self):
        """The Member States whose applications this person audits."""
        return frozenset(one.state for one in self.places if one.role in is_national_auditor.roles)

    @property
    def states(self):
        """The Member States the person speaks or works for; none for the Commission."""
        return frozenset(one.state for one in self.places if one.state)

    @property
    def state(self):
        return min(self.states, default="")

    @property
    def entity(self):
        """The organisational entity of somebody at the Commission; empty for everybody else."""
        return next((one.entity for one in self.places if one.entity), "")

    @property
    def organisation_name(self):
        return next((one.organisation for one in self.places if one.organisation), "")


def display_name(user):
    return user.name
