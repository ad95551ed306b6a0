"""What the database reads for a list: each of its statements is explained as it ran."""

from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection

LARGE = 5000  # rows of a table from which on nobody reads it through


@dataclass
class Reading:
    """Of one page: its statements, the rows that were read for them, the large tables that were read through."""

    statements: list = field(default_factory=list)
    rows: int = 0
    read_through: set = field(default_factory=set)


@contextmanager
def reading():
    """Gather the statements of what runs inside, then explain them."""
    found, asked = Reading(), []
    with connection.execute_wrapper(lambda run, sql, params, *more: keep(asked, run, sql, params, *more)):
        yield found
    for sql, params in asked:
        found.statements.append(sql)
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
            add(found, cursor.fetchone()[0][0]["Plan"])


def keep(asked, run, sql, params, *more):
    if sql.startswith("SELECT"):
        asked.append((sql, params))
    return run(sql, params, *more)


def add(found, node):
    for below in node.get("Plans", ()):
        add(found, below)
    if "Relation Name" not in node:
        return
    removed = sum(node.get(f"Rows Removed by {why}", 0) for why in ("Filter", "Index Recheck"))
    rows = (node["Actual Rows"] + removed) * node["Actual Loops"]
    found.rows += int(rows)
    if node["Node Type"] == "Seq Scan" and rows > LARGE:
        found.read_through.add(node["Relation Name"])
