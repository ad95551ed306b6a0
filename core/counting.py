"""How many, without reading more than anybody wants to know."""

from django.db.models import IntegerField, OuterRef, Subquery

CAP = 1000  # counting further costs more than it tells


class Number(Subquery):
    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def number_of(rows, path, *, most=None):
    """How many of these rows lead by `path` to the row at hand; at most one more than `most`."""
    found = rows.filter(**{path: OuterRef("pk")}).order_by().values("pk")
    return Number(found if most is None else found[: most + 1])


def counted(number, most=CAP):
    """As people read it: “1000+” for whatever is more."""
    return f"{most}+" if number > most else str(number)
