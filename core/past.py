"""Reading the house as it was: inside `as_of(moment)` every question of this connection is answered from the versions.

Each table that keeps versions is hidden behind a temporary view of the same name, which gives the newest version of
each row written at or before the moment. No query knows the difference, `visible_to` neither. Nothing can be written,
and the views end with the transaction, which is always rolled back.

The moment is the database's: a change counts from the start of the transaction that made it.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Max, Value
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from audit.history import tables_of_versions
from audit.models import AuditRecord, Beginning
from core.errors import Incomplete
from core.formats import milliseconds
from core.rows import Row

SETTLED = timedelta(minutes=1)  # until then an act that was under way may still be added to the past
NEWEST = (
    "v.pgh_label <> 'delete' AND v.pgh_created_at <= {moment} AND v.pgh_id = (SELECT w.pgh_id FROM {source} w"
    " WHERE w.{key} = v.{key} AND w.pgh_created_at <= {moment} ORDER BY w.pgh_id DESC LIMIT 1)"
)
VERSIONS = "v.pgh_created_at <= {moment}"
RECORDS = "coalesce(v.written_at, v.at) <= {moment}"  # those of format 1 only know when they say it happened
NO_PAST = "('no versions are kept, the past cannot be read: ' || v.{key})::boolean"
_read_as_of = ContextVar("read_as_of", default=None)


def the_moment():
    """What “now” is for a question with dates in it: the database's now, or the moment of which the past is read."""
    return Value(_read_as_of.get()) if _read_as_of.get() else Now()


@contextmanager
def as_of(moment):
    """Read the past; with None nothing happens, and the present is read."""
    if moment is None:
        yield
        return
    with one_moment(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(views_of(cursor.mogrify("%s", [moment]).decode()))
            cursor.execute("SET TRANSACTION READ ONLY")
        token = _read_as_of.set(moment)
        try:
            yield
        finally:
            _read_as_of.reset(token)
            transaction.set_rollback(True)


@contextmanager
def one_moment():
    """All questions see the same moment of the data, whatever is written meanwhile."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def views_of(moment):
    """One text of many statements; `moment` is an SQL literal."""
    kept = tables_of_versions()
    views = [view(AuditRecord, AuditRecord, RECORDS)]
    views += [view(model, versions, NEWEST, key_of(versions)) for model, versions in kept.items()]
    views += [view(versions, versions, VERSIONS) for versions in kept.values()]
    views += [view(model, model, NO_PAST) for model in rows_of_the_house() if model not in kept]
    return "".join(views).format(moment=moment)


def view(model, source, condition, key=None):
    """A view named like the table of `model` over the table `source`; `key` names the row that a version is of."""
    table, source_table = model._meta.db_table, f'public."{source._meta.db_table}"'
    key = key or model._meta.pk.column
    columns = ", ".join(column_of(field, source, key) for field in model._meta.concrete_fields)
    filled = condition.replace("{source}", source_table).replace("{key}", key)
    return f'CREATE TEMPORARY VIEW "{table}" AS SELECT {columns} FROM {source_table} v WHERE {filled};'  # noqa: S608  # nosec B608 - no word of users


def column_of(field, source, key):
    """The row's own key has an index among the versions; what versions leave out (secrets) reads as nothing."""
    if field.primary_key and source is not field.model:
        return f'v."{key}" AS "{field.column}"'
    if any(field.column == other.column for other in source._meta.concrete_fields):
        return f'v."{field.column}"'
    return f'NULL::{field.db_type(connection)} AS "{field.column}"'


def key_of(versions):
    names = {field.column for field in versions._meta.concrete_fields}
    return "pgh_obj_id" if "pgh_obj_id" in names else versions.pgh_tracked_model._meta.pk.column


def rows_of_the_house():
    """Every table of business rows, those between two of them too."""
    rows = [model for model in apps.get_models() if issubclass(model, Row) and not model._meta.proxy]
    return rows + [link.remote_field.through for model in rows for link in model._meta.local_many_to_many]


def require_past(moment, at):
    """The past can be read from the first version on, and once it is settled."""
    if moment > at - SETTLED:
        words = {"moment": milliseconds(at - SETTLED)}
        raise Incomplete({"at": _("The past ends a minute ago. Choose a moment not after %(moment)s.") % words})
    first = begins_at()
    if first is None or moment < first:
        words = {"moment": milliseconds(first) if first else "–"}
        raise Incomplete({"at": _("Nothing is known of what was before. Choose a moment from %(moment)s on.") % words})


def begins_at():
    """From when on all versions are there: the first of any, or where a table began to keep them later, that moment."""
    firsts = " UNION ALL ".join(
        f'(SELECT pgh_created_at FROM "{versions._meta.db_table}" ORDER BY pgh_id LIMIT 1)'  # noqa: S608  # nosec B608 - no word of users
        for versions in tables_of_versions().values()
    )
    later = Beginning.objects.aggregate(at=Max("at"))["at"]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT greatest(min(pgh_created_at), %s) FROM ({firsts}) AS firsts", [later])  # noqa: S608  # nosec B608 - no word of users
        return cursor.fetchone()[0]
