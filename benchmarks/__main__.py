"""Prints the table of the README. Runs on a database of its own, which it makes and drops."""

import os

os.environ.setdefault("ISF_ENV", "development")
os.environ.setdefault("DATABASE_AS_OWNER", "1")
os.environ.setdefault("TEST_DB", "bench")
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django must be set up first
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from benchmarks.table import table  # noqa: E402 - reads models


def main():
    settings.ROOT_URLCONF = "benchmarks.pages"
    settings.ALLOWED_HOSTS = ["*"]  # not the whole test environment: it copies each template's context
    made = setup_databases(verbosity=0, interactive=False)
    try:
        for row in table():
            print(row, flush=True)
    finally:
        teardown_databases(made, verbosity=0)


main()
