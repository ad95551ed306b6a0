from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0003_stamps'),
    ]

    operations = [
        migrations.AddField(
            model_name='reportfile',
            name='about',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='reportfile',
            name='about_name',
            field=models.CharField(blank=True, max_length=200, verbose_name='about'),
        ),
        migrations.AddField(
            model_name='reportfile',
            name='at',
            field=models.DateTimeField(null=True, verbose_name='as of'),
        ),
    ]
