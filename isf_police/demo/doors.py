"""The demo and its password never enter a real installation."""

from django.conf import settings
from django.core.management.base import CommandError


def require_development():
    if not settings.DEVELOPMENT:
        raise CommandError("The demo is for development only: set ISF_ENV=development on your own machine.")
