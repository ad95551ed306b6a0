"""Loads every fund of `programmes/data/`, idempotently; run at each deployment."""

from pathlib import Path

from django.core.management.base import BaseCommand

from accounts.models import User
from programmes.actions import load_fund

DATA = Path(__file__).parents[2] / "data"


class Command(BaseCommand):
    help = "Load or renew the funds from programmes/data/*.toml."

    def handle(self, **options):
        for path in sorted(DATA.glob("*.toml")):
            fund, changed = load_fund(path, by=User.objects.clock())
            self.stdout.write(f"{fund.name}: {'loaded' if changed else 'unchanged'}")
