"""What people did to an application answer by answer: each save, and the changes that wait to be decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models.proposal import Application, OfApplication
from applications.querysets import WorkQuerySet
from audit.history import versioned


@versioned()
class Saving(OfApplication):
    """One save of one person in one part; `changed`: {answer: [before, after]}, a long `after` by its hash.

    The id is made of the sender's key: the same save, sent again because its answer was lost, is the same row.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="savings")
    part = models.CharField(max_length=30)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    changed = models.JSONField()
    undone_at = models.DateTimeField(null=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["application", "part", "-at"], name="savings_of_a_part")]

    def __str__(self):
        return f"{self.application} · {self.part}"


@versioned()
class KeptChange(OfApplication):
    """A change that did not fit what stood when it came: kept with who and when, and shown until somebody decides.

    `name` of the answer as in a form; `row_name`: what the row was called, if it was gone; `against`: what stood.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="kept_changes")
    part = models.CharField(max_length=30)
    name = models.CharField(_("answer"), max_length=80)
    row_name = models.CharField(max_length=250, blank=True)
    value = models.JSONField()
    against = models.JSONField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering = ["at"]

    def __str__(self):
        return f"{self.application} · {self.part} · {self.name}"
