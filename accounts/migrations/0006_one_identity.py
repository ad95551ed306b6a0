"""The old columns go; from here on a number belongs to one organisation."""

import accounts.roles
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_carry_people'),
    ]

    operations = [
        # backwards the columns come again with a value that is no role, until 0005 fills them
        migrations.AlterField('user', 'role', models.CharField(max_length=12, default='')),
        migrations.AlterField('userevent', 'role', models.CharField(max_length=12, default='')),
        migrations.RemoveConstraint(
            model_name='organisation',
            name='an_organisation_registers_once_in_a_state',
        ),
        migrations.RemoveField(
            model_name='user',
            name='entity',
        ),
        migrations.RemoveField(
            model_name='user',
            name='is_active',
        ),
        migrations.RemoveField(
            model_name='user',
            name='member_state',
        ),
        migrations.RemoveField(
            model_name='user',
            name='organisation',
        ),
        migrations.RemoveField(
            model_name='user',
            name='role',
        ),
        migrations.RemoveField(
            model_name='userevent',
            name='entity',
        ),
        migrations.RemoveField(
            model_name='userevent',
            name='is_active',
        ),
        migrations.RemoveField(
            model_name='userevent',
            name='member_state',
        ),
        migrations.RemoveField(
            model_name='userevent',
            name='organisation',
        ),
        migrations.RemoveField(
            model_name='userevent',
            name='role',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userevent" ("email", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stamp", "standing", "status") VALUES (NEW."email", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."stamp", NEW."standing", NEW."status"); RETURN NULL;', hash='0b3fb9c17c8292199a85ad4cc5f17216b2673231', operation='INSERT', pgid='pgtrigger_insert_insert_3867c', table='accounts_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."stamp" IS DISTINCT FROM (NEW."stamp") OR OLD."standing" IS DISTINCT FROM (NEW."standing") OR OLD."status" IS DISTINCT FROM (NEW."status"))', func='INSERT INTO "accounts_userevent" ("email", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stamp", "standing", "status") VALUES (NEW."email", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."stamp", NEW."standing", NEW."status"); RETURN NULL;', hash='fd4ec702aa67b5cadd6de454f7abad40ac62c841', operation='UPDATE', pgid='pgtrigger_update_update_0e890', table='accounts_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userevent" ("email", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stamp", "standing", "status") VALUES (OLD."email", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."stamp", OLD."standing", OLD."status"); RETURN NULL;', hash='cd213ff4761435b5f6f72d83cd6b9e15ed0480f9', operation='DELETE', pgid='pgtrigger_delete_delete_19f14', table='accounts_user', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('name'), models.F('member_state'), condition=models.Q(('status', 'REGISTERED')), name='an_organisation_registers_once_in_a_state'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.UniqueConstraint(condition=models.Q(('shares_identity', False), ('status', 'REGISTERED'), models.Q(('registration_key', ''), _negated=True)), fields=('member_state', 'registration_key'), name='a_registration_number_is_of_one_organisation'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.UniqueConstraint(condition=models.Q(('shares_identity', False), ('status', 'REGISTERED'), models.Q(('vat_key', ''), _negated=True)), fields=('member_state', 'vat_key'), name='a_vat_number_is_of_one_organisation'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'MERGED'), ('merged_into', None), _connector='XOR'), name='a_merged_organisation_points_to_the_other'),
        ),
    ]
