"""After `migrate` and `grant_rights`: rows of before are told of from now on."""

from django.core.management.base import BaseCommand

from accounts.actions.adopting import adopt_rows


class Command(BaseCommand):
    help = "Let records take up the rows of tables whose changes were not told of before, once; run as the owner."

    def handle(self, **options):
        taken = adopt_rows()
        if sum(taken.values()):
            self.stdout.write(f"{sum(taken.values())} rows of {len(taken)} tables are told of from now on.")
