"""The base of every business row."""

from uuid import uuid4

from django.db import models


class Row(models.Model):
    """A row with a public id that cannot be counted through, and its place in the audit trail."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        abstract = True

    @property
    def chain(self):
        """The chain of audit records this row's acts belong to; children name their parent's."""
        return f"{self._meta.model_name}:{self.pk}"

    def audit_scope(self):
        """Whose records these are: {kind: id}, for the kinds that apply."""
        return {}
