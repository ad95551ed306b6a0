import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0006_what_was_judged_was_the_first_round'),
    ]

    operations = [
        migrations.AlterField(
            model_name='assessment',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='programmes.round'),
        ),
        migrations.AlterField(
            model_name='assessmentevent',
            name='round',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.round'),
        ),
        migrations.AlterField(
            model_name='consensus',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consensus_reports', to='programmes.round'),
        ),
        migrations.AlterField(
            model_name='consensusevent',
            name='round',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.round'),
        ),
        migrations.AlterField(
            model_name='rankedlist',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ranked_lists', to='programmes.round'),
        ),
        migrations.AlterField(
            model_name='rankedlistevent',
            name='round',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.round'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='stays_in_its_round', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."round_id" IS DISTINCT FROM (NEW."round_id"))', func="RAISE EXCEPTION 'what was judged in one round stays in it';", hash='c7e6130a6cfb3e41dca9e703804bda21b406d3fc', operation='UPDATE', pgid='pgtrigger_stays_in_its_round_50b85', table='evaluation_assessment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consensus',
            trigger=pgtrigger.compiler.Trigger(name='stays_in_its_round', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."round_id" IS DISTINCT FROM (NEW."round_id"))', func="RAISE EXCEPTION 'what was judged in one round stays in it';", hash='55e8df9959ac3e3d64f9381c9d8beb082e3c88be', operation='UPDATE', pgid='pgtrigger_stays_in_its_round_83637', table='evaluation_consensus', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rankedlist',
            trigger=pgtrigger.compiler.Trigger(name='stays_in_its_round', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."round_id" IS DISTINCT FROM (NEW."round_id"))', func="RAISE EXCEPTION 'what was judged in one round stays in it';", hash='d4d74dc6bf61b183d8b1a30b52163239dd4e2e36', operation='UPDATE', pgid='pgtrigger_stays_in_its_round_0604a', table='evaluation_rankedlist', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.UniqueConstraint(fields=('application', 'evaluator', 'round'), name='an_evaluator_assesses_an_application_once_a_round'),
        ),
        migrations.AddConstraint(
            model_name='consensus',
            constraint=models.UniqueConstraint(fields=('application', 'round'), name='an_application_has_one_report_a_round'),
        ),
        migrations.AddConstraint(
            model_name='rankedlist',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'DISCARDED'), _negated=True), fields=('round',), name='a_round_has_one_ranked_list'),
        ),
    ]
