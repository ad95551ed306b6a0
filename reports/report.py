"""What a report is: who may read it, about what, from when on, columns, rows. Files of it are made elsewhere."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from core.formats import brussels_day, points
from programmes.states import OPENED
from reports.about import CALL, FILTERS, HOUSE
from reports.columns import moment


def nothing(about, user):
    return []


@dataclass(frozen=True, kw_only=True)
class Report:
    """`columns` are core.lists.Column, or a function of `about` giving them; `rows(about, user)` asks `visible_to`.

    `about` (reports.about.About) says what it is asked of, `kinds` of what it can be. Whether it is asked of now or of
    the past it does not know: inside `core.past.as_of` all rows are those of then.

    `basis` names the subjects whose legal references the call or its fund holds. `figures` are (label, text), `charts`
    core.charts.Chart. `paper` names the columns a printed page has room for; all when empty. `since` are the states of
    the call in which there is something to report. `leads_to` is how a row leads to its application (empty: it is one):
    whatever it is asked about narrows the rows by that, so that `rows` need not know it; None: `rows` does it itself.
    """

    slug: str
    number: str
    title: str
    description: str
    basis: tuple
    allowed: Callable
    columns: tuple | Callable
    rows: Callable
    kinds: tuple = (CALL,)
    since: tuple = OPENED
    figures: Callable = nothing
    charts: Callable = nothing
    paper: tuple = ()
    leads_to: str | None = None
    tells_of_downloads: bool = False  # asking for the report is itself among what it reports

    @property
    def first_status(self):
        return self.since[0]

    @property
    def house_wide(self):
        return HOUSE in self.kinds

    @property
    def asked_of(self):
        """All that it can be asked about: rows that lead to an application obey every filter."""
        return self.kinds if self.leads_to is None else tuple(dict.fromkeys([*self.kinds, *FILTERS]))

    def knows(self, about):
        return set(about.kinds) <= set(self.asked_of) and (about.call is not None or self.house_wide)

    def is_ready(self, about):
        if about.call is None or not self.knows(about):
            return self.knows(about)
        return about.call.stands_in(self.since)

    def legal_basis(self, about):
        found = [about.call.legal_reference(subject) for subject in self.basis] if about.call else []
        return "; ".join(dict.fromkeys(one for one in found if one))

    def columns_for(self, about):
        return self.columns(about) if callable(self.columns) else self.columns

    def labels(self, about):
        return [str(column.label) for column in self.columns_for(about)]

    def narrowed(self, about, user):
        rows = self.rows(about, user)
        return rows if self.leads_to is None else about.narrow(rows, self.leads_to)

    def figures_of(self, about, user):
        """They are a whole call's: beside narrowed rows they would say too much."""
        return self.figures(about, user) if about.is_one_whole_call else []

    def charts_of(self, about, user):
        return self.charts(about, user) if about.is_one_whole_call else []

    def values(self, about, user) -> Iterator[list]:
        """What files hold, row by row, however many there are."""
        columns = self.columns_for(about)
        for row in one_by_one(self.narrowed(about, user)):
            yield [column.value(row) for column in columns]

    def paper_columns(self, about):
        return [one for one in self.columns_for(about) if not self.paper or one.name in self.paper]

    def texts(self, about, user) -> Iterator[list]:
        """What pages and paper show."""
        columns = self.paper_columns(about)
        for row in one_by_one(self.narrowed(about, user)):
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
