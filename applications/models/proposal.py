"""The proposal, from draft to receipt to eligibility."""

from decimal import Decimal

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.member_states import by_name
from accounts.models import Organisation, User
from applications.models.consortium import PartnerQuerySet
from applications.models.keys import KEYS, indexes_of_the_list
from applications.querysets import (
    ApplicationQuerySet,
    AttachmentQuerySet,
    OfApplicationQuerySet,
    ReceiptQuerySet,
)
from applications.states import OWNERS_OWN, ApplicationStatus
from audit.history import versioned, versioned_links
from core.rows import Row, Stamped
from programmes.models import MONEY, Call, Passage


@versioned(exclude=["applicant_key", "acronym_key", "member_state", "search_text"])
class Application(Stamped, Row):
    """A proposal of one organisation for one call. What is judged is the content of its last receipt.

    `sent_hash` is the SHA-256 of the content last submitted; while it differs from the content now, there are edits
    that were not sent. `answers` holds the parts that have no columns and rows of their own, by their names.
    `as_typed` holds what is no valid answer yet, {part: {name: text}}: shown as it was typed, it blocks submitting.
    The database itself writes what lists are sorted, narrowed and searched by: `search_text` are its names and words,
    folded; the keys are names in order; `member_state` is the applicant's.
    """

    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(
        Organisation, verbose_name=_("applicant"), on_delete=models.PROTECT, related_name="applications"
    )
    status = models.CharField(_("status"), max_length=12, choices=ApplicationStatus)
    reference = models.CharField(_("number"), max_length=80, unique=True, null=True)
    acronym = models.CharField(_("acronym"), max_length=10, blank=True)
    title = models.CharField(_("title"), max_length=250, blank=True)
    summary = models.TextField(_("summary"), max_length=2000, blank=True)
    description = models.TextField(_("description of the action"), max_length=50_000, blank=True)
    starts_on = models.DateField(_("planned start"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("duration (months)"), null=True, blank=True)
    objectives = models.ManyToManyField(Passage, verbose_name=_("specific objectives"), related_name="+", blank=True)
    actions = models.ManyToManyField(Passage, verbose_name=_("action types"), related_name="+", blank=True)
    requested = models.DecimalField(
        _("requested EU contribution (EUR)"), null=True, blank=True, validators=[MinValueValidator(Decimal(0))], **MONEY
    )
    own_resources = models.DecimalField(
        _("contribution of the beneficiaries (EUR)"),
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
        **MONEY,
    )
    other_resources = models.DecimalField(
        _("other contributions and income (EUR)"),
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
        **MONEY,
    )
    declarations = ArrayField(models.CharField(max_length=30), verbose_name=_("declarations"), default=list, blank=True)
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    as_typed = models.JSONField(_("answers not valid yet"), default=dict, blank=True)
    edited_at = models.DateTimeField(_("last saved"))
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    sent_hash = models.CharField(max_length=64, blank=True)
    versions = models.PositiveSmallIntegerField(default=0)
    applicant_key = models.TextField(default="", editable=False, db_collation="C")
    acronym_key = models.TextField(default="", editable=False, db_collation="C")
    member_state = models.CharField(max_length=2, default="", editable=False)
    search_text = models.TextField(blank=True, editable=False)

    attempt = None  # the attempt whose act has given this very object
    is_watched = property(lambda self: self.versions > 0)  # a draft is seen by its owners alone

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=[*OWNERS_OWN])
                | models.Q(reference__isnull=False, submitted_at__isnull=False, versions__gte=1),
                name="a_submitted_application_has_number_time_and_receipt",
            ),
        ]
        indexes = [
            models.Index(fields=["call", "status", "-submitted_at"], name="applications_of_a_call"),
            models.Index(fields=["-edited_at", "-id"], name="applications_by_edit"),
            models.Index(fields=["-submitted_at", "-id"], name="applications_by_submission"),
            GinIndex(fields=["search_text"], name="applications_by_words", opclasses=["gin_trgm_ops"]),
            models.Index(Cast("id", models.TextField()), name="applications_of_a_scope"),  # records name them so
            *indexes_of_the_list(),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keys", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update, func=KEYS
            )
        ]

    def __str__(self):
        return self.reference or self.acronym or str(_("draft application"))

    def get_absolute_url(self):
        return reverse("application", args=[self.pk])

    def audit_scope(self):
        return {**self.call.audit_scope(), "application": self.pk, "member_state": self.applicant.member_state}


versioned_links(Application, objectives="ObjectiveOfApplication", actions="ActionOfApplication")


