"""What binds people to roles and organisations becomes rows of its own; nothing old is taken away yet."""

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
        ('accounts', '0003_stamps'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('stamp', models.PositiveIntegerField(default=0, editable=False)),
                ('role', models.CharField(choices=accounts.roles.every_role, max_length=12, verbose_name='role')),
                ('member_state', models.CharField(blank=True, max_length=2, verbose_name='Member State')),
                ('entity', models.CharField(blank=True, max_length=60, verbose_name='organisational entity')),
                ('from_at', models.DateTimeField(verbose_name='from')),
                ('until_at', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                ('status', models.CharField(choices=[('GRANTED', 'granted'), ('ENDED', 'ended')], max_length=10, verbose_name='status')),
            ],
        ),
        migrations.CreateModel(
            name='MembershipEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('stamp', models.PositiveIntegerField(default=0, editable=False)),
                ('role', models.CharField(choices=accounts.roles.every_role, max_length=12, verbose_name='role')),
                ('member_state', models.CharField(blank=True, max_length=2, verbose_name='Member State')),
                ('entity', models.CharField(blank=True, max_length=60, verbose_name='organisational entity')),
                ('from_at', models.DateTimeField(verbose_name='from')),
                ('until_at', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                ('status', models.CharField(choices=[('GRANTED', 'granted'), ('ENDED', 'ended')], max_length=10, verbose_name='status')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('stamp', models.PositiveIntegerField(default=0, editable=False)),
                ('start', models.CharField(max_length=30, verbose_name='begins with')),
                ('digest', models.CharField(max_length=128, unique=True)),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('status', models.CharField(choices=[('IN_USE', 'in use'), ('DROPPED', 'out of use')], max_length=10, verbose_name='status')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TokenEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('stamp', models.PositiveIntegerField(default=0, editable=False)),
                ('start', models.CharField(max_length=30, verbose_name='begins with')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('status', models.CharField(choices=[('IN_USE', 'in use'), ('DROPPED', 'out of use')], max_length=10, verbose_name='status')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AlterModelOptions(
            name='organisation',
            options={'base_manager_name': 'objects'},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='organisation',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='organisation',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='organisation',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='user',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='user',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='user',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='user',
            name='an_applicant_belongs_to_an_organisation',
        ),
        migrations.RemoveConstraint(
            model_name='user',
            name='a_national_auditor_has_a_member_state',
        ),
        migrations.AddField(
            model_name='organisation',
            name='former_names',
            field=models.JSONField(blank=True, default=list, verbose_name='former names'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='shares_identity',
            field=models.BooleanField(default=False, verbose_name='shares its number with another'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='stamp',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='organisation',
            name='status',
            field=models.CharField(choices=[('REGISTERED', 'registered'), ('MERGED', 'merged into another')], default='REGISTERED', max_length=10, verbose_name='status'),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='former_names',
            field=models.JSONField(blank=True, default=list, verbose_name='former names'),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='shares_identity',
            field=models.BooleanField(default=False, verbose_name='shares its number with another'),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='stamp',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='status',
            field=models.CharField(choices=[('REGISTERED', 'registered'), ('MERGED', 'merged into another')], default='REGISTERED', max_length=10, verbose_name='status'),
        ),
        migrations.AddField(
            model_name='user',
            name='stamp',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='user',
            name='standing',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='user',
            name='status',
            field=models.CharField(choices=[('OPEN', 'open'), ('CLOSED', 'closed')], default='OPEN', max_length=10, verbose_name='account'),
        ),
        migrations.AddField(
            model_name='userevent',
            name='stamp',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='userevent',
            name='status',
            field=models.CharField(choices=[('OPEN', 'open'), ('CLOSED', 'closed')], default='OPEN', max_length=10, verbose_name='account'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='tell_its_people', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."latin_name" IS DISTINCT FROM (NEW."latin_name") OR OLD."member_state" IS DISTINCT FROM (NEW."member_state") OR OLD."name" IS DISTINCT FROM (NEW."name"))', func="\n    UPDATE accounts_user SET standing = '[]'\n    WHERE id IN (SELECT person_id FROM accounts_membership WHERE organisation_id = NEW.id);\n    RETURN NULL;\n", hash='659d2436b65bdd7417737af453fd82839ee44331', operation='UPDATE', pgid='pgtrigger_tell_its_people_67ac9', table='accounts_organisation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_organisationevent" ("address", "former_names", "id", "kind", "latin_name", "member_state", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration_number", "shares_identity", "stamp", "status", "vat_number") VALUES (NEW."address", NEW."former_names", NEW."id", NEW."kind", NEW."latin_name", NEW."member_state", NEW."merged_into_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."registration_number", NEW."shares_identity", NEW."stamp", NEW."status", NEW."vat_number"); RETURN NULL;', hash='55327b1253104a6c8bd8f6eb856419a4b54d3b6a', operation='INSERT', pgid='pgtrigger_insert_insert_66a5c', table='accounts_organisation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."former_names" IS DISTINCT FROM (NEW."former_names") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."latin_name" IS DISTINCT FROM (NEW."latin_name") OR OLD."member_state" IS DISTINCT FROM (NEW."member_state") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."registration_number" IS DISTINCT FROM (NEW."registration_number") OR OLD."shares_identity" IS DISTINCT FROM (NEW."shares_identity") OR OLD."stamp" IS DISTINCT FROM (NEW."stamp") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."vat_number" IS DISTINCT FROM (NEW."vat_number"))', func='INSERT INTO "accounts_organisationevent" ("address", "former_names", "id", "kind", "latin_name", "member_state", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration_number", "shares_identity", "stamp", "status", "vat_number") VALUES (NEW."address", NEW."former_names", NEW."id", NEW."kind", NEW."latin_name", NEW."member_state", NEW."merged_into_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."registration_number", NEW."shares_identity", NEW."stamp", NEW."status", NEW."vat_number"); RETURN NULL;', hash='7a7174ff431aab7cd5e922df209722a8ea2d9654', operation='UPDATE', pgid='pgtrigger_update_update_9e5fc', table='accounts_organisation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_organisationevent" ("address", "former_names", "id", "kind", "latin_name", "member_state", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration_number", "shares_identity", "stamp", "status", "vat_number") VALUES (OLD."address", OLD."former_names", OLD."id", OLD."kind", OLD."latin_name", OLD."member_state", OLD."merged_into_id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."registration_number", OLD."shares_identity", OLD."stamp", OLD."status", OLD."vat_number"); RETURN NULL;', hash='2b34e938dd2745474911bdd26e044e587184b5a8', operation='DELETE', pgid='pgtrigger_delete_delete_7b33b', table='accounts_organisation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='standing', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    NEW.standing = (\n        SELECT coalesce(jsonb_agg(jsonb_build_object(\n            'role', m.role, 'organisation', m.organisation_id, 'name', coalesce(o.name, ''),\n            'latin_name', coalesce(o.latin_name, ''), 'state', coalesce(o.member_state, m.member_state),\n            'entity', m.entity, 'on_behalf_of', m.on_behalf_of_id, 'from', m.from_at, 'until', m.until_at\n        ) ORDER BY m.from_at, m.id), '[]'::jsonb)\n        FROM accounts_membership m LEFT JOIN accounts_organisation o ON o.id = m.organisation_id\n        WHERE m.person_id = NEW.id AND m.status = 'GRANTED'\n    );\n    RETURN NEW;\n", hash='14c0c4653052759e52fc951f6ba685638959fa1c', operation='INSERT OR UPDATE', pgid='pgtrigger_standing_767c6', table='accounts_user', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='membership',
            name='on_behalf_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='membership',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='accounts.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='membership',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='membershipevent',
            name='on_behalf_of',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='membershipevent',
            name='organisation',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='membershipevent',
            name='person',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='membershipevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='membershipevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.membership'),
        ),
        migrations.AddField(
            model_name='token',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='tokenevent',
            name='person',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='tokenevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='tokenevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.token'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='registration_key',
            field=models.GeneratedField(db_persist=True, expression=models.Func(models.Func(django.db.models.functions.text.Upper(models.F('registration_number')), models.Value('[^[:alnum:]]'), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), models.Case(models.When(member_state='EL', then=models.Value('^(EL|GR)')), models.When(member_state='UK', then=models.Value('^(UK|GB)')), default=django.db.models.functions.text.Concat(models.Value('^'), models.F('member_state')), output_field=models.TextField()), models.Value(''), function='regexp_replace', output_field=models.TextField()), output_field=models.CharField(max_length=60)),
        ),
        migrations.AddField(
            model_name='organisation',
            name='vat_key',
            field=models.GeneratedField(db_persist=True, expression=models.Func(models.Func(django.db.models.functions.text.Upper(models.F('vat_number')), models.Value('[^[:alnum:]]'), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), models.Case(models.When(member_state='EL', then=models.Value('^(EL|GR)')), models.When(member_state='UK', then=models.Value('^(UK|GB)')), default=django.db.models.functions.text.Concat(models.Value('^'), models.F('member_state')), output_field=models.TextField()), models.Value(''), function='regexp_replace', output_field=models.TextField()), output_field=models.CharField(max_length=60)),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role__in', frozenset(['APPLICANT'])), _negated=True), ('organisation__isnull', False), _connector='OR'), name='an_applicant_belongs_to_an_organisation'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role__in', frozenset(['NAT_AUDITOR'])), _negated=True), models.Q(('member_state', ''), _negated=True), _connector='OR'), name='a_national_auditor_has_a_member_state'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('until_at', None), ('until_at__gte', models.F('from_at')), _connector='OR'), name='a_membership_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'ENDED'), _negated=True), ('until_at__isnull', False), _connector='OR'), name='an_ended_membership_says_when'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'GRANTED')), fields=('person', 'role', 'organisation', 'member_state', 'on_behalf_of'), name='a_person_has_a_role_once_at_a_time', nulls_distinct=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='tell_the_person', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    UPDATE accounts_user SET standing = '[]'\n    WHERE id IN (coalesce(NEW.person_id, OLD.person_id), coalesce(OLD.person_id, NEW.person_id));\n    RETURN NULL;\n", hash='72393b6293a2ce08069ba70b5203d80ee5185368', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_tell_the_person_73a58', table='accounts_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_membershipevent" ("entity", "from_at", "id", "member_state", "on_behalf_of_id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "stamp", "status", "until_at") VALUES (NEW."entity", NEW."from_at", NEW."id", NEW."member_state", NEW."on_behalf_of_id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."stamp", NEW."status", NEW."until_at"); RETURN NULL;', hash='be6244a251d64a39177af882de8d121f2a055166', operation='INSERT', pgid='pgtrigger_insert_insert_fc05a', table='accounts_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_membershipevent" ("entity", "from_at", "id", "member_state", "on_behalf_of_id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "stamp", "status", "until_at") VALUES (NEW."entity", NEW."from_at", NEW."id", NEW."member_state", NEW."on_behalf_of_id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."stamp", NEW."status", NEW."until_at"); RETURN NULL;', hash='0611723802d754acd91ccffed803008eacbf68e1', operation='UPDATE', pgid='pgtrigger_update_update_20ab5', table='accounts_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_membershipevent" ("entity", "from_at", "id", "member_state", "on_behalf_of_id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "stamp", "status", "until_at") VALUES (OLD."entity", OLD."from_at", OLD."id", OLD."member_state", OLD."on_behalf_of_id", OLD."organisation_id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."stamp", OLD."status", OLD."until_at"); RETURN NULL;', hash='03e8721a785726387d9acff849b67f5b688102ea', operation='DELETE', pgid='pgtrigger_delete_delete_19a8f', table='accounts_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membershipevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e1f05704110766345bef638c18be4307af995a77', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9ee6c', table='accounts_membershipevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='token',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_tokenevent" ("id", "made_at", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stamp", "start", "status") VALUES (NEW."id", NEW."made_at", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."stamp", NEW."start", NEW."status"); RETURN NULL;', hash='122b31790d3a0b70f9143bd13916a94ca83e581d', operation='INSERT', pgid='pgtrigger_insert_insert_77356', table='accounts_token', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='token',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."stamp" IS DISTINCT FROM (NEW."stamp") OR OLD."start" IS DISTINCT FROM (NEW."start") OR OLD."status" IS DISTINCT FROM (NEW."status"))', func='INSERT INTO "accounts_tokenevent" ("id", "made_at", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stamp", "start", "status") VALUES (NEW."id", NEW."made_at", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."stamp", NEW."start", NEW."status"); RETURN NULL;', hash='40e1d39edd8978f4a0434c28491b7f5756b8020d', operation='UPDATE', pgid='pgtrigger_update_update_98930', table='accounts_token', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='token',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_tokenevent" ("id", "made_at", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stamp", "start", "status") VALUES (OLD."id", OLD."made_at", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."stamp", OLD."start", OLD."status"); RETURN NULL;', hash='b010e70e3c31ba9ccbfbcef90b09012660e82854', operation='DELETE', pgid='pgtrigger_delete_delete_8f6d4', table='accounts_token', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tokenevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='18a4f6b2312ed7c4022c01e4c06f592cc7135969', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a506f', table='accounts_tokenevent', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='userevent',
            name='standing',
            field=models.JSONField(default=list, editable=False),
        ),
    ]
