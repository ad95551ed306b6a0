"""My samples, announced and drawn."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.formats import brief
from core.lists import Column, RowList
from core.lists.kinds import MOMENT, WHOLE
from core.phases import for_each
from core.statuses import status_column
from reports.models import Sample
from reports.states import SamplePhase, SampleStatus

SAMPLE_TONES = for_each(SampleStatus, {SamplePhase.ANNOUNCED: "info", SamplePhase.DRAWN: "good"})


class SampleList(RowList):
    title = _("My samples")
    empty_text = _("You have not announced any sample yet.")
    name = "my-samples"
    default_sort = "-announced_at"
    page_size = 10
    columns = (
        Column("announced_at", _("Announced"), lambda row: row.announced_at, text=lambda row: brief(row.announced_at),
               url=lambda row: row.get_absolute_url(), sort="announced_at", kind=MOMENT),
        Column("file", _("Population"), lambda row: row.file.name, wide=True),
        Column("strata", _("Strata"), lambda row: str(row.get_strata_display())),
        Column("size", _("Size"), lambda row: row.size, numeric=True, kind=WHOLE),
        Column("population_size", pgettext_lazy("a number", "Of"), lambda row: row.population_size, numeric=True,
               kind=WHOLE),
        status_column(SAMPLE_TONES),
    )  # fmt: skip

    def all_rows(self):
        return Sample.objects.visible_to(self.user).select_related("file")
