"""Keyset pagination: the address of a page names the last row seen, so depth costs nothing and rows never repeat."""

import base64
import json
from datetime import date, datetime
from decimal import Decimal

from django.core.signing import Signer
from django.db.models import F, Q
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from core.errors import Refused

# What a place in an order is, beside texts and whole numbers, and how it is read again; a moment is a day too.
KINDS = {"t": (datetime, parse_datetime), "y": (date, date.fromisoformat), "d": (Decimal, Decimal)}


def encode(value, name, *, order, backwards=False):
    """Signed for one order of one kind of row: only there does the value have its type."""
    kind = next((kind for kind, (of, _read) in KINDS.items() if isinstance(value, of)), "s")
    text = value if kind == "s" else value.isoformat() if kind in "ty" else str(value)
    plain = base64.urlsafe_b64encode(json.dumps([kind, text, str(name), backwards]).encode()).decode().rstrip("=")
    return Signer(salt=f"page:{order}").sign(plain)


def decode(cursor, *, order):
    """Give (value, name, backwards); refuse what we did not write."""
    try:
        plain = Signer(salt=f"page:{order}").unsign(cursor)
        kind, text, name, backwards = json.loads(base64.urlsafe_b64decode(plain + "=" * (-len(plain) % 4)))
        value = text if kind == "s" else KINDS[kind][1](text)
    except Exception as broken:  # anything can be in an address somebody typed
        raise Refused(_("This page address is not valid any more. Go back to the first page of the list.")) from broken
    return value, name, bool(backwards)


def page_of(rows, *, sort, cursor, size, within=""):
    """Give (rows, cursor before or None, cursor after or None); `sort` is a field or a path to one of another table,
    "-" in front for descending. It must never be NULL: annotate a Coalesce where the column may be.

    `within` is a column that is the same in all these rows, and stands first in the index that serves them.
    Each row brings the value of its place as `place_in_order`.
    """
    field, descending = sort.removeprefix("-"), sort.startswith("-")
    order = f"{rows.model.__name__}.{field}"
    value, name, backwards = decode(cursor, order=order) if cursor else (None, None, False)
    downwards = descending != backwards
    if cursor:
        rows = rows.filter(beyond(field, value, id_named(rows.model, name), downwards))
    rows = rows.annotate(place_in_order=F(field))
    sign = "-" if downwards else ""
    keys = [within, field, "pk"] if within else [field, "pk"]
    found = list(rows.order_by(*(sign + key for key in keys))[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return found, None, None
    before = encode(found[0].place_in_order, name_of(found[0]), order=order, backwards=True)
    after = encode(found[-1].place_in_order, name_of(found[-1]), order=order)
    has_before, has_after = (more, True) if backwards else (bool(cursor), more)
    return found, before if has_before else None, after if has_after else None


def name_of(row):
    """How addresses and answers call a row: by its id, or by its `public_name` where ids count what nobody may see."""
    return row.public_name if hasattr(row, "public_name") else str(row.pk)


def id_named(model, name):
    """The id of the row of this name, for a question; nothing is asked here."""
    return model.objects.named(name).values("pk") if hasattr(model, "public_name") else name


def beyond(field, value, pk, downwards):
    """The rows after (value, pk) in this order, in a form that an index on (field, pk) answers."""
    side = "lt" if downwards else "gt"
    return Q(**{f"{field}__{side}e": value}) & (Q(**{f"{field}__{side}": value}) | Q(**{f"pk__{side}": pk}))
