"""Whose a promise or a mail is becomes data, as in the records; versions of mails are not updated, their column is."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

TABLES = ('promises_promise', 'promises_mail', 'promises_mailevent')


def joined(table):
    return f"""
        ALTER TABLE {table} ALTER COLUMN call_id TYPE jsonb USING jsonb_strip_nulls(
            jsonb_build_object('application', application_id, 'call', call_id));
        ALTER TABLE {table} RENAME COLUMN call_id TO scope;
        ALTER TABLE {table} ALTER COLUMN scope SET NOT NULL, DROP COLUMN application_id;
    """


def parted(table):
    return f"""
        ALTER TABLE {table} RENAME COLUMN scope TO call_id;
        ALTER TABLE {table} ALTER COLUMN call_id DROP NOT NULL, ADD COLUMN application_id uuid;
        ALTER TABLE {table}
            ALTER COLUMN application_id TYPE uuid USING (call_id->>'application')::uuid,
            ALTER COLUMN call_id TYPE uuid USING (call_id->>'call')::uuid;
    """


class Migration(migrations.Migration):

    dependencies = [
        ('promises', '0002_whose_call_and_application'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='mail',
            name='insert_insert',
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(joined(table), parted(table)) for table in TABLES],
            state_operations=[
                operation
                for model_name in ('promise', 'mail', 'mailevent')
                for operation in (
                    migrations.RemoveField(model_name=model_name, name='application_id'),
                    migrations.RemoveField(model_name=model_name, name='call_id'),
                    migrations.AddField(model_name=model_name, name='scope', field=models.JSONField(default=dict)),
                )
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mail',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "promises_mailevent" ("body", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "sent_at", "subject", "to", "written_at") VALUES (NEW."body", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."scope", NEW."sent_at", NEW."subject", NEW."to", NEW."written_at"); RETURN NULL;', hash='01c23ea1de8853979daf7ee2d0d25890eaf2a3df', operation='INSERT', pgid='pgtrigger_insert_insert_848e4', table='promises_mail', when='AFTER')),
        ),
    ]
