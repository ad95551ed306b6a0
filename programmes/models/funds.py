"""The fund with its objectives, actions and allocations."""

from decimal import Decimal

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.history import versioned
from core.rows import Row
from programmes.querysets import FundQuerySet

MONEY = {"max_digits": 14, "decimal_places": 2}
POINTS = {"max_digits": 6, "decimal_places": 2}
PERCENT = {"max_digits": 5, "decimal_places": 2}


@versioned()
class Fund(Row):
    """One fund of one period, loaded from `programmes/data/<code>.toml`. What only its page shows stays in `sheet`.

    `rates`, `retention`, `legal` hold what letters, checks and reports print: rates in per cent, legal references
    by subject (e.g. `legal["redress"]`), as the file says them.
    """

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=40)
    period = models.CharField(_("period"), max_length=20)
    is_closed = models.BooleanField(_("closed"))
    general_objective = models.TextField(_("general objective"))
    envelope = models.DecimalField(_("envelope (EUR)"), **MONEY)
    rates = models.JSONField(default=dict)
    retention = models.JSONField(default=dict)
    legal = models.JSONField(default=dict)
    sheet = models.JSONField(default=dict)

    objects = FundQuerySet.as_manager()

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("fund", args=[self.code])

    def default(self, name, otherwise):
        """What the fund's file says for its Union actions, e.g. `audit_report_above` (EUR), as a Decimal."""
        return Decimal(str(self.sheet.get("union_action_defaults", {}).get(name, otherwise)))


@versioned()
class Passage(Row):
    """A numbered text of the fund's own law: an objective, an action type, a priority, an indicator."""

    class Kind(models.TextChoices):
        SPECIFIC_OBJECTIVE = "SO", _("specific objective")
        OPERATIONAL_OBJECTIVE = "OO", _("operational objective")
        ACTION_TYPE = "ACTION", _("action type")
        UNION_ACTION = "UNION", _("kind of Union action")
        THIRD_COUNTRY_ACTION = "THIRD", _("action in relation to third countries")
        PRIORITY = "PRIORITY", _("strategic Union priority")
        INDICATOR = "INDICATOR", _("common indicator")

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="passages")
    kind = models.CharField(max_length=10, choices=Kind)
    code = models.CharField(max_length=10)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    source = models.CharField(max_length=120, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["fund", "kind", "order"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "kind", "code"], name="a_passage_has_one_code_in_a_fund")
        ]

    def __str__(self):
        return f"({self.code}) {self.title or self.text}"


@versioned()
class Allocation(Row):
    """A participating Member State: its amount in euro and, where the law gives a key, the raw inputs."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="allocations")
    member_state = models.CharField(max_length=2)
    amount = models.DecimalField(null=True, **MONEY)
    inputs = models.JSONField(default=dict)

    class Meta:
        ordering = ["member_state"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "member_state"], name="one_allocation_for_a_member_state")
        ]

    def __str__(self):
        return f"{self.fund.short_name} {self.member_state}"
