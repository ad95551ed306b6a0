"""A call of any size to measure on; it says how long assigning its evaluators takes."""

import time

from django.core.management.base import BaseCommand, CommandError

from demo.scale import Size, assign_all, load
from programmes.models import Fund


class Command(BaseCommand):
    help = "Load a call under evaluation of any size; in development only."

    def add_arguments(self, parser):
        parser.add_argument("--proposals", type=int, default=300)
        parser.add_argument("--evaluators", type=int, default=60)
        parser.add_argument("--each", type=int, default=3, help="evaluators for each proposal")
        parser.add_argument("--assign", action="store_true", help="propose and make the assignments too")

    def handle(self, *, proposals, evaluators, each, assign, **options):
        if not Fund.objects.exists():
            raise CommandError("There is no fund yet. Run `manage.py load_funds` first.")
        if min(proposals, evaluators, each) < 1:
            raise CommandError("Each number is at least one.")
        size = Size(proposals, evaluators, each)
        call = load(size, say=self.stdout.write)
        if assign:
            began = time.monotonic()
            batch = assign_all(call, size)
            taken = time.monotonic() - began
            self.stdout.write(f"{batch.made} assignments proposed and made, {batch.refused} refused ({taken:.1f} s).")