class OfApplication(Row):
    """A row below an application: its acts stand in the application's chain."""

    chain = property(lambda self: self.application.chain)
    is_watched = property(lambda self: self.application.is_watched)

    class Meta:
        abstract = True

    def audit_scope(self):
        return self.application.audit_scope()

    def get_absolute_url(self):
        return self.application.get_absolute_url()


@versioned()
class Partner(OfApplication):
    """One of the consortium; the coordinator is the applicant itself (`order` 0). What is said of it is text, complete
    or not. `registered_as` is the id of the registered organisation that was chosen, as it was then; `organisation` is
    the house's own knowledge of who that is today, also where a number or the name was typed."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="partnerships")
    name = models.CharField(_("official name"), max_length=250, blank=True)
    country = models.CharField(_("Member State"), max_length=2, choices=by_name, blank=True)
    kind = models.CharField(_("kind of organisation"), max_length=10, choices=Organisation.Kind, blank=True)
    registration_number = models.CharField(_("registration number"), max_length=60, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=60, blank=True)
    registered_as = models.CharField(_("registered organisation"), max_length=36, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=150, blank=True)
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    is_coordinator = models.BooleanField(_("coordinator"), default=False)
    order = models.PositiveSmallIntegerField(default=0)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(is_coordinator=True),
                name="an_application_has_one_coordinator",
            ),
        ]

    def __str__(self):
        return self.name


@versioned()
class BudgetLine(OfApplication):
    """Direct costs of one partner in one category (headings of the application package)."""

    class Category(models.TextChoices):
        STAFF = "A", _("A. Staff")
        TRAVEL = "B", _("B. Travel and subsistence")
        EQUIPMENT = "C", _("C. Equipment")
        CONSUMABLES = "D", _("D. Consumables")
        OTHER = "E", _("E. Other direct costs")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="lines")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="lines")
    category = models.CharField(max_length=1, choices=Category)
    amount = models.DecimalField(**MONEY)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["partner__order", "category"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "category"], name="one_budget_line_for_partner_and_category"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="a_budget_line_is_not_negative"),
        ]

    def __str__(self):
        return f"{self.partner} {self.get_category_display()}"


@versioned()
class Milestone(OfApplication):
    """A line of the timetable, complete or not; months count from the start of the action, the first is 1."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("activity"), max_length=200, blank=True)
    first_month = models.PositiveSmallIntegerField(
        _("from month"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    last_month = models.PositiveSmallIntegerField(
        _("to month"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    order = models.PositiveSmallIntegerField(default=0)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["first_month", "order"]

    def __str__(self):
        return self.title


@versioned()
class Attachment(OfApplication):
    """A file of the proposal. Bytes lie outside the web root under a random name; a removed one is kept and marked.

    `replaces`: the file in whose place it was put; what stood there before can be put back. `order`: its place among
    the files of the proposal; those that nobody ever moved stand in the order of their ids.
    """

    class Kind(models.TextChoices):
        DESCRIPTION = "DESCRIPTION", _("description of the action (annex)")
        BUDGET = "BUDGET", _("budget estimate")
        AUDIT_REPORT = "AUDIT", _("external audit report")
        MANDATE = "MANDATE", _("mandate of a co-applicant")
        OTHER = "OTHER", _("other document")

    class Scan(models.TextChoices):
        NOT_SCANNED = "NONE", _("not scanned for viruses")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(_("kind of document"), max_length=12, choices=Kind)
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size (bytes)"))
    sha256 = models.CharField(max_length=64)
    crc32 = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(_("pages"), null=True)
    path = models.CharField(max_length=200)
    scan = models.CharField(max_length=6, choices=Scan, default=Scan.NOT_SCANNED)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    order = models.PositiveIntegerField(default=0)

    changing = ["removed_at", "order"]  # the bytes stay what they are
    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["order", "id"]

    def __str__(self):
        return self.name


@versioned()
class Receipt(OfApplication):
    """Proof of one submission: the exact content as canonical JSON and its SHA-256, drawn once as a PDF.

    The page and the PDF print the hash of the submission's audit record beside it: with it the applicant holds the
    head of the application's chain.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="receipts")
    version = models.PositiveSmallIntegerField(_("version"))
    issued_at = models.DateTimeField(_("received"))
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    files = models.JSONField(default=list)
    pdf_path = models.CharField(max_length=200, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField(null=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["application", "version"], name="one_receipt_for_a_version")]

    def __str__(self):
        return f"{self.application} v{self.version}"

    @property
    def file_name(self):
        """Of its paper."""
        return f"receipt-{self.application.reference}-v{self.version}.pdf".replace("/", "-")
