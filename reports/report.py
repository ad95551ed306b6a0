"""What a report is: who may read it, from when on, its columns, its rows. Files of it are made elsewhere."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from core.formats import brussels_day, points
from programmes.states import OPENED
from reports.columns import moment


def nothing(call, user):
    return []


@dataclass(frozen=True, kw_only=True)
class Report:
    """`columns` are core.lists.Column, or a function of the call giving them; `rows(call, user)` asks `visible_to`.

    `basis` names the subjects whose legal references the call or its fund holds. `figures` are (label, text), `charts`
    core.charts.Chart. `paper` names the columns a printed page has room for; all when empty. `since` are the states of
    the call in which there is something to report. `house_wide`: may be asked without a call.
    """

    slug: str
    number: str
    title: str
    description: str
    basis: tuple
    allowed: Callable
    columns: tuple | Callable
    rows: Callable
    since: tuple = OPENED
    figures: Callable = nothing
    charts: Callable = nothing
    paper: tuple = ()
    house_wide: bool = False
    tells_of_downloads: bool = False  # asking for the report is itself among what it reports

    @property
    def first_status(self):
        return self.since[0]

    def is_ready(self, call):
        if call is None:
            return self.house_wide
        return call.stands_in(self.since)

    def legal_basis(self, call):
        found = [call.legal_reference(subject) for subject in self.basis] if call else []
        return "; ".join(dict.fromkeys(one for one in found if one))

    def columns_for(self, call):
        return self.columns(call) if callable(self.columns) else self.columns

    def labels(self, call):
        return [str(column.label) for column in self.columns_for(call)]

    def values(self, call, user) -> Iterator[list]:
        """What files hold, row by row, however many there are."""
        columns = self.columns_for(call)
        for row in one_by_one(self.rows(call, user)):
            yield [column.value(row) for column in columns]

    def paper_columns(self, call):
        return [one for one in self.columns_for(call) if not self.paper or one.name in self.paper]

    def texts(self, call, user) -> Iterator[list]:
        """What pages and paper show."""
        columns = self.paper_columns(call)
        for row in one_by_one(self.rows(call, user)):
            yield [shown(column, row) for column in columns]


def one_by_one(rows):
    return rows.iterator(chunk_size=2000) if isinstance(rows, QuerySet) else iter(rows)


def shown(column, row):
    value = (column.text or column.value)(row)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return brussels_day(value)
    if isinstance(value, Decimal):
        return points(value)
    return "" if value is None else str(value)
