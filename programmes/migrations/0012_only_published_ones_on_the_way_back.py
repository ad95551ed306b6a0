"""On the way back a corrigendum is always a published one: what was only proposed, or dropped, is in no table then."""

from django.db import migrations


def leave_published(apps, schema_editor):
    apps.get_model("programmes", "Corrigendum").objects.filter(published_at=None).delete()
    events = apps.get_model("programmes", "CorrigendumEvent")
    schema_editor.execute(f"ALTER TABLE {events._meta.db_table} DISABLE TRIGGER USER")
    events.objects.filter(published_at=None).delete()
    schema_editor.execute(f"ALTER TABLE {events._meta.db_table} ENABLE TRIGGER USER")


class Migration(migrations.Migration):
    dependencies = [("programmes", "0011_corrigenda_of_two")]
    operations = [migrations.RunPython(migrations.RunPython.noop, leave_published)]
