"""Who was signed in signs in once more; what lay in the framework's own table, texts among it, is not left there."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_who_is_signed_in_where"), ("sessions", "0001_initial")]

    operations = [migrations.RunSQL("DELETE FROM django_session", migrations.RunSQL.noop)]
