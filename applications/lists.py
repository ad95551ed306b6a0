"""The lists of applications: the applicant's own with its drafts, the Commission's of what is opened."""

from django import forms
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.member_states import by_name
from applications.budget import NOTHING
from applications.content import folded
from applications.models import Application, Check
from applications.shown import words
from applications.states import IN_PROCEDURE, ApplicationPhase, CheckStatus
from core.fields import CleanCharField
from core.formats import brief, euro
from core.lists import CAP, Column, Filter, RowList, choice
from core.statuses import narrowed, status_column, status_filter
from programmes.models import Call


def search_field():
    return CleanCharField(
        label=_("Search"), required=False, max_length=100, help_text=_("Number, acronym, title or applicant.")
    )


def search_words(rows, text):
    """Every word must occur. Two steps, so that a common word cannot stall the page."""
    found = rows
    for word in folded(text).split():
        found = found.filter(search_text__contains=word)
    ids = list(found.order_by().values_list("pk", flat=True)[: CAP + 1])
    return found if len(ids) > CAP else rows.filter(pk__in=ids)


def calls_that_may_be_read():
    calls = Call.objects.opened().order_by("-closes_at")[:200]
    return [(str(call.pk), call.reference) for call in calls]


def own_status_field():
    return forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("All")), *words.own_statuses()])


def of_own_status(rows, asked):
    return rows.in_procedure() if asked == words.RECEIVED else narrowed(rows, asked)


def number_or_draft(row):
    return row.reference or _("draft")


class OwnApplications(RowList):
    """What an applicant's organisation has, drafts and withdrawn ones too."""

    title = gettext_lazy("Applications")
    empty_text = gettext_lazy("No application yet. Open a call and start one.")
    name = "applications"
    default_sort = "-edited"
    columns = (
        Column("number", gettext_lazy("Number"), lambda row: row.number, text=number_or_draft, sort="number",
               url=lambda row: row.get_absolute_url()),
        Column("acronym", gettext_lazy("Acronym"), lambda row: row.acronym, sort="acronym"),
        Column("title", gettext_lazy("Title"), lambda row: row.title),
        Column("call", gettext_lazy("Call"), lambda row: row.call.reference, sort="call_reference",
               url=lambda row: row.call.get_absolute_url()),
        Column("closes", gettext_lazy("Call closes"), lambda row: row.call.closes_at,
               text=lambda row: brief(row.call.closes_at)),
        Column("status", gettext_lazy("Status"), words.label_for_owner, tone=words.tone_for_owner),
        Column("edited", gettext_lazy("Last saved"), lambda row: row.edited_at,
               text=lambda row: brief(row.edited_at), sort="edited_at"),
    )  # fmt: skip
    filters = (Filter("q", search_field, search_words), Filter("status", own_status_field, of_own_status))

    def all_rows(self):
        rows = Application.objects.visible_to(self.user).select_related("call")
        return rows.annotate(number=Coalesce("reference", Value("")), call_reference=F("call__reference"))


class OpenedApplications(RowList):
    """What the Commission and the auditors may read: of closed calls, as submitted."""

    title = gettext_lazy("Applications")
    empty_text = gettext_lazy("No application to show. Proposals can be read once their call has closed.")
    name = "applications"
    default_sort = "-submitted"
    columns = (
        Column("number", gettext_lazy("Number"), lambda row: row.reference, sort="reference",
               url=lambda row: row.get_absolute_url(), field="reference"),
        Column("acronym", gettext_lazy("Acronym"), lambda row: row.acronym, sort="acronym", field="acronym"),
        Column("title", gettext_lazy("Title"), lambda row: row.title, field="title"),
        Column("applicant", gettext_lazy("Applicant"), lambda row: row.applicant.name,
               sort="applicant_name", field="applicant_name"),
        Column("member_state", gettext_lazy("Member State"), lambda row: row.applicant.member_state,
               text=lambda row: row.applicant.get_member_state_display(), sort="state", field="state"),
        Column("call", gettext_lazy("Call"), lambda row: row.call.reference,
               sort="call_reference", field="call_reference"),
        Column("requested", gettext_lazy("Requested (EUR)"), lambda row: row.requested,
               text=lambda row: euro(row.requested), sort="asked", numeric=True, field="requested"),
        status_column(words.TONES, field="status"),
        Column("submitted", gettext_lazy("Submitted"), lambda row: row.submitted_at,
               text=lambda row: brief(row.submitted_at), sort="submitted_at", field="submitted_at"),
    )  # fmt: skip
    filters = (
        Filter("q", search_field, search_words),
        choice("call", gettext_lazy("Call"), calls_that_may_be_read),
        status_filter(IN_PROCEDURE + ApplicationPhase.RETRACTED, ApplicationPhase.IN_CHECKS),
        choice("member_state", gettext_lazy("Member State"), by_name, lookup="applicant__member_state"),
    )

    def all_rows(self):
        rows = Application.objects.visible_to(self.user).select_related("call", "applicant")
        return rows.annotate(
            call_reference=F("call__reference"), applicant_name=F("applicant__name"),
            state=F("applicant__member_state"), asked=Coalesce("requested", Value(NOTHING)),
        )  # fmt: skip


class CheckList(RowList):
    """Checks of opened applications, for the interface for programs."""

    title = gettext_lazy("Checks")
    name = "checks"
    default_sort = "number"
    columns = (
        Column("number", gettext_lazy("Number"), lambda row: row.number, sort="number"),
        Column("kind", gettext_lazy("Kind"), lambda row: row.kind),
        Column("criterion", gettext_lazy("Announced condition"), lambda row: row.criterion),
        Column("found", gettext_lazy("Found"), lambda row: row.found),
        Column("passed", gettext_lazy("Passed"), lambda row: row.passed),
        Column("status", gettext_lazy("Status"), lambda row: row.status),
    )
    filters = (
        Filter("q", search_field, lambda rows, text: rows.filter(application__search_text__contains=folded(text))),
        status_filter(CheckStatus),
    )

    def all_rows(self):
        rows = Check.objects.visible_to(self.user).select_related("application")
        return rows.annotate(number=F("application__reference"))
