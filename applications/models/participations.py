"""A partner's own people in the proposal of another organisation: asked by it, and answering for theirs."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from applications.models.consortium import ParticipationQuerySet
from applications.models.proposal import Application, OfApplication
from applications.states import STANDING, ParticipationPhase, ParticipationStatus
from audit.history import versioned
from core.rows import Stamped


@versioned()
class Participation(Stamped, OfApplication):
    """One partner asked to take part by its own people, and their answer. `row` is the id of the partner's row, which
    may go and come back; `organisation` who was asked, and follows merges. `mandate` is the sentence that was ticked,
    `because` why it was left."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="participations")
    row = models.UUIDField(editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="participations"
    )
    status = models.CharField(_("status"), max_length=10, choices=ParticipationStatus)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(_("invited"))
    mandate = models.TextField(_("mandate"), blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    because = models.TextField(_("reason"), blank=True)

    objects = ParticipationQuerySet.as_manager()
    is_watched = property(lambda self: self.application.is_watched)

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "row"],
                condition=models.Q(status__in=[*STANDING]),
                name="a_partner_takes_part_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=[*ParticipationPhase.TAKING_PART])
                | ~models.Q(mandate="") & models.Q(answered_at__isnull=False, answered_by__isnull=False),
                name="who_takes_part_has_a_mandate_with_name_and_time",
            ),
        ]

    def __str__(self):
        return f"{_('participation')} · {self.organisation}" if self.organisation_id else str(_("participation"))

    def get_absolute_url(self):
        return reverse("participation", args=[self.pk])
