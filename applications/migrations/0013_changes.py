"""Answers may be changed one by one: what each save did, what waits to be decided, what is not valid yet."""

import accounts.member_states
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0012_withdrawn_after_closing'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('part', models.CharField(max_length=30)),
                ('name', models.CharField(max_length=80, verbose_name='answer')),
                ('row_name', models.CharField(blank=True, max_length=250)),
                ('value', models.JSONField()),
                ('against', models.JSONField(null=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['at'],
            },
        ),
        migrations.CreateModel(
            name='KeptChangeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('part', models.CharField(max_length=30)),
                ('name', models.CharField(max_length=80, verbose_name='answer')),
                ('row_name', models.CharField(blank=True, max_length=250)),
                ('value', models.JSONField()),
                ('against', models.JSONField(null=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Saving',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('part', models.CharField(max_length=30)),
                ('at', models.DateTimeField()),
                ('changed', models.JSONField()),
                ('undone_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='SavingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('part', models.CharField(max_length=30)),
                ('at', models.DateTimeField()),
                ('changed', models.JSONField()),
                ('undone_at', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='application',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='application',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='application',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='milestone',
            name='an_activity_does_not_end_before_it_starts',
        ),
        migrations.AddField(
            model_name='application',
            name='as_typed',
            field=models.JSONField(blank=True, default=dict, verbose_name='answers not valid yet'),
        ),
        migrations.AddField(
            model_name='applicationevent',
            name='as_typed',
            field=models.JSONField(blank=True, default=dict, verbose_name='answers not valid yet'),
        ),
        migrations.AlterField(
            model_name='milestone',
            name='first_month',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='from month'),
        ),
        migrations.AlterField(
            model_name='milestone',
            name='last_month',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='to month'),
        ),
        migrations.AlterField(
            model_name='milestone',
            name='title',
            field=models.CharField(blank=True, max_length=200, verbose_name='activity'),
        ),
        # On the way back the versions stay as they are: nobody changes the past.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    'ALTER TABLE applications_milestoneevent ALTER COLUMN first_month DROP NOT NULL',
                    migrations.RunSQL.noop,
                ),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name='milestoneevent',
                    name='first_month',
                    field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='from month'),
                ),
            ],
        ),
        # On the way back the versions stay as they are: nobody changes the past.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    'ALTER TABLE applications_milestoneevent ALTER COLUMN last_month DROP NOT NULL',
                    migrations.RunSQL.noop,
                ),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name='milestoneevent',
                    name='last_month',
                    field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='to month'),
                ),
            ],
        ),
        migrations.AlterField(
            model_name='milestoneevent',
            name='title',
            field=models.CharField(blank=True, max_length=200, verbose_name='activity'),
        ),
        migrations.AlterField(
            model_name='partner',
            name='country',
            field=models.CharField(blank=True, choices=accounts.member_states.by_name, max_length=2, verbose_name='Member State'),
        ),
        migrations.AlterField(
            model_name='partner',
            name='kind',
            field=models.CharField(blank=True, choices=[('STATE', 'State or federal authority'), ('LOCAL', 'local public body'), ('LAW', 'law-enforcement authority'), ('RESEARCH', 'education or research organisation'), ('NGO', 'non-governmental organisation'), ('INT', 'international public organisation'), ('COMPANY', 'company')], max_length=10, verbose_name='kind of organisation'),
        ),
        migrations.AlterField(
            model_name='partner',
            name='name',
            field=models.CharField(blank=True, max_length=250, verbose_name='official name'),
        ),
        migrations.AlterField(
            model_name='partnerevent',
            name='country',
            field=models.CharField(blank=True, choices=accounts.member_states.by_name, max_length=2, verbose_name='Member State'),
        ),
        migrations.AlterField(
            model_name='partnerevent',
            name='kind',
            field=models.CharField(blank=True, choices=[('STATE', 'State or federal authority'), ('LOCAL', 'local public body'), ('LAW', 'law-enforcement authority'), ('RESEARCH', 'education or research organisation'), ('NGO', 'non-governmental organisation'), ('INT', 'international public organisation'), ('COMPANY', 'company')], max_length=10, verbose_name='kind of organisation'),
        ),
        migrations.AlterField(
            model_name='partnerevent',
            name='name',
            field=models.CharField(blank=True, max_length=250, verbose_name='official name'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "applications_applicationevent" ("acronym", "answers", "applicant_id", "as_typed", "call_id", "declarations", "description", "edited_at", "id", "months", "other_resources", "own_resources", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "requested", "search_text", "sent_hash", "stamp", "starts_on", "status", "submitted_at", "summary", "title", "versions") VALUES (NEW."acronym", NEW."answers", NEW."applicant_id", NEW."as_typed", NEW."call_id", NEW."declarations", NEW."description", NEW."edited_at", NEW."id", NEW."months", NEW."other_resources", NEW."own_resources", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."requested", NEW."search_text", NEW."sent_hash", NEW."stamp", NEW."starts_on", NEW."status", NEW."submitted_at", NEW."summary", NEW."title", NEW."versions"); RETURN NULL;', hash='5d48d857a3da9bb4623fd38aa97b45bd8d4dc7c5', operation='INSERT', pgid='pgtrigger_insert_insert_60e1b', table='applications_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "applications_applicationevent" ("acronym", "answers", "applicant_id", "as_typed", "call_id", "declarations", "description", "edited_at", "id", "months", "other_resources", "own_resources", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "requested", "search_text", "sent_hash", "stamp", "starts_on", "status", "submitted_at", "summary", "title", "versions") VALUES (NEW."acronym", NEW."answers", NEW."applicant_id", NEW."as_typed", NEW."call_id", NEW."declarations", NEW."description", NEW."edited_at", NEW."id", NEW."months", NEW."other_resources", NEW."own_resources", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."requested", NEW."search_text", NEW."sent_hash", NEW."stamp", NEW."starts_on", NEW."status", NEW."submitted_at", NEW."summary", NEW."title", NEW."versions"); RETURN NULL;', hash='441333331db3964db2155828bec0ede54f7b5da9', operation='UPDATE', pgid='pgtrigger_update_update_f714e', table='applications_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "applications_applicationevent" ("acronym", "answers", "applicant_id", "as_typed", "call_id", "declarations", "description", "edited_at", "id", "months", "other_resources", "own_resources", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "requested", "search_text", "sent_hash", "stamp", "starts_on", "status", "submitted_at", "summary", "title", "versions") VALUES (OLD."acronym", OLD."answers", OLD."applicant_id", OLD."as_typed", OLD."call_id", OLD."declarations", OLD."description", OLD."edited_at", OLD."id", OLD."months", OLD."other_resources", OLD."own_resources", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference", OLD."requested", OLD."search_text", OLD."sent_hash", OLD."stamp", OLD."starts_on", OLD."status", OLD."submitted_at", OLD."summary", OLD."title", OLD."versions"); RETURN NULL;', hash='021c1843589dff0920038c292a74110b23e3bd04', operation='DELETE', pgid='pgtrigger_delete_delete_9016e', table='applications_application', when='AFTER')),
        ),
        migrations.AddField(
            model_name='keptchange',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kept_changes', to='applications.application'),
        ),
        migrations.AddField(
            model_name='keptchange',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='keptchangeevent',
            name='application',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='applications.application'),
        ),
        migrations.AddField(
            model_name='keptchangeevent',
            name='by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='keptchangeevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='keptchangeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='applications.keptchange'),
        ),
        migrations.AddField(
            model_name='saving',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='savings', to='applications.application'),
        ),
        migrations.AddField(
            model_name='saving',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='savingevent',
            name='application',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='applications.application'),
        ),
        migrations.AddField(
            model_name='savingevent',
            name='by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='savingevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='savingevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='applications.saving'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='keptchange',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "applications_keptchangeevent" ("against", "application_id", "at", "by_id", "id", "name", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "row_name", "value") VALUES (NEW."against", NEW."application_id", NEW."at", NEW."by_id", NEW."id", NEW."name", NEW."part", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."row_name", NEW."value"); RETURN NULL;', hash='efc79295675673eed06d606c76fcf47cea4e380f', operation='INSERT', pgid='pgtrigger_insert_insert_37db3', table='applications_keptchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='keptchange',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "applications_keptchangeevent" ("against", "application_id", "at", "by_id", "id", "name", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "row_name", "value") VALUES (NEW."against", NEW."application_id", NEW."at", NEW."by_id", NEW."id", NEW."name", NEW."part", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."row_name", NEW."value"); RETURN NULL;', hash='ed4b7b8176be4a942ee00cc06eceeb2acd94b1f5', operation='UPDATE', pgid='pgtrigger_update_update_04e50', table='applications_keptchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='keptchange',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "applications_keptchangeevent" ("against", "application_id", "at", "by_id", "id", "name", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "row_name", "value") VALUES (OLD."against", OLD."application_id", OLD."at", OLD."by_id", OLD."id", OLD."name", OLD."part", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."row_name", OLD."value"); RETURN NULL;', hash='032aa736d00004492962a0aca24a4824da9cd2a8', operation='DELETE', pgid='pgtrigger_delete_delete_21596', table='applications_keptchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='keptchangeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ec10f4cdf105a3e9287588de42c1116cf4f13641', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0a5ef', table='applications_keptchangeevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='saving',
            index=models.Index(fields=['application', 'part', '-at'], name='savings_of_a_part'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='saving',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "applications_savingevent" ("application_id", "at", "by_id", "changed", "id", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "undone_at") VALUES (NEW."application_id", NEW."at", NEW."by_id", NEW."changed", NEW."id", NEW."part", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."undone_at"); RETURN NULL;', hash='c863dbfca03bf28160f31303db353019b007bee2', operation='INSERT', pgid='pgtrigger_insert_insert_b600f', table='applications_saving', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='saving',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "applications_savingevent" ("application_id", "at", "by_id", "changed", "id", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "undone_at") VALUES (NEW."application_id", NEW."at", NEW."by_id", NEW."changed", NEW."id", NEW."part", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."undone_at"); RETURN NULL;', hash='62db28b1bad104c1f6e4e920d6821853ab25b93d', operation='UPDATE', pgid='pgtrigger_update_update_0e62c', table='applications_saving', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='saving',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "applications_savingevent" ("application_id", "at", "by_id", "changed", "id", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "undone_at") VALUES (OLD."application_id", OLD."at", OLD."by_id", OLD."changed", OLD."id", OLD."part", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."undone_at"); RETURN NULL;', hash='893f02aff6797937ef9b01a34a3753a20d63c792', operation='DELETE', pgid='pgtrigger_delete_delete_3654c', table='applications_saving', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='savingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='47656af7f1134b11443def3b0df21bd5e730bcc8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1e5e8', table='applications_savingevent', when='BEFORE')),
        ),
    ]
