"""The record carries its format, and its scope as data.

Rows of the trail are never updated, not even here: the three columns become one by ALTER COLUMN … TYPE … USING, which
runs under the append-only triggers. What the scope now says is still part of each record's hash, so `verify_trail`
proves afterwards that nothing was lost on the way.
"""

import django.contrib.postgres.indexes
from django.db import migrations, models

JOINED = """
    ALTER TABLE audit_auditrecord
        ALTER COLUMN call_id DROP DEFAULT,
        ALTER COLUMN call_id TYPE jsonb USING jsonb_strip_nulls(jsonb_build_object(
            'application', application_id, 'call', call_id, 'member_state', nullif(member_state, '')));
    ALTER TABLE audit_auditrecord RENAME COLUMN call_id TO scope;
    ALTER TABLE audit_auditrecord ALTER COLUMN scope SET NOT NULL, DROP COLUMN application_id, DROP COLUMN member_state;
"""
PARTED = """
    ALTER TABLE audit_auditrecord RENAME COLUMN scope TO call_id;
    ALTER TABLE audit_auditrecord
        ALTER COLUMN call_id DROP NOT NULL, ADD COLUMN application_id uuid, ADD COLUMN member_state varchar(2);
    ALTER TABLE audit_auditrecord
        ALTER COLUMN application_id TYPE uuid USING (call_id->>'application')::uuid,
        ALTER COLUMN member_state TYPE varchar(2) USING coalesce(call_id->>'member_state', ''),
        ALTER COLUMN call_id TYPE uuid USING (call_id->>'call')::uuid;
    ALTER TABLE audit_auditrecord ALTER COLUMN member_state SET NOT NULL;
"""


def refuse_to_lose_new_records(apps, schema_editor):
    """The code of before knows one format only: a record of another would look changed to it for ever."""
    newer = apps.get_model('audit', 'AuditRecord').objects.filter(format__gt=1).count()
    if newer:
        raise RuntimeError(f'{newer} records were written in a later format; the code of before could not prove them.')


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='auditrecord',
            name='records_of_an_application',
        ),
        migrations.RemoveIndex(
            model_name='auditrecord',
            name='records_of_a_call',
        ),
        migrations.AddField(
            model_name='auditrecord',
            name='format',
            field=models.PositiveSmallIntegerField(default=1),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='auditrecord',
            name='written_at',
            field=models.DateTimeField(null=True, verbose_name='written down'),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(JOINED, PARTED)],
            state_operations=[
                migrations.RemoveField(model_name='auditrecord', name='call_id'),
                migrations.RemoveField(model_name='auditrecord', name='application_id'),
                migrations.RemoveField(model_name='auditrecord', name='member_state'),
                migrations.AddField(model_name='auditrecord', name='scope', field=models.JSONField(default=dict)),
            ],
        ),
        migrations.AddIndex(
            model_name='auditrecord',
            index=django.contrib.postgres.indexes.GinIndex(fields=['scope'], name='records_by_scope', opclasses=['jsonb_path_ops']),
        ),
        migrations.RunPython(migrations.RunPython.noop, refuse_to_lose_new_records),
    ]
