import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0009_a_check_s_reason_has_a_label'),
        ('evaluation', '0004_stamps'),
        ('programmes', '0007_first_rounds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='assessment',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='assessment',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='assessment',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='consensus',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='consensus',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='consensus',
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
        migrations.RemoveConstraint(
            model_name='assessment',
            name='an_evaluator_assesses_an_application_once',
        ),
        migrations.RemoveConstraint(
            model_name='rankedlist',
            name='a_call_has_one_ranked_list',
        ),
        migrations.AddField(
            model_name='assessment',
            name='round',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='programmes.round'),
        ),
        migrations.AddField(
            model_name='assessmentevent',
            name='round',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.round'),
        ),
        migrations.AddField(
            model_name='consensus',
            name='round',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consensus_reports', to='programmes.round'),
        ),
        migrations.AddField(
            model_name='consensusevent',
            name='round',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.round'),
        ),
        migrations.AddField(
            model_name='rankedlist',
            name='format',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='rankedlist',
            name='round',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ranked_lists', to='programmes.round'),
        ),
        migrations.AddField(
            model_name='rankedlistevent',
            name='format',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='rankedlistevent',
            name='round',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.round'),
        ),
        migrations.AlterField(
            model_name='consensus',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consensus_reports', to='applications.application'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evaluation_assessmentevent" ("application_id", "assigned_at", "assigned_by_id", "declaration", "declaration_version", "declared_at", "due_at", "ended_reason", "evaluator_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "round_id", "signed_at", "stamp", "status") VALUES (NEW."application_id", NEW."assigned_at", NEW."assigned_by_id", NEW."declaration", NEW."declaration_version", NEW."declared_at", NEW."due_at", NEW."ended_reason", NEW."evaluator_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."remark", NEW."round_id", NEW."signed_at", NEW."stamp", NEW."status"); RETURN NULL;', hash='6ffe149eb51007743077d34d47e0ad02bbf494b7', operation='INSERT', pgid='pgtrigger_insert_insert_ede79', table='evaluation_assessment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "evaluation_assessmentevent" ("application_id", "assigned_at", "assigned_by_id", "declaration", "declaration_version", "declared_at", "due_at", "ended_reason", "evaluator_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "round_id", "signed_at", "stamp", "status") VALUES (NEW."application_id", NEW."assigned_at", NEW."assigned_by_id", NEW."declaration", NEW."declaration_version", NEW."declared_at", NEW."due_at", NEW."ended_reason", NEW."evaluator_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."remark", NEW."round_id", NEW."signed_at", NEW."stamp", NEW."status"); RETURN NULL;', hash='db6f8b510e5f6325cd71e965cc6452a4b2da551c', operation='UPDATE', pgid='pgtrigger_update_update_d0c68', table='evaluation_assessment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evaluation_assessmentevent" ("application_id", "assigned_at", "assigned_by_id", "declaration", "declaration_version", "declared_at", "due_at", "ended_reason", "evaluator_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "round_id", "signed_at", "stamp", "status") VALUES (OLD."application_id", OLD."assigned_at", OLD."assigned_by_id", OLD."declaration", OLD."declaration_version", OLD."declared_at", OLD."due_at", OLD."ended_reason", OLD."evaluator_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."remark", OLD."round_id", OLD."signed_at", OLD."stamp", OLD."status"); RETURN NULL;', hash='5179ac319038b0f863b9758d601c942b8eeb875e', operation='DELETE', pgid='pgtrigger_delete_delete_e68d8', table='evaluation_assessment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consensus',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evaluation_consensusevent" ("application_id", "approved_at", "evaluator_ids", "id", "objected_by_id", "objection", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "rapporteur_id", "remark", "round_id", "stamp", "status", "total") VALUES (NEW."application_id", NEW."approved_at", NEW."evaluator_ids", NEW."id", NEW."objected_by_id", NEW."objection", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."rapporteur_id", NEW."remark", NEW."round_id", NEW."stamp", NEW."status", NEW."total"); RETURN NULL;', hash='f5363ae9b06e3ec23f42d7b9c848aa16176524ea', operation='INSERT', pgid='pgtrigger_insert_insert_62c7b', table='evaluation_consensus', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consensus',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "evaluation_consensusevent" ("application_id", "approved_at", "evaluator_ids", "id", "objected_by_id", "objection", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "rapporteur_id", "remark", "round_id", "stamp", "status", "total") VALUES (NEW."application_id", NEW."approved_at", NEW."evaluator_ids", NEW."id", NEW."objected_by_id", NEW."objection", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."rapporteur_id", NEW."remark", NEW."round_id", NEW."stamp", NEW."status", NEW."total"); RETURN NULL;', hash='0194a1ee1c0b5fcdb1b6bd0bc3b552fd0f398959', operation='UPDATE', pgid='pgtrigger_update_update_d5e04', table='evaluation_consensus', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consensus',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evaluation_consensusevent" ("application_id", "approved_at", "evaluator_ids", "id", "objected_by_id", "objection", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "rapporteur_id", "remark", "round_id", "stamp", "status", "total") VALUES (OLD."application_id", OLD."approved_at", OLD."evaluator_ids", OLD."id", OLD."objected_by_id", OLD."objection", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposed_at", OLD."rapporteur_id", OLD."remark", OLD."round_id", OLD."stamp", OLD."status", OLD."total"); RETURN NULL;', hash='cb6ef5d0c85c288db8fa1a3df66187aeb2dcdeba', operation='DELETE', pgid='pgtrigger_delete_delete_247c9', table='evaluation_consensus', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rankedlist',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evaluation_rankedlistevent" ("budget", "call_id", "drawn_at", "drawn_by_id", "format", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "sha256", "signed_at", "stamp", "status") VALUES (NEW."budget", NEW."call_id", NEW."drawn_at", NEW."drawn_by_id", NEW."format", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."round_id", NEW."sha256", NEW."signed_at", NEW."stamp", NEW."status"); RETURN NULL;', hash='b290df284ac067f71d068cc5bb2dcdac03bfe718', operation='INSERT', pgid='pgtrigger_insert_insert_ee083', table='evaluation_rankedlist', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rankedlist',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "evaluation_rankedlistevent" ("budget", "call_id", "drawn_at", "drawn_by_id", "format", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "sha256", "signed_at", "stamp", "status") VALUES (NEW."budget", NEW."call_id", NEW."drawn_at", NEW."drawn_by_id", NEW."format", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."round_id", NEW."sha256", NEW."signed_at", NEW."stamp", NEW."status"); RETURN NULL;', hash='507fe070b4b2c6b9d1069f3052deddbb0475b4a6', operation='UPDATE', pgid='pgtrigger_update_update_00541', table='evaluation_rankedlist', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rankedlist',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evaluation_rankedlistevent" ("budget", "call_id", "drawn_at", "drawn_by_id", "format", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "sha256", "signed_at", "stamp", "status") VALUES (OLD."budget", OLD."call_id", OLD."drawn_at", OLD."drawn_by_id", OLD."format", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."round_id", OLD."sha256", OLD."signed_at", OLD."stamp", OLD."status"); RETURN NULL;', hash='1023337aac2f9b18cbe857e3286ddb72abc6a65e', operation='DELETE', pgid='pgtrigger_delete_delete_d3fed', table='evaluation_rankedlist', when='AFTER')),
        ),
    ]
