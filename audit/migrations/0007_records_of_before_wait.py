"""Records of before the tree wait for their place in it like any other: the first minute takes them up in their order."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0006_checkpoints")]

    operations = [
        migrations.RunSQL(
            "INSERT INTO audit_unplaced (record) SELECT id FROM audit_auditrecord ON CONFLICT DO NOTHING",
            migrations.RunSQL.noop,
        )
    ]
