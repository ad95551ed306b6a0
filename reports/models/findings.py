"""What an auditor found, to whom it is addressed, and what became of it."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from applications.models import Application
from audit.history import versioned
from awards.models import Decision
from core.days import end_of
from core.rows import Row, Stamped
from core.spelling import by_words
from programmes.models import Call
from reports.models.asked import ReportFile
from reports.querysets import FindingQuerySet
from reports.states import EVER_SENT, OWNERS_TURN, FindingStatus


@versioned()
class Finding(Stamped, Row):
    """One finding with its recommendation and its day.

    `entity` or, of a national auditor, `member_state` say whose it is: its auditors are all those of that body.
    `organisation` is the authority it is addressed to, none for the programme office. `overdue_at`: when the clock
    noted that its day had passed; whether that still holds says the status. A finding that was sent stays as it was
    sent: another one, which names it in `replaces`, takes its place.
    """

    class Severity(models.TextChoices):
        LOW = "LOW", _("desirable")
        MEDIUM = "MEDIUM", _("important")
        HIGH = "HIGH", _("very important")

    class Owner(models.TextChoices):
        OFFICE = "OFFICE", _("the programme office")
        AUTHORITY = "AUTHORITY", _("the authority whose application it is about")

    reference = models.CharField(_("number"), max_length=80, unique=True)
    entity = models.CharField(_("audit body"), max_length=60, blank=True)
    member_state = models.CharField(_("Member State"), max_length=2, blank=True)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("finding"))
    recommendation = models.TextField(_("recommendation"))
    severity = models.CharField(_("severity"), max_length=6, choices=Severity)
    due_on = models.DateField(_("due"))
    call = models.ForeignKey(Call, on_delete=models.PROTECT, null=True, related_name="+")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="+")
    file = models.ForeignKey(ReportFile, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    status = models.CharField(max_length=10, choices=FindingStatus)
    found_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField(_("found"))
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(_("sent"), null=True)
    reply = models.TextField(_("reply"), blank=True)
    replied_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    replied_at = models.DateTimeField(_("replied"), null=True)
    done = models.TextField(_("what was done"), blank=True)
    claimed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    claimed_at = models.DateTimeField(_("said to be implemented"), null=True)
    because = models.TextField(_("reason"), blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_("closed"), null=True)
    overdue_at = models.DateTimeField(_("overdue since"), null=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_on", "id"], name="findings_by_day"),
            models.Index(fields=["found_at", "id"], name="findings_by_time"),
            GinIndex(by_words("reference"), by_words("title"), name="findings_by_words"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status__in=EVER_SENT) | models.Q(sent_at__isnull=False, sent_by__isnull=False),
                name="a_finding_that_was_sent_says_by_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(entity="") | models.Q(member_state=""), name="a_finding_is_of_one_body"
            ),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("finding", args=[self.pk])

    @property
    def body(self):
        return self.entity or self.member_state

    @property
    def owner(self):
        return self.Owner.AUTHORITY if self.organisation_id else self.Owner.OFFICE

    @property
    def addressed_to(self) -> str:
        return self.organisation.name if self.organisation_id else str(self.Owner.OFFICE.label)

    @property
    def until(self):
        return end_of(self.due_on)

    @property
    def is_overdue(self):
        return self.overdue_at is not None and self.stands_in(OWNERS_TURN)

    def audit_scope(self):
        """Its own kind: whoever does not see the finding reads none of its records."""
        return {"finding": self.pk, "call": self.call_id, "member_state": self.member_state}
