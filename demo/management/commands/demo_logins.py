"""Prints one login of each role."""

from django.core.management.base import BaseCommand

from accounts.models import User
from demo import PASSWORD
from demo.logins import LOGINS


class Command(BaseCommand):
    help = "Print one login of each role of the demo, with its password."

    def handle(self, **options):
        known = dict(User.objects.values_list("email", "name"))
        shown = [(words, email, known[email]) for email, words in LOGINS.items() if email in known]
        if not shown:
            self.stdout.write("The demo is not loaded: run `manage.py load_demo`.")
            return
        width, longest = (max(len(row[place]) for row in shown) for place in (0, 1))
        for words, email, name in shown:
            self.stdout.write(f"  {words:<{width}}  {email:<{longest}}  {name}")
        self.stdout.write(f"  The password of everybody: {PASSWORD}")
