"""A backup into an empty system, then proved: see docs/backup.md."""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from core.backups import NoBackup, restore


class Command(BaseCommand):
    help = "Put a backup into an empty database and an empty folder of files, and prove it."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("folder")

    def handle(self, folder, **options):
        try:
            said = restore(folder)
        except (NoBackup, OSError) as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"Restored as of {said['at']}, with {said['trail']['records']} records of the audit trail.")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("grant_rights", stdout=self.stdout, stderr=self.stderr)
        call_command("adopt_rows", stdout=self.stdout, stderr=self.stderr)
        call_command("prove", stdout=self.stdout, stderr=self.stderr)
