"""The committee's seats, and the ranked lists it signs."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models import Application, OfApplication
from audit.history import versioned
from core.rows import Row, Stamped
from evaluation.models.fields import TOTAL, stays_in_its_round
from evaluation.querysets import RankedEntryQuerySet, RankedListQuerySet, SeatQuerySet
from evaluation.states import RankedListStatus, SeatStatus
from programmes.models import MONEY, Call, Round


@versioned()
class Seat(Stamped, Row):
    """A member of a call's evaluation committee (FR Art. 150). `entity` as at the appointment.

    `under_authorising_officer`: whether the member is hierarchically under the authorising officer responsible.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="seats")
    member = models.ForeignKey(User, on_delete=models.PROTECT, related_name="seats")
    status = models.CharField(max_length=10, choices=SeatStatus)
    entity = models.CharField(_("organisational entity"), max_length=60)
    under_authorising_officer = models.BooleanField(_("under the authorising officer responsible"))
    appointed_at = models.DateTimeField()
    declared_at = models.DateTimeField(_("declared absence of conflict"), null=True)
    declaration = models.TextField(blank=True)
    declaration_version = models.CharField(max_length=20, blank=True)
    declared_for = ArrayField(models.UUIDField(), default=list)  # the applications the declaration names
    ended_reason = models.TextField(_("why it ended"), blank=True)
    signed_at = models.DateTimeField(null=True)
    signed_sha256 = models.CharField(max_length=64, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "member"], name="a_person_sits_once_on_a_committee")]

    def __str__(self):
        return f"{self.member} ({self.entity})"

    @property
    def chain(self):
        return self.call.chain

    def audit_scope(self):
        return self.call.audit_scope()

    def get_absolute_url(self):
        return reverse("committee", args=[self.call_id])


@versioned()
class RankedList(Stamped, Row):
    """The evaluation record with its ranked list, rows and all; `sha256` is over the canonical JSON of its entries.

    `format` says how that JSON was made: evaluation.ranking.SEALS knows each. In force is the last one signed.
    `open_ties` holds ids of applications whom nothing announced puts in an order, a list for each tie; `tie_decisions`
    what the committee decided about such in this round: {"order": ids, "reason", "by", "at"}.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="ranked_lists")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="ranked_lists")
    status = models.CharField(max_length=10, choices=RankedListStatus)
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    budget = models.DecimalField(**MONEY)
    sha256 = models.CharField(max_length=64)
    format = models.PositiveSmallIntegerField(default=1)
    open_ties = models.JSONField(default=list)
    tie_decisions = models.JSONField(default=list)
    signed_at = models.DateTimeField(null=True)
    questioned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    ended_reason = models.TextField(_("why it was set aside"), blank=True)

    is_watched = True  # it names proposals
    objects = RankedListQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round"],
                condition=~models.Q(status__in=["DISCARDED", "SET_ASIDE"]),
                name="a_round_has_one_ranked_list",
            )
        ]
        triggers = [stays_in_its_round()]

    def __str__(self):
        return f"{self.call} – {_('ranked list')}"

    def get_absolute_url(self):
        return reverse("ranked_list", args=[self.pk])

    @property
    def chain(self):
        return self.call.chain

    def audit_scope(self):
        return self.call.audit_scope()


@versioned()
class RankedEntry(OfApplication):
    """A place on the ranked list. Who fell below a threshold has no rank; `reason` names the announced criterion.

    `position` is the line of the list, `stage` says what kept it off the main list, `cumulative` is the money of the
    main list down to this line. In lists of format 1 everybody has a rank.
    """

    class Place(models.TextChoices):
        MAIN = "MAIN", _("main list")
        RESERVE = "RESERVE", _("reserve list")
        REJECTED = "REJECTED", _("rejected")

    class Stage(models.TextChoices):
        NONE = "", _("passed")
        THRESHOLD = "THRESHOLD", _("below a threshold")
        BUDGET = "BUDGET", _("budget exhausted")

    ranked_list = models.ForeignKey(RankedList, on_delete=models.CASCADE, related_name="entries")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField()
    rank = models.PositiveIntegerField(_("rank"), null=True)
    place = models.CharField(max_length=10, choices=Place)
    stage = models.CharField(max_length=10, choices=Stage, blank=True)
    total = models.DecimalField(**TOTAL)
    points = models.JSONField()
    tie_break = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    contribution = models.DecimalField(**MONEY)
    cumulative = models.DecimalField(**MONEY)

    objects = RankedEntryQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(fields=["ranked_list", key, "id"], name=f"places_by_{key}")
            for key in ("place", "total", "contribution", "cumulative")
        ]
        constraints = [
            models.UniqueConstraint(fields=["ranked_list", "application"], name="an_application_is_ranked_once"),
            models.UniqueConstraint(fields=["ranked_list", "position"], name="a_line_is_written_once"),
            models.UniqueConstraint(fields=["ranked_list", "rank"], name="a_rank_is_given_once"),
            models.CheckConstraint(
                condition=~models.Q(place="REJECTED") | ~models.Q(reason=""), name="a_rejection_has_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.rank}. {self.application}" if self.rank else str(self.application)
