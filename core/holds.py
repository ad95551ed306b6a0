"""What an act holds until its transaction ends, and the one order in which the whole house takes it.

Two acts that take the same things in the same order wait for each other and never block each other. A table of
states names its holds in ascending `place`; a table that does not is refused when it is read.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection


@dataclass(frozen=True)
class Hold:
    """`take(row)` locks; what it gives back is put in the row's place for it (`field`), fresh as it is.
    `take_many(rows)` does the same for many rows, and puts it there itself."""

    name: str
    place: int
    take: Callable = None
    field: str = ""
    take_many: Callable = None

    def __str__(self):
        return self.name


ROW = Hold("the row", -1)  # the row of the act; its place is that of its kind


def parent(field, *, place, related=(), long=()):
    """The row that `field` points at, read again and locked: parents are held before children are counted.

    `long`: columns with long texts, which are not read of many at once unless somebody asks for them.
    """

    def parents(row):
        return row._meta.get_field(field).related_model._base_manager.select_for_update(of=("self",))

    def take(row):
        return after_waiting(parents(row).select_related(*related), getattr(row, f"{field}_id"))

    def take_many(rows):
        wanted = {getattr(row, f"{field}_id") for row in rows}
        asked = parents(rows[0]).filter(pk__in=wanted).defer(*long).prefetch_related(*related)  # each of those once
        found = {one.pk: one for one in asked.order_by("pk")}
        for row in rows:
            setattr(row, field, found[getattr(row, f"{field}_id")])

    return Hold(f"its {field}", place, take, field, take_many)


def by_name(name, key, *, place, shared=False):
    """A name that is no row, such as the closing of a call; `shared`: many may hold it while nobody holds it alone."""
    return Hold(name, place, lambda row: hold_name(key(row), shared=shared))


def hold_name(name, *, shared=False):
    """Until the transaction ends."""
    kind = "_shared" if shared else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock{kind}(hashtextextended(%s, 0))", [name])


def row_again(row, reads=()):
    """The row as it is now, held, with the rows in `reads` that its acts ask; a new one is nobody else's yet."""
    if row._state.adding:
        return row
    return after_waiting(type(row)._base_manager.select_related(*reads).select_for_update(of=("self",)), row.pk)


def after_waiting(rows, pk):
    """The row of this key, held. Whoever held it before us may have made it another's: the database then finds what is
    joined to it no more, and says that there is none. It is asked again with what it knows now."""
    try:
        return rows.get(pk=pk)
    except ObjectDoesNotExist:
        return rows.get(pk=pk)


def take_all(row, holds, reads=()):
    """Take each hold in its order; give the row, read again where the table says so."""
    given = {}
    for one in holds:
        if one is ROW:
            row = row_again(row, reads)
        elif (found := one.take(row)) is not None and one.field:
            given[one.field] = found
    for name, found in given.items():
        setattr(row, name, found)
    return row


def rows_again(rows, reads=()):
    """As `row_again`, for many rows, in the order they came in; equals are held by their primary keys."""
    kept = [row.pk for row in rows if not row._state.adding]
    asked = type(rows[0])._base_manager.select_related(*reads).select_for_update(of=("self",))
    found = {one.pk: one for one in asked.filter(pk__in=kept).order_by("pk")} if kept else {}
    found |= {pk: after_waiting(asked, pk) for pk in kept if pk not in found}
    return [row if row._state.adding else found[row.pk] for row in rows]


def take_all_of(rows, holds, reads=()):
    """As `take_all`, for many rows of one kind. What stands above them is held first, then they themselves."""
    for one in holds:
        if one is ROW:
            rows = with_what_is_held(rows_again(rows, reads), rows, holds)
        else:
            one.take_many(rows)
    return rows


def with_what_is_held(again, rows, holds):
    """The rows read again keep the parents that were held through the ones before."""
    for fresh, row in zip(again, rows, strict=True):
        for field in [one.field for one in holds if one.field]:
            setattr(fresh, field, getattr(row, field))
    return again


def require_order(holds, *, place, where):
    places = [place if one is ROW else one.place for one in holds]
    if places != sorted(set(places)):
        names = ", ".join(f"{one} ({number})" for one, number in zip(holds, places, strict=True))
        raise TypeError(f"{where} takes its holds out of the house's order: {names}")
