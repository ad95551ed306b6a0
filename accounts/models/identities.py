"""Who somebody is at the provider of OpenID Connect: an account of theirs there, tied to the one here."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.querysets import IdentityQuerySet
from accounts.states import IdentityPhase, IdentityStatus
from audit.history import versioned
from core.rows import Row, Stamped


@versioned()
class Identity(Stamped, Row):
    """Tied by its person's own act, never because an address is the same: a provider may let people choose theirs.

    What tells people apart there is the pair of issuer and subject, and nothing else is kept of them.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="identities")
    issuer = models.CharField(_("provider"), max_length=255)
    subject = models.CharField(_("identity there"), max_length=255)
    connected_at = models.DateTimeField(_("connected"))
    status = models.CharField(_("status"), max_length=12, choices=IdentityStatus)

    objects = IdentityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], condition=models.Q(status__in=IdentityPhase.CONNECTED),
                name="an_identity_is_one_person",
            ),
            models.UniqueConstraint(
                fields=["person", "issuer"], condition=models.Q(status__in=IdentityPhase.CONNECTED),
                name="a_person_has_one_identity_with_a_provider",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{settings.OIDC_NAME}: {self.subject}"

    def get_absolute_url(self):
        return reverse("identity")

    @property
    def chain(self):
        return self.person.chain

    def audit_scope(self):
        return self.person.audit_scope()
