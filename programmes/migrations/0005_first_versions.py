"""What stood here before its table kept versions gets its first one, and its past begins with that."""

from django.db import migrations

from audit.migrations._first_versions import first_versions


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0003_beginnings'),
        ('programmes', '0004_versions_of_every_row'),
    ]

    operations = [
        migrations.RunPython(first_versions('programmes', 'Fund', 'Passage', 'Allocation', 'ObjectiveOfCall', 'ActionOfCall'), migrations.RunPython.noop),
    ]
