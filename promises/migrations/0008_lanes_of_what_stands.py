"""What was promised before lanes existed gets the lane of its kind; kinds that nobody keeps any more stay in the last."""

from django.db import migrations

LANES = {'open_call': 1, 'deem_read': 2, 'remind_drafts': 2, 'receipt': 3, 'mail': 4, 'letter': 5}


def give_lanes(apps, schema_editor):
    rows = apps.get_model('promises', 'Promise').objects
    for kind, lane in LANES.items():
        rows.filter(kind=kind).update(lane=lane)


class Migration(migrations.Migration):

    dependencies = [
        ('promises', '0007_lanes'),
    ]

    operations = [
        migrations.RunPython(give_lanes, migrations.RunPython.noop),
    ]
