"""A language that shows what went through translation: each sentence between two marks (⟦ ⟧)."""

import pytest
from babel.messages.mofile import write_mo
from django.conf import settings as django_settings
from django.utils import translation

from tools import messages

MARKED = "eo"  # any code that Django knows and we do not offer
LEFT, RIGHT = "⟦", "⟧"


def between_marks(said):
    return f"{LEFT}{said}{RIGHT}"


@pytest.fixture(autouse=True)
def nothing_is_left_of_a_language():
    """A request leaves its language to the thread, until the next one has its own."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def marked_catalog(tmp_path_factory):
    folder = tmp_path_factory.mktemp("marked")
    catalog = messages.collected()
    catalog.locale = None
    for message in catalog:
        if message.id:
            message.string = (
                tuple(map(between_marks, message.id)) if message.pluralizable else between_marks(message.id)
            )
    place = folder / MARKED / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "django.mo").open("wb") as file:
        write_mo(file, catalog)
    return folder


@pytest.fixture
def marked(settings, marked_catalog):
    """Everybody who asks for nothing else reads the marked language."""
    settings.LANGUAGES = [*django_settings.LANGUAGES, (MARKED, "Esperanto")]
    settings.LOCALE_PATHS = [*django_settings.LOCALE_PATHS, marked_catalog]
    with translation.override(MARKED):
        yield MARKED
