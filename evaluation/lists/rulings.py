"""What officers ruled on conflicts that the house found."""

from django.utils.translation import gettext_lazy as _

from core.formats import brief
from core.lists import Column, RowList
from core.lists.kinds import MOMENT
from core.statuses import status_column, status_filter
from evaluation.lists.tones import RULING_TONES
from evaluation.models import Ruling
from evaluation.states import RulingStatus


class RulingList(RowList):
    """Of one call where it comes with the page, else of all."""

    title = _("Rulings on conflicts that were found")
    empty_text = _("Nobody has ruled on a conflict.")
    name = "rulings-on-conflicts"
    default_sort = "-ruled_at"
    filters = (status_filter(RulingStatus),)
    columns = (
        Column("number", _("Application"), lambda row: row.number, url=lambda row: row.get_absolute_url()),
        Column("person", _("Person"), lambda row: row.person.name),
        Column("found", _("What was found"), lambda row: row.found, wide=True),
        status_column(RULING_TONES),
        Column("reason", _("Reason"), lambda row: row.reason, wide=True),
        Column("ruled_by", _("By"), lambda row: row.ruled_by.name),
        Column("ruled_at", _("Ruled"), lambda row: row.ruled_at, text=lambda row: brief(row.ruled_at), sort="ruled_at",
               kind=MOMENT),
    )  # fmt: skip

    def __init__(self, user, params, *, path="", call=None, **context):
        self.call = call
        super().__init__(user, params, path=path, **context)

    def all_rows(self):
        rows = Ruling.objects.visible_to(self.user).with_names()
        return rows.of_call(self.call) if self.call else rows
