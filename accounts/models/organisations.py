"""Authorities and bodies that apply, or take part in an application."""

import pgtrigger
from django.contrib.auth import get_user_model
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.member_states import MEMBER_STATES, by_name
from accounts.models.identity import one_spelling_of
from accounts.models.standing import TELL_ITS_PEOPLE
from accounts.querysets import OrganisationQuerySet
from accounts.states import OrganisationStatus
from audit.history import versioned
from core.rows import Row, Stamped
from core.spelling import InOrder, by_words

# Marked ones shared their number with another before numbers had to differ; they wait to be merged.
COUNTS = models.Q(status=OrganisationStatus.REGISTERED, shares_identity=False)


@versioned(exclude=["registration_key", "vat_key"])
class Organisation(Stamped, Row):
    """An authority or body that applies; its name in the original alphabet, and in Latin letters when they differ.

    `former_names` is [{"name", "latin_name", "until"}], oldest first. A merged one stays, and points to the other.
    """

    class Kind(models.TextChoices):
        STATE = "STATE", _("State or federal authority")
        LOCAL = "LOCAL", _("local public body")
        LAW_ENFORCEMENT = "LAW", _("law-enforcement authority")
        RESEARCH = "RESEARCH", _("education or research organisation")
        NGO = "NGO", _("non-governmental organisation")
        INTERNATIONAL = "INT", _("international public organisation")
        COMPANY = "COMPANY", _("company")

    name = models.CharField(_("official name"), max_length=250)
    latin_name = models.CharField(_("name in Latin letters"), max_length=250, blank=True)
    member_state = models.CharField(_("Member State"), max_length=2, choices=by_name)
    kind = models.CharField(_("kind of organisation"), max_length=10, choices=Kind)
    registration_number = models.CharField(_("registration number"), max_length=60, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=60, blank=True)
    address = models.TextField(_("registered address"), max_length=500)
    status = models.CharField(
        _("status"), max_length=10, choices=OrganisationStatus, default=OrganisationStatus.REGISTERED
    )  # fmt: skip
    registration_key = one_spelling_of("registration_number")
    vat_key = one_spelling_of("vat_number")
    shares_identity = models.BooleanField(_("shares its number with another"), default=False)
    former_names = models.JSONField(_("former names"), default=list, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"  # held by its own kind of lock, see OrganisationQuerySet
        constraints = [
            models.UniqueConstraint(
                Lower("name"), "member_state", condition=models.Q(status=OrganisationStatus.REGISTERED),
                name="an_organisation_registers_once_in_a_state",
            ),
            models.UniqueConstraint(
                fields=["member_state", "registration_key"], condition=COUNTS & ~models.Q(registration_key=""),
                name="a_registration_number_is_of_one_organisation",
            ),
            models.UniqueConstraint(
                fields=["member_state", "vat_key"], condition=COUNTS & ~models.Q(vat_key=""),
                name="a_vat_number_is_of_one_organisation",
            ),
            models.CheckConstraint(
                condition=models.Q(status=OrganisationStatus.MERGED) ^ models.Q(merged_into=None),
                name="a_merged_organisation_points_to_the_other",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(InOrder("name"), "id", name="organisations_by_name"),
            models.Index(fields=["member_state", "id"], name="organisations_by_state"),
            GinIndex(
                by_words("name"), by_words("latin_name"), by_words("registration_number"), by_words("vat_number"),
                name="organisations_by_words",
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Trigger(
                name="tell_its_people", when=pgtrigger.After, operation=pgtrigger.Update, func=TELL_ITS_PEOPLE,
                condition=pgtrigger.AnyChange("name", "latin_name", "member_state"),
            )
        ]  # fmt: skip

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organisation", args=[self.pk])

    def audit_scope(self):
        return {"member_state": self.member_state}

    def get_member_state_display(self):
        """Django's own would sort and hash every Member State for each row of a list."""
        return MEMBER_STATES[self.member_state]

    @property
    def users(self):
        """Those who prepare its applications now."""
        return get_user_model().objects.speaking_for(self)
