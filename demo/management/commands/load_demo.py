"""Loads the demo by the acts themselves; a second run changes nothing, an interrupted one goes on where it stopped."""

import time

from django.core.management.base import BaseCommand, CommandError

from demo.deliveries import failures
from demo.story import tell_everything
from programmes.models import Fund


class Command(BaseCommand):
    help = "Load the demo: people, calls and applications, told by the acts."

    def add_arguments(self, parser):
        parser.add_argument(
            "--only",
            nargs="*",
            default=[],
            metavar="ACRONYM",
            help="a shorter demo of these proposals; at least one eligible of PROTECT, THB and ENV",
        )
        parser.add_argument(
            "--patience",
            type=float,
            default=60,
            metavar="SECONDS",
            help="how long to wait for a worker without progress",
        )

    def handle(self, *, only, patience, **options):
        if not Fund.objects.exists():
            raise CommandError("There is no fund yet. Run `manage.py load_funds` first.")
        began = time.monotonic()
        tell_everything(only=only, patience=patience, say=self.stdout.write)
        self.report_failures()
        self.stdout.write(f"The demo is loaded ({time.monotonic() - began:.1f} s).")

    def report_failures(self):
        for promise in failures():
            self.stderr.write(
                f"Not delivered: {promise} – {promise.last_error}. The page “Deliveries” has “try again”."
            )
