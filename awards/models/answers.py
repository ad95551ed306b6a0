"""What applicants answer to a letter."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models import Application, OfApplication
from audit.history import versioned
from awards.models.outcomes import DecisionLine, Letter
from awards.querysets import OfferQuerySet, RedressQuerySet
from awards.states import OfferStatus, RedressStatus
from core.rows import Stamped
from programmes.models import Round


@versioned()
class Offer(Stamped, OfApplication):
    """An award taken up from the reserve list: its applicant accepts or declines it until the end of `answer_by`."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="offers")
    line = models.OneToOneField(DecisionLine, on_delete=models.PROTECT, related_name="offer")
    status = models.CharField(_("status"), max_length=10, choices=OfferStatus)
    answer_by = models.DateField(_("to be answered by"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    said = models.TextField(_("why it was declined"), blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status__in=["ACCEPTED", "DECLINED"])
                | models.Q(answered_at__isnull=False, answered_by__isnull=False),
                name="an_answered_offer_says_by_whom_and_when",
            )
        ]

    def __str__(self):
        return f"{self.application} · {_('offer from the reserve list')}"

    def get_absolute_url(self):
        return (
            self.line.decision.letters.filter(application=self.application_id).latest("written_at").get_absolute_url()
        )


@versioned()
class Redress(Stamped, OfApplication):
    """A request for review of what a letter tells (FR Art. 133): about the procedure, never about the merits.

    `round` is the one it opened, where it was upheld for an application that was evaluated.
    """

    class Ground(models.TextChoices):
        PROCEDURE = "PROCEDURE", _("the procedure was not followed")
        FACTS = "FACTS", _("an error of fact, or a manifest error of assessment")
        POWERS = "POWERS", _("a misuse of powers")
        INCOHERENCE = "INCOHERENCE", _("scores and comments do not fit together")
        REASONS = "REASONS", _("reasons are missing or insufficient")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="redresses")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="redresses")
    status = models.CharField(_("status"), max_length=10, choices=RedressStatus)
    ground = models.CharField(_("ground"), max_length=12, choices=Ground)
    text = models.TextField(_("what is contested, and why"), max_length=8000)
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField(_("filed"))
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="redresses", null=True)

    objects = RedressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["letter"], condition=~models.Q(status="TAKEN_BACK"), name="a_letter_is_contested_once"
            ),
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(status="FILED"), name="one_redress_at_a_time"
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["UPHELD", "CONFIRMED"])
                | (models.Q(answered_by__isnull=False, answered_at__isnull=False) & ~models.Q(answer="")),
                name="an_answered_redress_says_by_whom_when_and_why",
            ),
        ]
        indexes = [models.Index(fields=["-filed_at", "-id"], name="redress_by_time")]

    def __str__(self):
        return f"{self.application} · {_('request for review')}"

    def get_absolute_url(self):
        return reverse("redress", args=[self.pk])
