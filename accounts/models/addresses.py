"""Changes of the e-mail address with which somebody signs in: asked for, agreed to, confirmed, done."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.querysets import AddressChangeQuerySet
from accounts.states import AddressChangePhase, AddressChangeStatus
from audit.history import versioned
from core.rows import Row, Stamped


@versioned(exclude=["old_hash", "new_hash"])
class AddressChange(Stamped, Row):
    """One wish for another address: two must say yes in time, and each of them may stop it.

    The old mailbox agrees – or, where an administrator asked because that one is gone, a second administrator – and the
    new mailbox confirms. Of the secrets in their links only the hashes are kept.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="address_changes")
    former = models.EmailField(_("present address"))
    address = models.EmailField(_("new address"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"), max_length=1000, blank=True)  # why the old mailbox is not asked
    asked_at = models.DateTimeField(_("asked for"))
    expires_at = models.DateTimeField(_("until"))
    agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=AddressChangeStatus)
    old_hash = models.CharField(max_length=64, unique=True)
    new_hash = models.CharField(max_length=64, unique=True)

    objects = AddressChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(status__in=AddressChangePhase.OPEN),
                name="one_open_change_of_address_for_a_person",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=AddressChangeStatus.DONE)
                | models.Q(agreed_at__isnull=False, confirmed_at__isnull=False),
                name="an_address_changes_when_both_have_said_yes",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.former} → {self.address}"

    def get_absolute_url(self):
        return reverse("address_change", args=[self.pk])

    @property
    def is_asked_by_its_person(self):
        return self.asked_by_id == self.person_id

    @property
    def has_both_words(self):
        return self.agreed_at is not None and self.confirmed_at is not None

    @property
    def chain(self):
        return self.person.chain

    def audit_scope(self):
        return self.person.audit_scope()
