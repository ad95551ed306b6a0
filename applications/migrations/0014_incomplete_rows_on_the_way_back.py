"""On the way back rows are complete again: what was left open gets the smallest value that the columns then take."""

from django.db import migrations
from django.db.models import F
from django.db.models.functions import Coalesce, Greatest


def complete(apps, schema_editor):
    milestones = apps.get_model("applications", "Milestone").objects
    first = Coalesce("first_month", "last_month", 1)
    milestones.filter(first_month=None).update(first_month=first)
    milestones.update(last_month=Greatest(Coalesce("last_month", F("first_month")), F("first_month")))


class Migration(migrations.Migration):
    dependencies = [("applications", "0013_changes")]
    operations = [migrations.RunPython(migrations.RunPython.noop, complete)]
