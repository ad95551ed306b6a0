"""The trail as a list."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import every_role
from core.fields import CleanCharField
from core.lists import Column, Filter, RowList, choice, search
from core.lists.kinds import CODE, MOMENT
from programmes.models import Call
from reports.catalogue.audit_trail import short
from reports.columns import moment
from reports.lists.days import days
from reports.models import TrailRecord


def act_filter():
    """Acts are named in small letters."""
    return Filter(
        "act",
        lambda: CleanCharField(label=_("Act, for example “application.submit”"), required=False, max_length=100),
        lambda rows, text: rows.filter(act__startswith=text.lower()),
        label=_("Act, for example “application.submit”"),
    )


def call_field():
    found = Call.objects.published().order_by("reference").values_list("pk", "reference")
    options = [("", _("All")), *((str(pk), reference) for pk, reference in found)]
    return forms.ChoiceField(label=_("Call"), required=False, choices=options)


class TrailList(RowList):
    """The audit trail, newest first, as far as this person may see it."""

    title = _("Audit trail")
    empty_text = _("No record matches.")
    name = "trail"
    default_sort = "-at"
    page_size = 50
    columns = (
        Column("at", _("Time (Brussels)"), lambda row: row.at, text=lambda row: moment(row.at), sort="at", kind=MOMENT),
        Column("act", pgettext_lazy("of a record", "Act"), lambda row: row.act),
        Column("subject", pgettext_lazy("of a record", "On"), lambda row: row.subject_name),
        Column("actor", _("Who"), lambda row: row.actor_name),
        Column("role", _("Role"), lambda row: row.actor_role),
        Column("door", _("Through"), lambda row: row.door, text=lambda row: row.get_door_display(), kind=CODE,
               choices=TrailRecord.Door),
        Column("before", _("From"), lambda row: row.status_before),
        Column("after", _("To"), lambda row: row.status_after),
        Column("reason", _("Reason"), lambda row: row.reason, text=lambda row: row.reason[:160]),
        Column("place", _("Place in its chain"), lambda row: f"{row.chain} {row.sequence}",
               text=lambda row: f"{short(row.chain)} {row.sequence}"),
    )  # fmt: skip
    filters = (
        act_filter(),
        search("actor_name", name="actor", label=_("Who")),
        search("subject_name", name="subject", label=_("On what, for example an application's number")),
        choice("role", _("Role"), every_role, lookup="actor_role"),
        Filter("call", call_field, lambda rows, call: rows.within(call=call), label=_("Call")),
        *days(),
    )

    def all_rows(self):
        rows = TrailRecord.objects.visible_to(self.user)
        return rows.defer("changes", "scope", "hash", "previous_hash", "request_id")
