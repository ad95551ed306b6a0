"""Proves again, every night or when asked, what the database cannot promise by itself."""

from django.core.management.base import BaseCommand, CommandError

from reports.proofs import PROOFS


class Command(BaseCommand):
    help = "Prove receipts, awards, statuses, letters, attachments, files and the trail; exit 1 and name each fault."

    def handle(self, **options):
        faults = []
        for name, proof in PROOFS.items():
            found = list(proof())
            faults += found
            self.stdout.write(f"{'broken' if found else 'proved'}: {name}")
            for sentence in found:
                self.stderr.write(f"  {sentence}")
        if faults:
            raise CommandError(f"{len(faults)} faults were found.")
        self.stdout.write("Everything was proved.")
