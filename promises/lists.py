"""What the house owes, as a list."""

from django.utils.translation import gettext_lazy as _

from core.formats import brief, span
from core.lists import Column, RowList, choice, search
from promises.models import Promise
from promises.states import PromiseStatus

TONES = {"WAITING": "info", "RUNNING": "info", "KEPT": "good", "FAILED": "bad"}


def kind_of(promise):
    return promise.kind.replace("_", " ")


def duration(promise):
    """How long it took from the day it was due; empty until it is kept."""
    return span(promise.kept_at - promise.made_at) if promise.kept_at else ""


class PromiseList(RowList):
    title = _("Deliveries")
    empty_text = _("Nothing is owed to anybody.")
    name = "deliveries"
    default_sort = "-due_at"
    columns = (
        Column("kind", _("What"), kind_of),
        Column("subject_name", _("For"), lambda row: row.subject_name),
        Column(
            "status", _("Status"), lambda row: row.status,
            text=lambda row: row.get_status_display(), tone=lambda row: TONES[row.status],
        ),
        Column("due_at", _("Due"), lambda row: row.due_at, text=lambda row: brief(row.due_at), sort="due_at"),
        Column("made_at", _("Promised"), lambda row: row.made_at, text=lambda row: brief(row.made_at)),
        Column("kept_at", _("Done"), lambda row: row.kept_at, text=lambda row: brief(row.kept_at)),
        Column("took", _("Took"), duration),
        Column("attempts", _("Attempts"), lambda row: row.attempts, numeric=True),
        Column("last_error", _("Last error"), lambda row: row.last_error, text=lambda row: row.last_error[:200]),
    )  # fmt: skip
    filters = (
        search("subject_name", "kind"),
        choice("status", _("Status"), PromiseStatus.choices),
    )

    def all_rows(self):
        return Promise.objects.visible_to(self.user)
