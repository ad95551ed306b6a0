"""People asked to join: a colleague by an authority, somebody with another role by an account administrator."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Organisation
from accounts.models.people import User
from accounts.querysets import InvitationQuerySet
from accounts.roles import every_role, is_applicant
from accounts.states import InvitationStatus
from audit.history import versioned
from core.rows import Row, Stamped


@versioned(exclude=["secret_hash"])
class Invitation(Stamped, Row):
    """Somebody asked to join as what the row says; only the hash of the secret in the mail is kept.

    A colleague has an organisation; whoever is appointed has none, but an entity or a Member State.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=every_role)
    entity = models.CharField(_("organisational entity"), max_length=60, blank=True)
    member_state = models.CharField(_("Member State"), max_length=2, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=InvitationStatus)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    secret_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField(_("valid until"))

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(role__in=is_applicant.roles) ^ models.Q(organisation__isnull=False),
                name="colleagues_are_invited_by_an_organisation",
            )
        ]  # fmt: skip

    def __str__(self):
        return self.email

    def get_absolute_url(self):
        return reverse("accounts")

    def audit_scope(self):
        return {"member_state": self.organisation.member_state if self.organisation else self.member_state}
