"""Who has which part of a proposal, and until when: help for those who write it, never a permission."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models.participations import Participation
from applications.models.proposal import Application, OfApplication
from applications.querysets.duties import DutyQuerySet
from applications.states import DutyStatus
from audit.history import versioned
from core.rows import Stamped

LONGEST_LINE = 300


@versioned(exclude=["line"])  # the trail is read by others than its readers
class Duty(Stamped, OfApplication):
    """A part of an application, or a partner's own part of it (`participation`), given to one person until a day.

    One row for each part, once it was given: it is handed on, taken back and given again, and its stamp counts that.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="duties")
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="duties", null=True)
    part = models.CharField(max_length=30)
    status = models.CharField(_("status"), max_length=10, choices=DutyStatus)
    person = models.ForeignKey(User, verbose_name=_("given to"), on_delete=models.PROTECT, related_name="duties")
    due_on = models.DateField(_("until"))
    line = models.CharField(_("what is wanted"), max_length=LONGEST_LINE, blank=True)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    is_watched = False  # the office reads none, so the access log has nothing to keep
    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "part", "participation"], nulls_distinct=False, name="a_part_is_given_once"
            ),
        ]

    def __str__(self):
        return f"{self.application} · {self.part}"

    @property
    def organisation(self):
        """Whose people may have it."""
        return self.participation.organisation if self.participation_id else self.application.applicant

    def is_over(self, today):
        return today > self.due_on
