"""The rights of the servers' database role, table by table; which table has which is the project's business.

Three layers, each for that role alone: what is granted (by table and by column), rows that are frozen (a trigger that
refuses a change of some columns while the row is in some state), rows that stand below a frozen one.
"""

from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.db import connection

FOR_GOOD = {  # rows come; nobody changes or takes one away
    "audit.AuditRecord", "audit.Checkpoint", "audit.TreeNode", "audit.Look", "audit.LookBlock"
}  # fmt: skip
KEY = "id"  # of every row of ours; it never changes
REFUSE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    is_above boolean := true;
BEGIN
    IF TG_ARGV[0] NOT IN (session_user, current_setting('role')) THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    IF TG_NARGS > 2 THEN
        EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE id = ($1).%I AND status = ANY($2))', TG_ARGV[2], TG_ARGV[3])
            INTO is_above USING coalesce(OLD, NEW), TG_ARGV[4]::text[];
    END IF;
    IF is_above THEN
        RAISE EXCEPTION '%', TG_ARGV[1];
    END IF;
    RETURN coalesce(NEW, OLD);
END $$
"""


@dataclass(frozen=True)
class Rights:
    """`changes`: the columns that may change, None for all but the key. `but`: those of them that stay."""

    changes: tuple | None = None
    but: tuple = ()
    rows_come: bool = True
    rows_go: bool = False

    def columns(self, every):
        stays = {KEY, *self.but}
        return [one for one in every if one not in stays and (self.changes is None or one in self.changes)]


def only(columns):
    return Rights(changes=tuple(columns.split()))


def all_but(columns):
    return Rights(but=tuple(columns.split()))


@dataclass(frozen=True)
class Frozen:
    """While `condition` holds on the row as it was (OLD), these columns do not change."""

    table: str
    condition: str
    columns: str
    sentence: str

    def put(self, cursor, role):
        table = quoted(self.table)
        changed = " OR ".join(f"OLD.{quoted(one)} IS DISTINCT FROM NEW.{quoted(one)}" for one in self.columns.split())
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER is_frozen BEFORE UPDATE ON {table} FOR EACH ROW"
            f" WHEN (({self.condition}) AND ({changed})) EXECUTE FUNCTION refuse_change(%s, %s)",
            [role, self.sentence],
        )


@dataclass(frozen=True)
class Above:
    """While the row of `parent` that the `column` names is in one of these states, rows below it neither come, change
    nor go."""

    table: str
    column: str
    parent: str
    states: tuple
    sentence: str

    def put(self, cursor, role):
        states = "{" + ",".join(self.states) + "}"
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER is_frozen_above BEFORE INSERT OR UPDATE OR DELETE ON {quoted(self.table)}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change(%s, %s, %s, %s, %s)",
            [role, self.sentence, self.parent, self.column, states],
        )


def grant(cursor, role):
    """Give the role what the project's table says, and nothing else; a table without a line can be read."""
    name = quoted(role)
    for table, columns in every_table(cursor):
        rights, target = declared().RIGHTS.get(table, Rights(changes=(), rows_come=False)), quoted(table)
        cursor.execute(f"REVOKE ALL ON {target} FROM {name}")
        rows = [word for word, may in {"INSERT": rights.rows_come, "DELETE": rights.rows_go}.items() if may]
        cursor.execute(f"GRANT {', '.join(['SELECT', *rows])} ON {target} TO {name}")
        if changing := rights.columns(columns):
            cursor.execute(f"GRANT UPDATE ({listed(changing)}) ON {target} TO {name}")


def freeze(cursor, role):
    """Put the triggers on the tables that the project names."""
    cursor.execute(REFUSE)
    found = declared()
    for one in [*found.FROZEN, *found.ABOVE]:
        one.put(cursor, role)


def declared():
    """The module with the project's RIGHTS, FROZEN and ABOVE."""
    return import_module(settings.DATABASE_RIGHTS)


def every_table(cursor):
    """(table, columns but the key) of each table of the house and of its libraries; not those of versions."""
    cursor.execute(
        "SELECT table_name, array_agg(column_name::text) FROM information_schema.columns JOIN information_schema.tables"
        " USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        " GROUP BY table_name ORDER BY table_name"
    )
    kept = set(append_only_tables())
    return [(table, columns) for table, columns in cursor.fetchall() if table not in kept]


def append_only_tables():
    """The trail with its tree, and the tables of versions that pghistory fills by trigger."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.label in FOR_GOOD or getattr(model, "pgh_tracked_model", None)
    )


def listed(columns):
    return ", ".join(map(quoted, columns))


def quoted(name):
    return connection.ops.quote_name(name)
