import pytest


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Files of tests lie in a folder of their own."""
    settings.FILES_ROOT = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": settings.FILES_ROOT},
        },
    }
