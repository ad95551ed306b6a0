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
from django.db import connection

GONE = ""  # the digest of a row that is no more

FUNCTIONS = """
CREATE OR REPLACE FUNCTION row_digest(content jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(content::text, 'UTF8')), 'hex')
$$;
CREATE OR REPLACE FUNCTION row_shape(content jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT left(md5(string_agg(key, ',' ORDER BY key COLLATE "C")), 8) FROM jsonb_object_keys(content) key
$$;
CREATE OR REPLACE FUNCTION note_changed_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    content jsonb;
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO audit_changedrow (source, row_id, digest, shape) VALUES (TG_TABLE_NAME, OLD.id::text, '', '');
        RETURN NULL;
    END IF;
    content := to_jsonb(NEW) - TG_ARGV[0]::text[];
    IF TG_OP = 'UPDATE' AND content = to_jsonb(OLD) - TG_ARGV[0]::text[] THEN
        RETURN NULL;
    END IF;
    INSERT INTO audit_changedrow (source, row_id, digest, shape)
        VALUES (TG_TABLE_NAME, NEW.id::text, row_digest(content), row_shape(content));
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION changes_are_told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM audit_changedrow c USING jsonb_array_elements(NEW.rows) told
        WHERE c.transaction = pg_current_xact_id()::text::bigint AND c.source = told->>0 AND c.row_id = told->>1;
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
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER is_told AFTER INSERT OR UPDATE OR DELETE ON {name}"
            f" FOR EACH ROW EXECUTE FUNCTION note_changed_row('{columns}')"
        )
    cursor.execute("DROP TRIGGER IF EXISTS nothing_untold ON audit_changedrow")
    cursor.execute(
        "CREATE CONSTRAINT TRIGGER nothing_untold AFTER INSERT ON audit_changedrow DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW EXECUTE FUNCTION no_change_untold(%s)",
        [settings.DATABASE_APP_ROLE],
    )
    cursor.execute(
        "CREATE OR REPLACE TRIGGER changes_are_told AFTER INSERT ON audit_auditrecord"
        " FOR EACH ROW EXECUTE FUNCTION changes_are_told()"
    )


def shapes(cursor):
    """Yield (table, shape, columns) of every table that is told of, as it is today."""
    for table, unrecorded in told_tables().items():
        cursor.execute(SHAPE, [table, unrecorded])
        yield table, *cursor.fetchone()
