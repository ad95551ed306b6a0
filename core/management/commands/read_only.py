"""The one switch: `manage.py read_only on` lets everybody read and nobody change anything, until `off`."""

from django.core.management.base import BaseCommand

from core.switches import is_read_only, set_read_only


class Command(BaseCommand):
    help = "Switch the whole house to reading only, or back; without a word it says how it stands."

    def add_arguments(self, parser):
        parser.add_argument("wanted", nargs="?", choices=["on", "off"])

    def handle(self, *, wanted=None, **options):
        if wanted:
            set_read_only(wanted == "on")
        self.stdout.write(
            "Everybody reads, nothing is changed." if is_read_only() else "Reading and changing, as usual."
        )
