"""Letters of these tests are kept in a folder of their own."""

import pytest


@pytest.fixture(autouse=True)
def files(tmp_path, settings):
    settings.FILES_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }

    def kept():
        return sorted(path for path in tmp_path.rglob("*") if path.is_file())

    return kept
