"""Everything this installation holds, of one moment, into a folder: see docs/backup.md."""

from django.core.management.base import BaseCommand, CommandError

from core.backups import NoBackup, back_up


class Command(BaseCommand):
    help = "Write the database and the files, as they are at one moment, into a new folder inside PLACE."

    def add_arguments(self, parser):
        parser.add_argument("place")

    def handle(self, place, **options):
        try:
            folder = back_up(place)
        except (NoBackup, OSError) as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{folder}")
