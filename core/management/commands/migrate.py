"""Django's own command, on the short way where it goes to the newest migrations."""

from contextlib import nullcontext

from django.core.management.commands import migrate

from core.migrating import drawn_once


class Command(migrate.Command):
    def handle(self, *words, **options):
        with nullcontext() if options["app_label"] else drawn_once():
            return super().handle(*words, **options)
