"""What was supposed of ranked lists, kept under names. No row of it is a ranked list, and each says so."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.formats import brief
from core.lists import Column, RowList
from core.lists.kinds import MOMENT, TRUTH
from core.statuses import status_column, status_filter
from evaluation.lists.tones import SCENARIO_TONES
from evaluation.models import Scenario
from evaluation.states import ScenarioStatus


def of_which(row):
    return _("the list that counts") if row.is_current else _("an earlier list")


class ScenarioList(RowList):
    """Of one call where it comes with the page, else of all."""

    title = gettext_lazy("Scenarios – not ranked lists")
    empty_text = gettext_lazy("Nobody has saved a scenario.")
    name = "scenarios-not-ranked-lists"
    default_sort = "-made_at"
    filters = (status_filter(ScenarioStatus),)
    columns = (
        Column("name", gettext_lazy("Scenario (not the ranked list)"), lambda row: row.name,
               url=lambda row: row.get_absolute_url()),
        Column("call", gettext_lazy("Call"), lambda row: row.call.reference),
        Column("drawn_at", gettext_lazy("Of the list drawn up"), lambda row: row.ranked_list.drawn_at,
               text=lambda row: brief(row.ranked_list.drawn_at), kind=MOMENT),
        Column("is_current", gettext_lazy("Which is"), lambda row: row.is_current, text=of_which, kind=TRUTH),
        status_column(SCENARIO_TONES),
        Column("note", gettext_lazy("Note"), lambda row: row.note, wide=True),
        Column("made_by", gettext_lazy("By"), lambda row: row.made_by.name),
        Column("made_at", gettext_lazy("Saved"), lambda row: row.made_at, text=lambda row: brief(row.made_at),
               sort="made_at", kind=MOMENT),
    )  # fmt: skip

    def __init__(self, user, params, *, path="", call=None, **context):
        self.call = call
        super().__init__(user, params, path=path, **context)

    def all_rows(self):
        rows = Scenario.objects.visible_to(self.user).with_names()
        return rows.of_call(self.call) if self.call else rows
