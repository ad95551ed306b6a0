"""Which rows a record tells of: every change of a business row is told by a record written in the same transaction.

The database notes each change of a row by itself (a trigger, so SQL by hand is noted too) with a digest of the row as
it now is. The next record of the transaction takes up what is noted and no record has told, and its hash covers it. A
transaction of the servers' role that ends with a change no record has told is refused. So the newest record that
tells of a row says what the row must be now.

A digest is the SHA-256 of the row as PostgreSQL writes it as JSON (`jsonb::text`, times in UTC) without the columns
that no record tells of; the shape, the first eight digits of the MD5 of its column names, says which columns it had.
"""

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

GONE = ""  # the digest of a row that is no more

FUNCTIONS = """
CREATE OR REPLACE FUNCTION row_digest(content jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(content::text, 'UTF8')), 'hex')
$$;
CREATE OR REPLACE FUNCTION row_shape(content jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT left(md5(string_agg(key, ',' ORDER BY key COLLATE "C")), 8) FROM jsonb_object_keys(content) key
$$;
CREATE OR REPLACE FUNCTION note_changed_rows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO audit_changedrow (source, row_id, digest, shape)
            SELECT TG_TABLE_NAME, id::text, '', '' FROM rows_before;
    ELSIF TG_OP = 'INSERT' THEN
        WITH noted AS MATERIALIZED (SELECT id, to_jsonb(n) - TG_ARGV[0]::text[] AS content FROM rows_after n)
        INSERT INTO audit_changedrow (source, row_id, digest, shape)
            SELECT TG_TABLE_NAME, id::text, row_digest(content), (SELECT row_shape(content) FROM noted LIMIT 1)
            FROM noted;
    ELSE
        WITH noted AS MATERIALIZED (
            SELECT coalesce(after.id, before.id) AS id, after.content
            FROM (SELECT id, to_jsonb(o) - TG_ARGV[0]::text[] AS content FROM rows_before o) before
            FULL JOIN (SELECT id, to_jsonb(n) - TG_ARGV[0]::text[] AS content FROM rows_after n) after USING (id)
            WHERE after.content IS DISTINCT FROM before.content)
        INSERT INTO audit_changedrow (source, row_id, digest, shape)
            SELECT TG_TABLE_NAME, id::text, coalesce(row_digest(content), ''), coalesce(row_shape(content), '')
            FROM noted;
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION changes_are_told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET enable_seqscan = off AS $$
BEGIN
    DELETE FROM audit_changedrow c
        USING (SELECT DISTINCT told->>0 AS source, told->>1 AS row_id
               FROM records r, jsonb_array_elements(r.rows) told) told
        WHERE c.transaction = pg_current_xact_id()::text::bigint
        AND c.source = told.source AND c.row_id = told.row_id;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION no_change_untold() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_ARGV[0] IN (session_user, current_setting('role'))
        AND EXISTS (SELECT FROM audit_changedrow WHERE id = NEW.id) THEN
        RAISE EXCEPTION 'a row of % was changed and no record tells of it', NEW.source;
    END IF;
    RETURN NULL;
END $$;
"""

NOTING = (
    ("is_told", "INSERT", "NEW TABLE AS rows_after"),
    ("is_told_when_changed", "UPDATE", "OLD TABLE AS rows_before NEW TABLE AS rows_after"),
    ("is_told_when_gone", "DELETE", "OLD TABLE AS rows_before"),
)  # the triggers of a table: one call for a statement, however many rows it changes

NOTED = """
    (SELECT jsonb_agg(jsonb_build_array(source, row_id, digest, shape) ORDER BY source, row_id) FROM (
        SELECT DISTINCT ON (source, row_id) source, row_id, digest, shape FROM audit_changedrow
        WHERE transaction = pg_current_xact_id_if_assigned()::text::bigint ORDER BY source, row_id, id DESC) noted)
"""  # what this transaction has changed and no record has told yet, each row as it now is

SHAPE = """
    SELECT row_shape(jsonb_object_agg(column_name, 0)), array_agg(column_name::text ORDER BY column_name)
    FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = %s AND column_name <> ALL(%s::text[])
"""  # the columns that a row of this table has today


def told_tables():
    """{table: columns that no record tells of} of every table whose rows the trail answers for."""
    versioned = [model.pgh_tracked_model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
    told = [model for model in versioned if getattr(model, "told", True)]
    return {
        model._meta.db_table: sorted(
            model._meta.get_field(name).column for name in getattr(model, "unrecorded", frozenset())
        )
        for model in sorted(told, key=lambda model: model._meta.db_table)
    }


def watch(cursor):
    """Prepare the functions and put the triggers on every table that is told of; run as the owner after migrating."""
    cursor.execute(FUNCTIONS)
    for table, unrecorded in told_tables().items():
        name, columns = connection.ops.quote_name(table), "{" + ",".join(unrecorded) + "}"
        with transaction.atomic():
            for trigger, event, seen in NOTING:
                cursor.execute(
                    f"CREATE OR REPLACE TRIGGER {trigger} AFTER {event} ON {name} REFERENCING {seen}"
                    f" FOR EACH STATEMENT EXECUTE FUNCTION note_changed_rows('{columns}')"
                )
    with transaction.atomic():
        cursor.execute("DROP TRIGGER IF EXISTS nothing_untold ON audit_changedrow")
        cursor.execute(
            "CREATE CONSTRAINT TRIGGER nothing_untold AFTER INSERT ON audit_changedrow DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION no_change_untold(%s)",
            [settings.DATABASE_APP_ROLE],
        )
    cursor.execute(
        "CREATE OR REPLACE TRIGGER changes_are_told AFTER INSERT ON audit_auditrecord REFERENCING NEW TABLE AS records"
        " FOR EACH STATEMENT EXECUTE FUNCTION changes_are_told()"
    )
    cursor.execute("DROP FUNCTION IF EXISTS note_changed_row()")  # of before: once for each row


def shapes(cursor):
    """Yield (table, shape, columns) of every table that is told of, as it is today."""
    for table, unrecorded in told_tables().items():
        cursor.execute(SHAPE, [table, unrecorded])
        yield table, *cursor.fetchone()
