"""Tokens of programs, as this house remembers them: the library's own row is gone with the token."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.querysets import TokenQuerySet
from accounts.states import TokenStatus
from audit.history import versioned
from core.rows import Row, Stamped


@versioned(exclude=["digest", "used_at"])
class Token(Stamped, Row):
    """A token that was made: the first letters of its text, and the digest by which the library finds it."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    start = models.CharField(_("begins with"), max_length=30)
    digest = models.CharField(max_length=128, unique=True)
    made_at = models.DateTimeField(_("made"))
    name = models.CharField(_("name"), max_length=60, blank=True)
    reads_only = models.BooleanField(_("reads only"), default=False)
    expires_at = models.DateTimeField(_("valid until"), null=True, blank=True)  # None: made before tokens ended
    used_at = models.DateTimeField(_("last used"), null=True, blank=True)  # to the hour
    status = models.CharField(_("status"), max_length=10, choices=TokenStatus)

    objects = TokenQuerySet.as_manager()

    def __str__(self):
        return f"{self.start}…"

    @property
    def chain(self):
        return self.person.chain

    def audit_scope(self):
        return self.person.audit_scope()
