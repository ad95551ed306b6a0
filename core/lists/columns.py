"""What a list shows, and by what it is narrowed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django import forms
from django.db.models import F, Q
from django.db.models.lookups import Contains
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from core.counting import CAP
from core.fields import CleanCharField
from core.lists.drawn import PlainSelect
from core.lists.kinds import CODE, TEXT
from core.spelling import Folded, folded


@dataclass(frozen=True)
class Column:
    """`value(row)` is what files and the API hold; `text(row)` is how the page shows it, when that differs. `kind` says
    what it is (`core.lists.kinds`), of a code `choices` which there are; `code(row)` is one whose file has the words.

    `field` names the field or annotation that holds the same value: a list whose columns all have one leaves as
    CSV straight from the database.
    """

    name: str
    label: str
    value: Callable
    text: Callable | None = None
    sort: str = ""  # a field or annotation that is never NULL, with an index: a list is as fast by it at any size
    url: Callable | None = None
    tone: Callable | None = None
    numeric: bool = False
    unit: str = ""  # of a number: EUR, or % of a hundred; a report's workbook shows it so
    wide: bool = False  # words of some length: its column keeps room for them
    field: str = ""
    cells: Callable | None = None  # several on a page, one below the other: list of core.cells.Cell
    kind: str = TEXT
    choices: tuple | type = ()
    code: Callable | None = None

    def told(self, row):
        return (self.code or self.value)(row)

    def shown(self, row):
        return (self.text or self.value)(row)


@dataclass(frozen=True)
class Filter:
    """`apply(rows, value)` narrows the rows; `field()` or `field(user)` makes the form field."""

    name: str
    field: Callable
    apply: Callable
    searches: tuple = ()  # the fields that words are searched in, each by an index of its own
    label: str = ""
    codes: tuple = ()  # every value there is, where that is known beforehand
    kind: str = TEXT


def search(*fields, folded_fields=(), name="q", label=None, help_text=""):
    """A text filter: every word of it must stand in one of these fields, as people type it.

    Each of `fields` needs an index of trigrams on `folded(…)`, each of `folded_fields` on what it is.
    """
    places = [Folded(F(field)) for field in fields] + [F(field) for field in folded_fields]

    def field():
        return CleanCharField(
            label=label or gettext("Search"), required=False, max_length=100, help_text=help_text, widget=ended()
        )

    searched = {"searches": (*fields, *folded_fields), "label": label or gettext_lazy("Every word of it is found")}
    return Filter(name, field, lambda rows, text: containing(rows, text, places), **searched)


def ended():
    """A line in an address: what is too long is counted and said, and far beyond that the browser takes no more."""
    return forms.TextInput(attrs={"maxlength": 500})


def containing(rows, text, places):
    """One question for each place, since no index serves two; capped, so that a common word cannot stall the page."""
    words = folded(text).split()
    if len(places) == 1:
        return holding(rows, words, places[0])
    ids = set()
    for place in places:
        ids.update(holding(rows, words, place).order_by().values_list("pk", flat=True)[: CAP + 1])
        if len(ids) > CAP:
            return anywhere(rows, words, places)
    return rows.filter(pk__in=ids)


def holding(rows, words, place):
    for word in words:
        rows = rows.filter(Contains(place, word))
    return rows


def anywhere(rows, words, places):
    found = [reduce(and_, (Q(Contains(place, word)) for word in words), Q()) for place in places]
    return rows.filter(reduce(or_, found))


def choice(name, label, choices, lookup="", narrow=None, codes=()):
    """A filter by one of several values; `choices` is a list or a function giving one, `codes` what it always gives.

    The value is looked up in the field `lookup`, or `narrow(rows, value)` says which rows it means.
    """

    def field():
        options = choices() if callable(choices) else choices
        return forms.ChoiceField(label=label, required=False, choices=[("", _("All")), *options], widget=PlainSelect)

    known = tuple(codes) if callable(choices) else tuple(str(code) for code, _words in choices)
    narrow = narrow or (lambda rows, value: rows.filter(**{lookup or name: value}))
    return Filter(name, field, narrow, label=label, codes=known, kind=CODE)
