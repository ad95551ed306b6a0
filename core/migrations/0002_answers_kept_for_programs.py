from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0001_spelling")]

    operations = [
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("said", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField(verbose_name="status")),
                ("headers", models.JSONField(default=dict)),
                ("body", models.BinaryField(null=True)),
                ("made_at", models.DateTimeField(db_index=True, verbose_name="made")),
            ],
        ),
    ]
