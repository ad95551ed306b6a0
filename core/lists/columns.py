"""What a list shows, and by what it is narrowed."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField

CAP = 1000  # counting further costs more than anybody wants to know


@dataclass(frozen=True)
class Column:
    """`value(row)` is what files and the API hold; `text(row)` is how the page shows it, when that differs.

    `field` names the field or annotation that holds the same value: a list whose columns all have one leaves as
    CSV straight from the database.
    """

    name: str
    label: str
    value: Callable
    text: Callable | None = None
    sort: str = ""  # a field or annotation that is never NULL
    url: Callable | None = None
    tone: Callable | None = None
    numeric: bool = False
    field: str = ""


@dataclass(frozen=True)
class Filter:
    """`apply(rows, value)` narrows the rows; `field()` or `field(user)` makes the form field."""

    name: str
    field: Callable
    apply: Callable


def search(*fields, label=None):
    """A text filter over several fields, two steps: capped ids first, so that a common word cannot stall the page."""

    def apply(rows, text):
        found = rows.none()
        for field in fields:
            found |= rows.filter(**{f"{field}__icontains": text})
        ids = list(found.order_by().values_list("pk", flat=True)[: CAP + 1])
        return found if len(ids) > CAP else rows.filter(pk__in=ids)

    return Filter("q", lambda: CleanCharField(label=label or gettext("Search"), required=False, max_length=100), apply)


def choice(name, label, choices, lookup="", narrow=None):
    """A filter by one of several values; `choices` is a list or a function giving one.

    The value is looked up in the field `lookup`, or `narrow(rows, value)` says which rows it means.
    """

    def field():
        options = choices() if callable(choices) else choices
        return forms.ChoiceField(label=label, required=False, choices=[("", _("All")), *options])

    return Filter(name, field, narrow or (lambda rows, value: rows.filter(**{lookup or name: value})))
