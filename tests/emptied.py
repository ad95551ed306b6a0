"""Emptying the database after a test that committed: the tables that hold something, not all hundred and fifty anew.

TRUNCATE gives every table and index a new file, also where nothing was written. What Django itself puts back after each
emptying, the kinds of content and their permissions, is not taken away in the first place; nor is what `grant_rights`
noted of the columns that records tell of. The clock, all that else is there in the beginning, `conftest` puts back.
"""

STAYS = {"django_content_type", "auth_permission", "audit_shape"}
STATEMENT = """DO $$ DECLARE one text; held boolean; BEGIN
    LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE;
    FOREACH one IN ARRAY ARRAY[{names}] LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', one) INTO held;
        IF held THEN EXECUTE format('DELETE FROM %I', one); END IF;
    END LOOP;
END $$"""


def emptied_where_something_is(connection):
    """Instead of `connection.ops.sql_flush`: as somebody with every right, past triggers and references."""

    def sql_flush(_style, tables, *, reset_sequences=False, allow_cascade=False):
        there = sorted(set(tables) - STAYS)
        names = {
            "tables": ", ".join(map(connection.ops.quote_name, there)),
            "names": ", ".join(f"'{one}'" for one in there),
        }
        return [
            "SET LOCAL session_replication_role = replica",
            STATEMENT.format(**names),
            "SET LOCAL session_replication_role = origin",
        ]

    return sql_flush
