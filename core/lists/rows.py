"""The rows of a list: filtered, sorted, one page at a time or all in a file."""

from functools import cached_property
from types import SimpleNamespace
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.copying import copied_response
from core.errors import Refused
from core.export import csv_response, xlsx_response
from core.keyset import page_of
from core.lists.columns import CAP


class RowList:
    title = ""
    empty_text = _("Nothing here yet.")
    columns = ()
    filters = ()
    default_sort = ""  # a column name, "-" in front for descending
    page_size = 25
    name = "list"  # of the file

    def __init__(self, user, params, *, path="", **context):
        self.user, self.path, self.context = user, path, context
        self.params = {key: value for key, value in params.items() if value != ""}
        self.filter_form = self.make_form()

    def all_rows(self):
        """Every row this user may see: subclasses ask `visible_to(self.user)` and nothing else."""
        raise Refused("A list must say which rows it shows.")

    # what the address asks for

    def make_form(self):
        fields = {one.name: one.field() for one in self.filters}
        form = type("FilterForm", (forms.Form,), fields)(self.params)
        form.is_valid()
        return form

    @property
    def sort(self):
        asked = self.params.get("sort", self.default_sort)
        known = {column.name for column in self.columns if column.sort}
        return asked if asked.lstrip("-") in known else self.default_sort

    def order(self):
        column = next(one for one in self.columns if one.name == self.sort.lstrip("-"))
        return ("-" if self.sort.startswith("-") else "") + column.sort

    def filtered(self):
        if self.filter_form.errors:
            raise Refused(" ".join(f"{name}: {' '.join(why)}" for name, why in self.filter_form.errors.items()))
        rows = self.all_rows()
        for one in self.filters:
            value = self.filter_form.cleaned_data.get(one.name)
            rows = one.apply(rows, value) if value not in ("", None) else rows
        return rows

    # the page

    def load(self):
        """Ask the database once for the page and once for the capped count; give this list back."""
        found = self.filtered()
        self.objects, before, after = page_of(
            found, sort=self.order(), cursor=self.params.get("page"), size=self.page_size
        )
        self.count = found.order_by().values("pk")[: CAP + 1].count()
        self.previous_url = self.address(page=before) if before else None
        self.next_url = self.address(page=after) if after else None
        return self

    @property
    def count_label(self):
        return f"{CAP}+" if self.count > CAP else str(self.count)

    @cached_property
    def rows(self):
        pairs = list(zip(self.columns, self.headers, strict=True))
        return [SimpleNamespace(object=one, cells=[self.cell(*pair, one) for pair in pairs]) for one in self.objects]

    def cell(self, column, header, row):
        shown = column.text or column.value
        return SimpleNamespace(
            column=header,
            text=shown(row),
            url=column.url(row) if column.url else None,
            tone=column.tone(row) if column.tone else None,
        )

    @cached_property
    def headers(self):
        return [self.header(column) for column in self.columns]

    def header(self, column):
        mine = self.sort.lstrip("-") == column.name
        now = ("descending" if self.sort.startswith("-") else "ascending") if mine else None
        wanted = f"-{column.name}" if now == "ascending" else column.name
        return SimpleNamespace(
            name=column.name,
            label=str(column.label),  # translated once, not once for each cell
            numeric=column.numeric,
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
    def xlsx_url(self):
        return self.address(format="xlsx", page=None)

    # the file and the API

    def all_in_order(self):
        """Everything filtered and sorted as on the page, all pages."""
        return self.filtered().order_by(self.order(), "-pk" if self.sort.startswith("-") else "pk")

    @property
    def labels(self):
        return [str(column.label) for column in self.columns]

    def table(self):
        """(labels, iterator of rows of plain values)."""
        rows = self.all_in_order()
        values = ([column.value(row) for column in self.columns] for row in rows.iterator(chunk_size=2000))
        return self.labels, values

    def file(self, kind):
        makers = {"csv": csv_response, "xlsx": xlsx_response}
        if kind not in makers:
            raise Refused(gettext("Choose csv or xlsx as the format of the file."))
        if kind == "csv" and all(column.field for column in self.columns):
            return copied_response(self.name, self.labels, self.all_in_order(), [one.field for one in self.columns])
        return makers[kind](self.name, *self.table())

    def as_json(self):
        self.load()
        return {
            "count": self.count_label,
            "next": self.next_url,
            "previous": self.previous_url,
            "results": [
                {"id": str(row.pk), **{column.name: column.value(row) for column in self.columns}}
                for row in self.objects
            ],
        }


def shown(form, name):
    value = form.cleaned_data[name]
    return dict(getattr(form.fields[name], "choices", ())).get(value, value)
