from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0012_a_line_for_every_rank")]
    operations = [
        migrations.AlterField(model_name=name, name="position", field=models.PositiveIntegerField())
        for name in ("rankedentry", "rankedentryevent")
    ]
