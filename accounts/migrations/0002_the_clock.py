"""The system user: the clock acting instead of a person. It has no password and cannot sign in."""

from django.db import migrations


def make(apps, schema_editor):
    apps.get_model("accounts", "User").objects.get_or_create(
        role="SYSTEM",
        defaults={"email": "clock@localhost.localdomain", "name": "The clock", "password": "!", "is_active": True},
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
