"""Standing orders: what is saved shortly before the closing time is submitted by the clock."""

from datetime import timedelta

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models.proposal import Application, OfApplication, Receipt
from applications.querysets import OrderQuerySet
from applications.states import OrderPhase, OrderStatus
from audit.history import versioned
from core.rows import Stamped

FIRST, LAST = timedelta(minutes=3), timedelta(seconds=5)  # before the closing time


def first_try(call):
    """Early enough for all of them, by however busy a machine."""
    return call.closes_at - FIRST


def last_try(call):
    """For whoever edits until the end: what was saved after the first try."""
    return call.closes_at - LAST


@versioned()
class StandingOrder(Stamped, OfApplication):
    """“Submit what is saved when the call closes.” Carried out in the name of whoever gave it, and only while that
    person may submit. `reason` says in words why nothing was submitted, or why later edits were not."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="standing_orders")
    status = models.CharField(_("status"), max_length=10, choices=OrderStatus)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given"))
    tried_at = models.DateTimeField(_("tried"), null=True)
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.TextField(_("reason"), blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(status__in=[*OrderPhase.STANDING]),
                name="one_standing_order_of_an_application",
            ),
            models.CheckConstraint(
                condition=models.Q(receipt__isnull=False) | ~models.Q(status__in=[*OrderPhase.CARRIED_OUT]),
                name="an_order_that_was_carried_out_has_its_receipt",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason="") | ~models.Q(status__in=[*OrderPhase.FAILED]),
                name="an_order_that_failed_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.application} – {_('standing order')}"

    def get_absolute_url(self):
        return reverse("standing_order", args=[self.application_id])
