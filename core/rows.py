"""The base of every business row."""

from uuid import uuid4

from django.db import models


class Row(models.Model):
    """A row with a public id that cannot be counted through, and its place in the audit trail."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    kept = {}  # what was saved last through this very object
    changing = None  # the columns that change after the row was put in, where not all may
    unrecorded = frozenset()  # columns that no record of the trail tells of
    is_watched = False  # whether the access log notes who is shown this row

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self.kept = {field.attname: field.value_from_object(self) for field in self._meta.concrete_fields}

    @property
    def chain(self):
        """The chain of audit records this row's acts belong to; children name their parent's."""
        return f"{self._meta.model_name}:{self.pk}"

    def stands_in(self, group):
        """Whether its status is one of a named group: a phase, or several, from the app's `states.py`."""
        return self.status in group

    def audit_scope(self):
        """Whose records these are: {kind: id}, for the kinds that apply."""
        return {}


class Stamped(models.Model):
    """A row with a life. `stamp` counts its changes: whoever acts on an older one than it has now is told so."""

    stamp = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
