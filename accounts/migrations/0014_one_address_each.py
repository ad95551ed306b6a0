"""The sign-in library's own table of addresses let somebody in by an address that was never agreed to: it stays empty."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0013_change_of_address"), ("account", "0009_emailaddress_unique_primary_email")]

    operations = [
        migrations.RunSQL("DELETE FROM account_emailconfirmation", migrations.RunSQL.noop),
        migrations.RunSQL("DELETE FROM account_emailaddress", migrations.RunSQL.noop),
    ]
