from io import StringIO

import pytest
from django.core.management import call_command


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Files of tests lie in a folder of their own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }


@pytest.fixture
def said():
    """Run a command and give what it said."""

    def run(*words, **options):
        out = StringIO()
        call_command(*words, stdout=out, stderr=out, **options)
        return out.getvalue()

    return run
