from pathlib import Path

import pytest

from applications.parts import PARTS, add
from programmes.form_parts import OFFERED

SCRATCH = Path(__file__).parents[1] / "scratch"


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


@pytest.fixture
def new_part(settings):
    """The part “risks” is in the house, as if its file lay in `applications/parts/`; afterwards it is out again."""
    from tests.scratch.risks import PART

    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], SCRATCH]}]
    add(PART)
    yield PART
    PARTS.pop(PART.name)
    OFFERED.pop(PART.name)
