"""What an officer asks an applicant for by a day, and the one answer with documents: the columns of every such row."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models.proposal import OfApplication
from core.days import beginning_of
from core.rows import Row, Stamped


class Asked(Stamped, OfApplication):
    """`because`: why the day was moved last, or why it is not wanted any more."""

    text = models.TextField(_("question"), max_length=4000)
    due_on = models.DateField(_("to be answered by"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    because = models.TextField(_("reason"), blank=True)
    answer = models.TextField(_("answer"), max_length=10_000, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        abstract = True

    @property
    def until(self):
        """The end of its last day: what arrives then is too late."""
        return beginning_of(self.due_on + timedelta(days=1))


class AnswerFile(Row):
    """A document of an answer: no part of the proposal."""

    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size (bytes)"))
    sha256 = models.CharField(max_length=64)
    crc32 = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(_("pages"), null=True)
    path = models.CharField(max_length=200)

    class Meta:
        abstract = True
        ordering = ["name", "id"]

    def __str__(self):
        return self.name
