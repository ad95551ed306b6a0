import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0016_keys_of_the_lists'),
        ('evaluation', '0010_batches'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='rankedentry',
            options={'ordering': ['position']},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='rankedentry',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='rankedentry',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='rankedentry',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='rankedlist',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='rankedlist',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='rankedlist',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='rankedentry',
            name='position',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='rankedentryevent',
            name='position',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='rankedlist',
            name='open_ties',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='rankedlist',
            name='tie_decisions',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='rankedlistevent',
            name='open_ties',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='rankedlistevent',
            name='tie_decisions',
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name='rankedentry',
            name='rank',
            field=models.PositiveIntegerField(null=True, verbose_name='rank'),
        ),
        migrations.AlterField(
            model_name='rankedentryevent',
            name='rank',
            field=models.PositiveIntegerField(null=True, verbose_name='rank'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rankedentry',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evaluation_rankedentryevent" ("application_id", "contribution", "cumulative", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "points", "position", "rank", "ranked_list_id", "reason", "stage", "tie_break", "total") VALUES (NEW."application_id", NEW."contribution", NEW."cumulative", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."points", NEW."position", NEW."rank", NEW."ranked_list_id", NEW."reason", NEW."stage", NEW."tie_break", NEW."total"); RETURN NULL;', hash='3e06c78e2981019ab9790f45903ef7974c526a77', operation='INSERT', pgid='pgtrigger_insert_insert_0607b', table='evaluation_rankedentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rankedentry',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "evaluation_rankedentryevent" ("application_id", "contribution", "cumulative", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "points", "position", "rank", "ranked_list_id", "reason", "stage", "tie_break", "total") VALUES (NEW."application_id", NEW."contribution", NEW."cumulative", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."points", NEW."position", NEW."rank", NEW."ranked_list_id", NEW."reason", NEW."stage", NEW."tie_break", NEW."total"); RETURN NULL;', hash='e6fa696dfceb41d54d05a40c9503daf3e2b8587e', operation='UPDATE', pgid='pgtrigger_update_update_d8e46', table='evaluation_rankedentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rankedentry',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evaluation_rankedentryevent" ("application_id", "contribution", "cumulative", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "points", "position", "rank", "ranked_list_id", "reason", "stage", "tie_break", "total") VALUES (OLD."application_id", OLD."contribution", OLD."cumulative", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."points", OLD."position", OLD."rank", OLD."ranked_list_id", OLD."reason", OLD."stage", OLD."tie_break", OLD."total"); RETURN NULL;', hash='36e36282ee2e5aac6f9caf5ad8c3447f650b94dd', operation='DELETE', pgid='pgtrigger_delete_delete_a41f3', table='evaluation_rankedentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rankedlist',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evaluation_rankedlistevent" ("budget", "call_id", "drawn_at", "drawn_by_id", "ended_reason", "format", "id", "open_ties", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "questioned_by_id", "round_id", "sha256", "signed_at", "stamp", "status", "tie_decisions") VALUES (NEW."budget", NEW."call_id", NEW."drawn_at", NEW."drawn_by_id", NEW."ended_reason", NEW."format", NEW."id", NEW."open_ties", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."questioned_by_id", NEW."round_id", NEW."sha256", NEW."signed_at", NEW."stamp", NEW."status", NEW."tie_decisions"); RETURN NULL;', hash='c2ee559f314fdb3db9b1e3cb8ac3914b832f1b24', operation='INSERT', pgid='pgtrigger_insert_insert_ee083', table='evaluation_rankedlist', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rankedlist',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "evaluation_rankedlistevent" ("budget", "call_id", "drawn_at", "drawn_by_id", "ended_reason", "format", "id", "open_ties", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "questioned_by_id", "round_id", "sha256", "signed_at", "stamp", "status", "tie_decisions") VALUES (NEW."budget", NEW."call_id", NEW."drawn_at", NEW."drawn_by_id", NEW."ended_reason", NEW."format", NEW."id", NEW."open_ties", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."questioned_by_id", NEW."round_id", NEW."sha256", NEW."signed_at", NEW."stamp", NEW."status", NEW."tie_decisions"); RETURN NULL;', hash='0d9c5cf43fc4ce67821b866f7cbe7ba54dade217', operation='UPDATE', pgid='pgtrigger_update_update_00541', table='evaluation_rankedlist', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rankedlist',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evaluation_rankedlistevent" ("budget", "call_id", "drawn_at", "drawn_by_id", "ended_reason", "format", "id", "open_ties", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "questioned_by_id", "round_id", "sha256", "signed_at", "stamp", "status", "tie_decisions") VALUES (OLD."budget", OLD."call_id", OLD."drawn_at", OLD."drawn_by_id", OLD."ended_reason", OLD."format", OLD."id", OLD."open_ties", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."questioned_by_id", OLD."round_id", OLD."sha256", OLD."signed_at", OLD."stamp", OLD."status", OLD."tie_decisions"); RETURN NULL;', hash='02f98b927f13fa9614ff2b2c8684c20ab92df438', operation='DELETE', pgid='pgtrigger_delete_delete_d3fed', table='evaluation_rankedlist', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='rankedentry',
            constraint=models.UniqueConstraint(fields=('ranked_list', 'position'), name='a_line_is_written_once'),
        ),
    ]
