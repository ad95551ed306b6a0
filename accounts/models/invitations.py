"""Colleagues asked to join."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Organisation
from accounts.models.people import User
from accounts.querysets import InvitationQuerySet
from accounts.states import InvitationStatus
from audit.history import versioned
from core.rows import Row, Stamped


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
