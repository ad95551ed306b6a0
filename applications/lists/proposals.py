"""The lists of applications: the applicant's own with its drafts, the Commission's of what is opened."""

from django import forms
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.member_states import MEMBER_STATES, by_name
from applications.models import Application
from applications.models.keys import AMOUNT
from applications.shown import words
from applications.states import LISTED, ApplicationPhase
from core.formats import brief, euro
from core.lists import Column, Filter, RowList, choice, search
from core.lists.kinds import CODE, MOMENT, MONEY
from core.statuses import narrowed, status_column, status_filter, walked
from programmes.models import Call

WORDS = search(folded_fields=["search_text"], help_text=gettext_lazy("Number, acronym, title or applicant."))


def calls_that_may_be_read():
    calls = Call.objects.opened().order_by("-closes_at")[:200]
    return [(str(pk), reference) for pk, reference in calls.values_list("pk", "reference")]


def own_status_field():
    return forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("All")), *words.OWN_CHOICES.items()])


def of_own_status(rows, asked):
    return rows.in_procedure() if asked == words.RECEIVED else narrowed(rows, asked)


OWN_STATUS = Filter(
    "status", own_status_field, of_own_status, label=gettext_lazy("Status"), codes=tuple(words.OWN_CHOICES), kind=CODE
)


def number_or_draft(row):
    return row.reference or _("draft")


class OwnApplications(RowList):
    """What an applicant's organisation has, drafts and withdrawn ones too."""

    title = gettext_lazy("Applications")
    empty_text = gettext_lazy("No application yet. Open a call and start one.")
    name = "applications"
    default_sort = "-edited_at"
    columns = (
        Column("number", gettext_lazy("Number"), lambda row: row.number, text=number_or_draft, sort="number",
               url=lambda row: row.get_absolute_url()),
        Column("acronym", gettext_lazy("Acronym"), lambda row: row.acronym, sort="acronym_key"),
        Column("title", gettext_lazy("Title"), lambda row: row.title, wide=True),
        Column("call", gettext_lazy("Call"), lambda row: row.call.reference, sort="call__reference",
               url=lambda row: row.call.get_absolute_url()),
        Column("closes_at", gettext_lazy("Call closes"), lambda row: row.call.closes_at,
               text=lambda row: brief(row.call.closes_at), kind=MOMENT),
        Column("status", gettext_lazy("Status"), words.label_for_owner, tone=words.tone_for_owner,
               kind=CODE, code=words.status_for_owner, choices=words.OWN_CHOICES.items()),
        Column("edited_at", gettext_lazy("Last saved"), lambda row: row.edited_at,
               text=lambda row: brief(row.edited_at), sort="edited_at", kind=MOMENT),
    )  # fmt: skip
    filters = (WORDS, OWN_STATUS)

    def all_rows(self):
        rows = Application.objects.visible_to(self.user).select_related("call")
        return rows.annotate(number=Coalesce("reference", Value(""))).only(
            "reference", "acronym", "title", "status", "edited_at", "submitted_at", "versions", "call__reference",
            "call__closes_at", "call__status", "call__inform_by",
        )  # fmt: skip


class OpenedApplications(RowList):
    """What the Commission and the auditors may read: of closed calls, as submitted."""

    title = gettext_lazy("Applications")
    empty_text = gettext_lazy("No application to show. Proposals can be read once their call has closed.")
    name = "applications"
    default_sort = "-submitted_at"
    led_by = "status"
    columns = (
        Column("number", gettext_lazy("Number"), lambda row: row.reference, sort="reference",
               url=lambda row: row.get_absolute_url(), field="reference"),
        Column("acronym", gettext_lazy("Acronym"), lambda row: row.acronym, sort="acronym_key", field="acronym"),
        Column("title", gettext_lazy("Title"), lambda row: row.title, wide=True, field="title"),
        Column("applicant", gettext_lazy("Applicant"), lambda row: row.applicant.name,
               sort="applicant_key", field="applicant__name"),
        Column("member_state", gettext_lazy("Member State"), lambda row: row.member_state,
               text=lambda row: MEMBER_STATES[row.member_state], field="member_state"),
        Column("call", gettext_lazy("Call"), lambda row: row.call.reference, field="call__reference"),
        Column("requested", gettext_lazy("Requested (EUR)"), lambda row: row.requested,
               text=lambda row: euro(row.requested), sort="asked", numeric=True, field="requested", kind=MONEY),
        status_column(words.TONES, field="status"),
        Column("submitted_at", gettext_lazy("Submitted"), lambda row: row.submitted_at,
               text=lambda row: brief(row.submitted_at), sort="submitted_at", field="submitted_at", kind=MOMENT),
    )  # fmt: skip
    filters = (
        WORDS,
        choice("call", gettext_lazy("Call"), calls_that_may_be_read),
        walked(status_filter(LISTED, ApplicationPhase.IN_CHECKS)),
        choice("member_state", gettext_lazy("Member State"), by_name),
    )

    def all_rows(self):
        """Of what is opened; the status alone says so, and the indexes of the list hold nothing else."""
        rows = Application.objects.visible_to(self.user).listed().select_related("call", "applicant")
        return rows.annotate(asked=AMOUNT).only(
            "reference", "acronym", "title", "status", "requested", "submitted_at", "member_state", "call__reference",
            "applicant__name",
        )  # fmt: skip
