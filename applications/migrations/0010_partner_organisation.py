"""A partner may be a registered organisation."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_people_and_places'),
        ('applications', '0009_a_check_s_reason_has_a_label'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='partner',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partner',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partner',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='partner',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='partnerships', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='organisation',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.organisation'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partner',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "applications_partnerevent" ("application_id", "contact_email", "contact_name", "country", "id", "is_coordinator", "kind", "name", "order", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."application_id", NEW."contact_email", NEW."contact_name", NEW."country", NEW."id", NEW."is_coordinator", NEW."kind", NEW."name", NEW."order", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='a084f4eab72407e0230f2e4787aed4134fa66539', operation='INSERT', pgid='pgtrigger_insert_insert_9c5b0', table='applications_partner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partner',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "applications_partnerevent" ("application_id", "contact_email", "contact_name", "country", "id", "is_coordinator", "kind", "name", "order", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."application_id", NEW."contact_email", NEW."contact_name", NEW."country", NEW."id", NEW."is_coordinator", NEW."kind", NEW."name", NEW."order", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='a9389347b15e1640644c3062158a53de608a81f9', operation='UPDATE', pgid='pgtrigger_update_update_27d22', table='applications_partner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partner',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "applications_partnerevent" ("application_id", "contact_email", "contact_name", "country", "id", "is_coordinator", "kind", "name", "order", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."application_id", OLD."contact_email", OLD."contact_name", OLD."country", OLD."id", OLD."is_coordinator", OLD."kind", OLD."name", OLD."order", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='98edadeb4919bf9944bc05875be466f02c8a160b', operation='DELETE', pgid='pgtrigger_delete_delete_7fde0', table='applications_partner', when='AFTER')),
        ),
    ]
