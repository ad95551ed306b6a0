import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0012_only_published_ones_on_the_way_back'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='call',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='call',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='call',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='call',
            name='topic_order',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, size=None, verbose_name='action types by priority'),
        ),
        migrations.AddField(
            model_name='callevent',
            name='topic_order',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, size=None, verbose_name='action types by priority'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_callevent" ("budget", "cancelled_at", "cancelled_because", "closes_at", "correction_by_id", "eligible_states", "evaluators_wanted", "fund_id", "has_reserve", "id", "indirect_rate", "inform_by", "legal", "max_contribution", "max_months", "max_rate", "min_contribution", "min_partners", "min_states", "opens_at", "overall_threshold", "parts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_by_id", "published_at", "read_after_days", "redress_days", "reference", "required_attachments", "reserve_ended_at", "reserve_until", "same_state_conflicts", "stamp", "status", "tie_break", "title", "topic", "topic_order") VALUES (NEW."budget", NEW."cancelled_at", NEW."cancelled_because", NEW."closes_at", NEW."correction_by_id", NEW."eligible_states", NEW."evaluators_wanted", NEW."fund_id", NEW."has_reserve", NEW."id", NEW."indirect_rate", NEW."inform_by", NEW."legal", NEW."max_contribution", NEW."max_months", NEW."max_rate", NEW."min_contribution", NEW."min_partners", NEW."min_states", NEW."opens_at", NEW."overall_threshold", NEW."parts", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."prepared_by_id", NEW."published_at", NEW."read_after_days", NEW."redress_days", NEW."reference", NEW."required_attachments", NEW."reserve_ended_at", NEW."reserve_until", NEW."same_state_conflicts", NEW."stamp", NEW."status", NEW."tie_break", NEW."title", NEW."topic", NEW."topic_order"); RETURN NULL;', hash='b2d1ce10e245b53fe44bb7c3e841e5f70ca5c5aa', operation='INSERT', pgid='pgtrigger_insert_insert_b8a16', table='programmes_call', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_callevent" ("budget", "cancelled_at", "cancelled_because", "closes_at", "correction_by_id", "eligible_states", "evaluators_wanted", "fund_id", "has_reserve", "id", "indirect_rate", "inform_by", "legal", "max_contribution", "max_months", "max_rate", "min_contribution", "min_partners", "min_states", "opens_at", "overall_threshold", "parts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_by_id", "published_at", "read_after_days", "redress_days", "reference", "required_attachments", "reserve_ended_at", "reserve_until", "same_state_conflicts", "stamp", "status", "tie_break", "title", "topic", "topic_order") VALUES (NEW."budget", NEW."cancelled_at", NEW."cancelled_because", NEW."closes_at", NEW."correction_by_id", NEW."eligible_states", NEW."evaluators_wanted", NEW."fund_id", NEW."has_reserve", NEW."id", NEW."indirect_rate", NEW."inform_by", NEW."legal", NEW."max_contribution", NEW."max_months", NEW."max_rate", NEW."min_contribution", NEW."min_partners", NEW."min_states", NEW."opens_at", NEW."overall_threshold", NEW."parts", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."prepared_by_id", NEW."published_at", NEW."read_after_days", NEW."redress_days", NEW."reference", NEW."required_attachments", NEW."reserve_ended_at", NEW."reserve_until", NEW."same_state_conflicts", NEW."stamp", NEW."status", NEW."tie_break", NEW."title", NEW."topic", NEW."topic_order"); RETURN NULL;', hash='7112c643ab13943b72acfd5ea9ae7cc23e4ea289', operation='UPDATE', pgid='pgtrigger_update_update_df84e', table='programmes_call', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_callevent" ("budget", "cancelled_at", "cancelled_because", "closes_at", "correction_by_id", "eligible_states", "evaluators_wanted", "fund_id", "has_reserve", "id", "indirect_rate", "inform_by", "legal", "max_contribution", "max_months", "max_rate", "min_contribution", "min_partners", "min_states", "opens_at", "overall_threshold", "parts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_by_id", "published_at", "read_after_days", "redress_days", "reference", "required_attachments", "reserve_ended_at", "reserve_until", "same_state_conflicts", "stamp", "status", "tie_break", "title", "topic", "topic_order") VALUES (OLD."budget", OLD."cancelled_at", OLD."cancelled_because", OLD."closes_at", OLD."correction_by_id", OLD."eligible_states", OLD."evaluators_wanted", OLD."fund_id", OLD."has_reserve", OLD."id", OLD."indirect_rate", OLD."inform_by", OLD."legal", OLD."max_contribution", OLD."max_months", OLD."max_rate", OLD."min_contribution", OLD."min_partners", OLD."min_states", OLD."opens_at", OLD."overall_threshold", OLD."parts", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."prepared_by_id", OLD."published_at", OLD."read_after_days", OLD."redress_days", OLD."reference", OLD."required_attachments", OLD."reserve_ended_at", OLD."reserve_until", OLD."same_state_conflicts", OLD."stamp", OLD."status", OLD."tie_break", OLD."title", OLD."topic", OLD."topic_order"); RETURN NULL;', hash='4c62f814dae48febc19704a03c3393ce57618673', operation='DELETE', pgid='pgtrigger_delete_delete_ec708', table='programmes_call', when='AFTER')),
        ),
    ]
