"""What applicants answer to a letter."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models import Application, OfApplication
from audit.history import versioned
from awards.models.outcomes import DecisionLine
from awards.querysets import OfferQuerySet
from awards.states import OfferStatus
from core.rows import Stamped


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
