"""The rows of a list: filtered, sorted, one page at a time or all in a file."""

from functools import cached_property
from types import SimpleNamespace
from urllib.parse import urlencode

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.cells import Cell
from core.copying import copied_response, copied_sheet
from core.counting import CAP, counted
from core.errors import Refused
from core.export import CSV_FORMS, csv_response, xlsx_file, xlsx_response
from core.keyset import name_of, page_of
from core.language import house_words
from core.lists.asked import Asked
from core.lists.kinds import told_of


class RowList:
    title = ""
    empty_text = _("Nothing here yet.")
    columns = ()
    filters = ()
    default_sort = ""  # a column name, "-" in front for descending
    page_size = 25
    name = "list"  # of the file

    led_by = ""  # a filter whose column stands first in an index of its own for each order
    beside = ()  # names in the address that belong to the rest of its page

    def __init__(self, user, params, *, path="", **context):
        self.user, self.path, self.context = user, path, context
        self.asked = Asked(params, filters=self.filters, sorts=self.sorts, beside=self.beside)

    def all_rows(self):
        """Every row this user may see: subclasses ask `visible_to(self.user)` and nothing else."""
        raise Refused("A list must say which rows it shows.")

    def shown(self, rows):
        """What only the rows on a page bring along, such as counts; a file has them from `all_rows`."""
        return rows

    # what the address asks for

    @property
    def params(self):
        return self.asked.params

    @property
    def filter_form(self):
        return self.asked.form

    @property
    def left_out(self):
        """A sentence for each thing in the address that this list cannot do."""
        return list(self.asked.left_out.values())

    @property
    def is_searched(self):
        return any(one.searches for one, _value in self.asked.values())

    @property
    def sorts(self):
        return [column.name for column in self.columns if column.sort]

    @property
    def sort(self):
        return self.params.get("sort", self.default_sort)

    def order(self):
        column = next(one for one in self.columns if one.name == self.sort.removeprefix("-"))
        return ("-" if self.sort.startswith("-") else "") + column.sort

    def filtered(self):
        rows = self.all_rows()
        for one, value in self.asked.values():
            rows = one.apply(rows, value)
        return rows

    # the page

    def load(self):
        """Ask the database once for the capped count and once for the page; give this list back.

        What is little is looked up by its keys, whatever the order; of much the order's own index meets enough soon.
        """
        found = self.filtered()
        keys = self.in_its_order(found).values("pk")[: CAP + 1]
        self.count = keys.count()
        if self.count <= CAP:
            found = self.all_rows().filter(pk__in=keys)
        self.objects, before, after = self.page_of(self.shown(found))
        self.previous_url = self.address(page=before) if before else None
        self.next_url = self.address(page=after) if after else None
        return self

    def in_its_order(self, found):
        """So that the index of a filter is walked and not the table. A search has few, from its own index."""
        return found.order_by() if self.is_searched else found.order_by(*self.led(), self.order())

    def led(self):
        """The column that is the same in all rows, in the direction of the order; none while it is not asked for."""
        value = self.asked.form.cleaned_data.get(self.led_by, "")
        sign = "-" if self.sort.startswith("-") else ""
        return [sign + self.led_by] if value and "," not in value and not self.is_searched else []

    def page_of(self, found):
        """The page that the address names, or the first one if that name is out of date."""
        asked = {"sort": self.order(), "size": self.page_size, "within": self.led_by if self.led() else ""}
        try:
            return page_of(found, cursor=self.params.get("page"), **asked)
        except Refused as refusal:
            self.asked.forget("page", refusal.sentence)
            return page_of(found, cursor=None, **asked)

    @property
    def count_label(self):
        return counted(self.count)

    @cached_property
    def rows(self):
        return [
            SimpleNamespace(object=one, cells=[cell(column, one) for column in self.columns]) for one in self.objects
        ]

    @cached_property
    def headers(self):
        return [self.header(column) for column in self.columns]

    def header(self, column):
        mine = self.sort.removeprefix("-") == column.name
        now = ("descending" if self.sort.startswith("-") else "ascending") if mine else None
        wanted = f"-{column.name}" if now == "ascending" else column.name
        return SimpleNamespace(
            name=column.name,
            label=str(column.label),  # translated once, not once for each cell
            side="gp-num" if column.numeric else "gp-wide" if column.wide else "",
            sortable=bool(column.sort),
            sorted=now,
            sort_url=self.address(sort=wanted, page=None),
        )

    @property
    def active_filters(self):
        form = self.filter_form
        return [
            (f"{form.fields[name].label}: {shown(form, name)}", self.address(**{name: None, "page": None}))
            for name in form.fields
            if form.cleaned_data.get(name) not in ("", None)
        ]

    def address(self, **changes):
        wanted = {**self.params, **changes}
        return f"{self.path}?{urlencode({key: value for key, value in wanted.items() if value is not None})}"

    @property
    def csv_url(self):
        return self.address(format="csv", page=None)

    @property
    def semicolon_url(self):
        return self.address(format="csv-semicolon", page=None)

    @property
    def xlsx_url(self):
        return self.address(format="xlsx", page=None)

    # the file and the API

    def all_in_order(self):
        """Everything filtered and sorted as on the page, all pages."""
        return self.filtered().order_by(self.order(), "-pk" if self.sort.startswith("-") else "pk")

    @property
    @house_words()
    def labels(self):
        """At the head of a file."""
        return [str(column.label) for column in self.columns]

    def table(self):
        """(labels, iterator of rows of plain values)."""
        rows = self.all_in_order()
        values = ([column.value(row) for column in self.columns] for row in rows.iterator(chunk_size=2000))
        return self.labels, values

    def file(self, kind):
        self.asked.require_fresh()
        if kind not in {*CSV_FORMS, "xlsx"}:
            raise Refused(gettext("Choose csv, csv-semicolon or xlsx as the format of the file."))
        if all(column.field for column in self.columns):
            return self.copied(kind)
        if kind in CSV_FORMS:
            return csv_response(self.name, *self.table(), kind)
        return xlsx_response(self.name, xlsx_file(*self.table()))

    def copied(self, kind):
        """Straight from the database: every column is one of its fields."""
        asked = self.labels, self.all_in_order(), [one.field for one in self.columns]
        if kind in CSV_FORMS:
            return copied_response(self.name, *asked, kind)
        return xlsx_response(self.name, copied_sheet(*asked))

    def as_json(self):
        self.load().asked.require_known()
        return {
            "count": self.count_label,
            "next": self.next_url,
            "previous": self.previous_url,
            "results": [self.as_row(row) for row in self.objects],
        }

    def as_row(self, row):
        """What a program reads of one row."""
        told = {"id": name_of(row)}
        for column in self.told_columns:
            told |= told_of(column, row)
        return told

    @property
    def told_columns(self):
        return self.columns

    @classmethod
    def described(cls):
        """A list as the document describes it, without anybody's rows; no filter is asked for its choices."""
        return cls.__new__(cls)


def cell(column, row):
    if column.cells:
        return column.cells(row)
    return Cell(
        column.shown(row), column.url(row) if column.url else None, column.tone(row) if column.tone else None
    )  # fmt: skip


def shown(form, name):
    value = form.cleaned_data[name]
    return dict(getattr(form.fields[name], "choices", ())).get(value, value)
