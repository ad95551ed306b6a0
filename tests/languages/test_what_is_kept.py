"""Whoever acts in another language leaves rows, records and files as everybody else does: in the house's own."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

from demo import story
from tests.demo.test_load_demo import SHORT
from tests.languages.conftest import LEFT

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(settings, tmp_path, marked):
    place = {"location": tmp_path / "files"}
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": place}
    settings.STORAGES = {**settings.STORAGES, "default": backend}
    call_command("load_funds", stdout=StringIO())
    story.tell_everything(only=SHORT, patience=0, say=lambda *_: None)


def test_no_text_of_a_reader_is_kept(told):
    assert texts_with(LEFT) == []


def texts_with(mark):
    """(table, column, text) of each column of each table that holds the mark."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        return [place for place in places() if place[0] in tables for place in marked_in(cursor, *place, mark)]


def places():
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField):
                yield model._meta.db_table, field.column


def marked_in(cursor, table, column, mark):
    asked = f'SELECT DISTINCT left("{column}"::text, 300) FROM "{table}" WHERE "{column}"::text LIKE %s'  # noqa: S608
    cursor.execute(asked, [f"%{mark}%"])
    return [(table, column, text) for (text,) in cursor]
