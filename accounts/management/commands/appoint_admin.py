"""The first account administrator of an installation; the others are made on the page."""

import getpass
import os

from django.core.management.base import BaseCommand, CommandError

from accounts.actions import appoint_user
from accounts.models import User
from accounts.roles import Role
from core.errors import Refused


class Command(BaseCommand):
    help = "Make an account administrator; asks for the password, or takes it from ADMIN_PASSWORD."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", default="Account administrator")

    def handle(self, email, name, **options):
        password = os.environ.get("ADMIN_PASSWORD") or getpass.getpass("Password (at least 12 characters): ")
        user = User(email=email.lower(), name=name)
        try:
            appoint_user(user, by=User.objects.clock(), password=password, role=Role.ADMIN)
        except Refused as refusal:
            raise CommandError(" ".join(str(one) for one in refusal.gaps.values()) or str(refusal.sentence)) from None
        self.stdout.write(f"{email} may sign in now.")
