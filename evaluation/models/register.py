"""What evaluators say of themselves: what they know, what they read, how much they take on, when they are away."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.history import versioned
from core.rows import Row, Stamped
from evaluation.querysets import RegisterEntryQuerySet
from evaluation.states import EntryStatus


@versioned()
class RegisterEntry(Stamped, Row):
    """One person's place in the register of evaluators; organisation, entity and Member State are the person's own.

    `actions`: action types of the funds, each as “fund:code”; `languages`: ISO 639-1; `most`: assessments in one call,
    None for no limit; `absences`: first and last day of each as an ISO 8601 interval, “2026-12-20/2027-01-06”.
    """

    person = models.OneToOneField(User, on_delete=models.PROTECT, related_name="register_entry")
    status = models.CharField(_("status"), max_length=10, choices=EntryStatus)
    keywords = ArrayField(models.CharField(max_length=60), verbose_name=_("keywords"), default=list, blank=True)
    actions = ArrayField(models.CharField(max_length=70), verbose_name=_("action types"), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=2), verbose_name=_("languages"), default=list, blank=True)
    most = models.PositiveSmallIntegerField(
        _("assessments in one call, at most"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    absences = ArrayField(models.CharField(max_length=21), verbose_name=_("absences"), default=list, blank=True)
    kept_at = models.DateTimeField()  # said last

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["actions"], name="evaluators_by_action_type"),
            GinIndex(fields=["languages"], name="evaluators_by_language"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(most=None) | models.Q(most__gte=1), name="who_is_in_the_register_takes_at_least_one"
            )
        ]

    def __str__(self):
        return str(_("Register of evaluators: %(person)s") % {"person": self.person})

    def get_absolute_url(self):
        return reverse("register_entry", args=[self.pk])
