"""Who somebody is."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.member_states import MEMBER_STATES, by_name
from accounts.querysets import InvitationQuerySet, OrganisationQuerySet, UserManager
from accounts.roles import GROUPS, Role, is_applicant, is_national_auditor
from accounts.states import InvitationStatus
from audit.history import versioned
from core.rows import Row, Stamped


@versioned()
class Organisation(Row):
    """An authority or body that applies; its name in the original alphabet, and in Latin letters when they differ."""

    class Kind(models.TextChoices):
        STATE = "STATE", _("State or federal authority")
        LOCAL = "LOCAL", _("local public body")
        LAW_ENFORCEMENT = "LAW", _("law-enforcement authority")
        RESEARCH = "RESEARCH", _("education or research organisation")
        NGO = "NGO", _("non-governmental organisation")
        INTERNATIONAL = "INT", _("international public organisation")
        COMPANY = "COMPANY", _("company")

    name = models.CharField(_("official name"), max_length=250)
    latin_name = models.CharField(_("name in Latin letters"), max_length=250, blank=True)
    member_state = models.CharField(_("Member State"), max_length=2, choices=by_name)
    kind = models.CharField(_("kind of organisation"), max_length=10, choices=Kind)
    registration_number = models.CharField(_("registration number"), max_length=60, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=60, blank=True)
    address = models.TextField(_("registered address"), max_length=500)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), "member_state", name="an_organisation_registers_once_in_a_state")
        ]

    def __str__(self):
        return self.name

    def audit_scope(self):
        return {"member_state": self.member_state}

    def get_member_state_display(self):
        """Django's own would sort and hash every Member State for each row of a list."""
        return MEMBER_STATES[self.member_state]


@versioned(exclude=["password", "last_login"])
class User(AbstractBaseUser, Row):
    """A person. `entity` is the organisational entity (unit) of somebody at the Commission, e.g. “HOME.D.1”."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    role = models.CharField(_("role"), max_length=12, choices=Role)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="users",
    )  # fmt: skip
    member_state = models.CharField(_("Member State"), max_length=2, blank=True)
    entity = models.CharField(_("organisational entity"), max_length=60, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "role"]

    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="an_email_belongs_to_one_person"),
            models.CheckConstraint(
                condition=~models.Q(role="APPLICANT") | models.Q(organisation__isnull=False),
                name="an_applicant_belongs_to_an_organisation",
            ),
            models.CheckConstraint(
                condition=~models.Q(role="NAT_AUDITOR") | ~models.Q(member_state=""),
                name="a_national_auditor_has_a_member_state",
            ),
        ]

    def __str__(self):
        return self.name

    def audit_scope(self):
        return {"member_state": self.state}

    @property
    def roles(self):
        """The roles in force; a closed account has none."""
        return frozenset([self.role]) if self.is_active else frozenset()

    def belongs_to(self, name):
        """Whether this person is in the group of this name: for the floors below, which cannot import the groups."""
        return GROUPS[name](self)

    @property
    def organisation_ids(self):
        """The organisations this person prepares applications for."""
        return frozenset([self.organisation_id]) if is_applicant(self) else frozenset()

    @property
    def audited_states(self):
        """The Member States whose applications this person audits."""
        return frozenset([self.member_state]) if is_national_auditor(self) else frozenset()

    @property
    def role_label(self):
        return self.get_role_display()

    @property
    def state(self):
        """The Member State the person speaks or works for; empty for the Commission."""
        return self.organisation.member_state if self.organisation_id else self.member_state


@versioned(exclude=["secret_hash"])
class Invitation(Stamped, Row):
    """A colleague asked to join an organisation; only the hash of the secret in the mail is kept."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    status = models.CharField(_("status"), max_length=10, choices=InvitationStatus)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    secret_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField(_("valid until"))

    objects = InvitationQuerySet.as_manager()

    def __str__(self):
        return self.email

    def get_absolute_url(self):
        return reverse("accounts")

    def audit_scope(self):
        return {"member_state": self.organisation.member_state}


def display_name(user):
    return user.name
