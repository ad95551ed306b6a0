"""What the house owes, as a list."""

from django.utils.translation import gettext_lazy as _

from core.formats import brief, span
from core.lists import Column, RowList, search
from core.lists.kinds import MOMENT, WHOLE
from core.phases import for_each
from core.statuses import status_column, status_filter
from promises.models import Promise
from promises.states import OPEN, PromisePhase, PromiseStatus

TONES = for_each(PromiseStatus, {OPEN: "info", PromisePhase.KEPT: "good", PromisePhase.FAILED: "bad"})


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
        status_column(TONES),
        Column("due_at", _("Due"), lambda row: row.due_at, text=lambda row: brief(row.due_at),
               sort="due_at", kind=MOMENT),
        Column("made_at", _("Promised"), lambda row: row.made_at, text=lambda row: brief(row.made_at), kind=MOMENT),
        Column("kept_at", _("Done"), lambda row: row.kept_at, text=lambda row: brief(row.kept_at), kind=MOMENT),
        Column("took", _("Took"), duration),
        Column("attempts", _("Attempts"), lambda row: row.attempts, numeric=True, kind=WHOLE),
        Column("last_error", _("Last error"), lambda row: row.last_error, text=lambda row: row.last_error[:200]),
    )  # fmt: skip
    filters = (
        search("subject_name", "kind"),
        status_filter(PromiseStatus, PromisePhase.FAILED),
    )

    def all_rows(self):
        return Promise.objects.visible_to(self.user)
