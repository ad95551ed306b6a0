import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0009_a_check_s_reason_has_a_label'),
        ('awards', '0004_stamps'),
        ('evaluation', '0007_every_row_has_its_round'),
        ('programmes', '0007_first_rounds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='decision',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='decision',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='decision',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='letter',
            name='written_and_drawn_once',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='letter',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='letter',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='letter',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='letter',
            name='one_letter_for_an_application',
        ),
        migrations.AddField(
            model_name='decision',
            name='cause',
            field=models.CharField(choices=[('INITIAL', 'first decision'), ('RESERVE', 'reserve list taken up'), ('REDRESS', 'request for review'), ('CORRECTION', 'correction of an error')], default='INITIAL', max_length=10, verbose_name='cause'),
        ),
        migrations.AddField(
            model_name='decision',
            name='ordinal',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='decision of the call'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='cause',
            field=models.CharField(choices=[('INITIAL', 'first decision'), ('RESERVE', 'reserve list taken up'), ('REDRESS', 'request for review'), ('CORRECTION', 'correction of an error')], default='INITIAL', max_length=10, verbose_name='cause'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='ordinal',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='decision of the call'),
        ),
        migrations.AddField(
            model_name='letter',
            name='replaced_because',
            field=models.TextField(blank=True, verbose_name='why it replaces another'),
        ),
        migrations.AddField(
            model_name='letter',
            name='replaces',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='awards.letter'),
        ),
        migrations.AddField(
            model_name='letterevent',
            name='replaced_because',
            field=models.TextField(blank=True, verbose_name='why it replaces another'),
        ),
        migrations.AddField(
            model_name='letterevent',
            name='replaces',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='awards.letter'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='call',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='programmes.call'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='ranked_list',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='evaluation.rankedlist'),
        ),
        migrations.AlterField(
            model_name='decisionline',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decision_lines', to='applications.application'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "awards_decisionevent" ("call_id", "cause", "decided_at", "decided_by_id", "evaluator_ids", "handler_ids", "id", "issued_at", "number", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "ranked_list_id", "reasons", "stamp", "status") VALUES (NEW."call_id", NEW."cause", NEW."decided_at", NEW."decided_by_id", NEW."evaluator_ids", NEW."handler_ids", NEW."id", NEW."issued_at", NEW."number", NEW."ordinal", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."prepared_at", NEW."prepared_by_id", NEW."ranked_list_id", NEW."reasons", NEW."stamp", NEW."status"); RETURN NULL;', hash='9c4485e52784d92ebb7d8fccdf93ed3b7af6f7e0', operation='INSERT', pgid='pgtrigger_insert_insert_f87a7', table='awards_decision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "awards_decisionevent" ("call_id", "cause", "decided_at", "decided_by_id", "evaluator_ids", "handler_ids", "id", "issued_at", "number", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "ranked_list_id", "reasons", "stamp", "status") VALUES (NEW."call_id", NEW."cause", NEW."decided_at", NEW."decided_by_id", NEW."evaluator_ids", NEW."handler_ids", NEW."id", NEW."issued_at", NEW."number", NEW."ordinal", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."prepared_at", NEW."prepared_by_id", NEW."ranked_list_id", NEW."reasons", NEW."stamp", NEW."status"); RETURN NULL;', hash='291416627af3c783e0cc59e3ca7c3fc416c0b13b', operation='UPDATE', pgid='pgtrigger_update_update_2500c', table='awards_decision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "awards_decisionevent" ("call_id", "cause", "decided_at", "decided_by_id", "evaluator_ids", "handler_ids", "id", "issued_at", "number", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "ranked_list_id", "reasons", "stamp", "status") VALUES (OLD."call_id", OLD."cause", OLD."decided_at", OLD."decided_by_id", OLD."evaluator_ids", OLD."handler_ids", OLD."id", OLD."issued_at", OLD."number", OLD."ordinal", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."prepared_at", OLD."prepared_by_id", OLD."ranked_list_id", OLD."reasons", OLD."stamp", OLD."status"); RETURN NULL;', hash='3eee892866cb926c1a8d958b6a0bcd9323771e9d', operation='DELETE', pgid='pgtrigger_delete_delete_9c107', table='awards_decision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letter',
            trigger=pgtrigger.compiler.Trigger(name='written_and_drawn_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN ((OLD.facts, OLD.reference, OLD.kind, OLD.replaces_id, OLD.replaced_because) IS DISTINCT FROM (NEW.facts, NEW.reference, NEW.kind, NEW.replaces_id, NEW.replaced_because) OR (OLD.pdf_sha256 <> '' AND (OLD.pdf_sha256, OLD.pdf_path, OLD.sent_at) IS DISTINCT FROM (NEW.pdf_sha256, NEW.pdf_path, NEW.sent_at)))", func="RAISE EXCEPTION 'a letter is written once and drawn once';", hash='f7a2d4d5592bf69702cc5ccaadf59d80ddd2c617', operation='UPDATE', pgid='pgtrigger_written_and_drawn_once_ed798', table='awards_letter', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letter',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "awards_letterevent" ("application_id", "counts_as_read_at", "decision_id", "drawn_at", "facts", "id", "kind", "pdf_path", "pdf_sha256", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "read_by_id", "reference", "replaced_because", "replaces_id", "sent_at", "stamp", "status", "written_at") VALUES (NEW."application_id", NEW."counts_as_read_at", NEW."decision_id", NEW."drawn_at", NEW."facts", NEW."id", NEW."kind", NEW."pdf_path", NEW."pdf_sha256", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."read_at", NEW."read_by_id", NEW."reference", NEW."replaced_because", NEW."replaces_id", NEW."sent_at", NEW."stamp", NEW."status", NEW."written_at"); RETURN NULL;', hash='4e3c69f7198a730c39d6f750e39af8e0f27a32d6', operation='INSERT', pgid='pgtrigger_insert_insert_c3be3', table='awards_letter', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letter',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "awards_letterevent" ("application_id", "counts_as_read_at", "decision_id", "drawn_at", "facts", "id", "kind", "pdf_path", "pdf_sha256", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "read_by_id", "reference", "replaced_because", "replaces_id", "sent_at", "stamp", "status", "written_at") VALUES (NEW."application_id", NEW."counts_as_read_at", NEW."decision_id", NEW."drawn_at", NEW."facts", NEW."id", NEW."kind", NEW."pdf_path", NEW."pdf_sha256", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."read_at", NEW."read_by_id", NEW."reference", NEW."replaced_because", NEW."replaces_id", NEW."sent_at", NEW."stamp", NEW."status", NEW."written_at"); RETURN NULL;', hash='355211f9df4f16c8431a5447a272cf836e4ade5a', operation='UPDATE', pgid='pgtrigger_update_update_54528', table='awards_letter', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letter',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "awards_letterevent" ("application_id", "counts_as_read_at", "decision_id", "drawn_at", "facts", "id", "kind", "pdf_path", "pdf_sha256", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "read_by_id", "reference", "replaced_because", "replaces_id", "sent_at", "stamp", "status", "written_at") VALUES (OLD."application_id", OLD."counts_as_read_at", OLD."decision_id", OLD."drawn_at", OLD."facts", OLD."id", OLD."kind", OLD."pdf_path", OLD."pdf_sha256", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."read_at", OLD."read_by_id", OLD."reference", OLD."replaced_because", OLD."replaces_id", OLD."sent_at", OLD."stamp", OLD."status", OLD."written_at"); RETURN NULL;', hash='48fc95096c878d3f8f2603a7477da300bc246c84', operation='DELETE', pgid='pgtrigger_delete_delete_b5793', table='awards_letter', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('call', 'ordinal'), name='decisions_of_a_call_are_numbered'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['PREPARED', 'PROPOSED'])), fields=('call',), name='one_decision_of_a_call_is_open'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cause', 'INITIAL'), ('ordinal', 1)), models.Q(('ordinal__gt', 1), models.Q(('cause', 'INITIAL'), _negated=True)), _connector='OR'), name='only_the_first_decision_is_initial'),
        ),
        migrations.AddConstraint(
            model_name='decisionline',
            constraint=models.UniqueConstraint(fields=('decision', 'application'), name='an_application_has_one_line_a_decision'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.UniqueConstraint(condition=models.Q(('replaces', None)), fields=('decision', 'application'), name='one_letter_for_an_application'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('replaced_because', ''), ('replaces', None)), models.Q(('replaces__isnull', False), models.Q(('replaced_because', ''), _negated=True)), _connector='OR'), name='a_replacing_letter_says_why'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('replaces', models.F('id')), _negated=True), name='a_letter_replaces_another_one'),
        ),
    ]
