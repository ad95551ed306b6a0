import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('programmes', '0005_first_versions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('ordinal', models.PositiveSmallIntegerField(verbose_name='round')),
                ('cause', models.CharField(choices=[('INITIAL', 'first evaluation'), ('REDRESS', 'request for review'), ('CORRECTION', 'correction of an error')], max_length=10, verbose_name='cause')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('opened_at', models.DateTimeField()),
                ('application_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), null=True, size=None)),
            ],
            options={
                'ordering': ['ordinal'],
            },
        ),
        migrations.CreateModel(
            name='RoundEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('ordinal', models.PositiveSmallIntegerField(verbose_name='round')),
                ('cause', models.CharField(choices=[('INITIAL', 'first evaluation'), ('REDRESS', 'request for review'), ('CORRECTION', 'correction of an error')], max_length=10, verbose_name='cause')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('opened_at', models.DateTimeField()),
                ('application_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), null=True, size=None)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='round',
            name='call',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='programmes.call'),
        ),
        migrations.AddField(
            model_name='round',
            name='opened_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roundevent',
            name='call',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.call'),
        ),
        migrations.AddField(
            model_name='roundevent',
            name='opened_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roundevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='roundevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programmes.round'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.UniqueConstraint(fields=('call', 'ordinal'), name='rounds_of_a_call_are_numbered'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('application_ids', None), ('cause', 'INITIAL'), ('ordinal', 1)), models.Q(('application_ids__isnull', False), ('ordinal__gt', 1), models.Q(('cause', 'INITIAL'), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='a_later_round_says_why_and_whom_it_is_about'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_roundevent" ("application_ids", "call_id", "cause", "id", "opened_at", "opened_by_id", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."application_ids", NEW."call_id", NEW."cause", NEW."id", NEW."opened_at", NEW."opened_by_id", NEW."ordinal", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason"); RETURN NULL;', hash='9446bd7fc655f6310091258e1d5922445bae7bc3', operation='INSERT', pgid='pgtrigger_insert_insert_e3743', table='programmes_round', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_roundevent" ("application_ids", "call_id", "cause", "id", "opened_at", "opened_by_id", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."application_ids", NEW."call_id", NEW."cause", NEW."id", NEW."opened_at", NEW."opened_by_id", NEW."ordinal", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason"); RETURN NULL;', hash='a4a707f22ff4ac9f7807e049cb98ba3eb3496b87', operation='UPDATE', pgid='pgtrigger_update_update_39452', table='programmes_round', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_roundevent" ("application_ids", "call_id", "cause", "id", "opened_at", "opened_by_id", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (OLD."application_ids", OLD."call_id", OLD."cause", OLD."id", OLD."opened_at", OLD."opened_by_id", OLD."ordinal", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason"); RETURN NULL;', hash='b56efe8e4fbba8b156631b68205134aa5e0a5968', operation='DELETE', pgid='pgtrigger_delete_delete_b6379', table='programmes_round', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a5cdee0d14161b43a94451015387bc9d7f2c0417', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1ad63', table='programmes_roundevent', when='BEFORE')),
        ),
    ]
