"""Whose record a record is: {kind: id}, both texts. What kinds there are is the business of the rows that say so."""

from functools import reduce
from operator import or_

from django.db.models import Q, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast


def as_scope(named):
    """As it is written and hashed: ids as texts, kinds that do not apply left out."""
    return {kind: str(value) for kind, value in named.items() if value not in (None, "")}


def in_scope(kind, ids):
    """The condition that a row's scope names one of these; the index on scopes serves it."""
    return reduce(or_, (Q(scope__contains={kind: str(one)}) for one in ids), Q(pk__in=[]))


def id_in_scope(kind):
    """The id that a row's scope has for a kind, in a query: a text, NULL where it names none."""
    return Cast(KT(f"scope__{kind}"), TextField())


def ids_of(rows):
    """The ids of these rows as a scope has them, for `in`. As texts: nothing trips over a spoilt one."""
    return rows.order_by().values_list(Cast("pk", TextField()))
