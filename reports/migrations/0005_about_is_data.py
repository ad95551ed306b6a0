"""The call that a file is about becomes data, and its name is kept with it."""

from django.db import migrations

TO_DATA = """
    UPDATE reports_reportfile SET about = jsonb_build_object('call', call_id), about_name = call.reference
    FROM programmes_call AS call WHERE call.id = call_id;
"""
TO_CALL = "UPDATE reports_reportfile SET call_id = (about->>'call')::uuid;"


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0004_about_and_at'),
    ]

    operations = [
        migrations.RunSQL(TO_DATA, TO_CALL),
    ]
