"""Every search of every list finds names as people type them, also after the name has changed."""

import pytest
from django.db import connection

from tests.cases import searches
from tests.stories.lists import LISTS

pytestmark = pytest.mark.django_db


def searched():
    """(list, filter, field) of every search of the house."""
    for shown in LISTS:
        for one in shown.kind.filters:
            for path in one.searches:
                if path == "kind":  # a word of ours, by which a promise is also seen or not
                    continue
                yield pytest.param(shown, one.name, path, id=f"{shown} {one.name} {path}")


@pytest.mark.parametrize(("shown", "name", "path"), searched())
def test_a_search_finds_what_people_type(world, db, shown, name, path):
    row = shown.rows(world, {}).load().objects[0]
    for typed, finds in searches():
        write(row, "application__applicant__latin_name" if path == "application__search_text" else path, finds)

        found = shown.rows(world, {name: typed}).load().objects

        assert row.pk in [one.pk for one in found], (typed, finds)
    assert shown.rows(world, {name: "no such word here"}).load().objects == []


def write(row, path, text):
    """Past every act, even into rows that never change. What follows a name follows this one too."""
    while "__" in path:
        first, _, path = path.partition("__")
        row = getattr(row, first)
    if path == "search_text":
        row, path = row.applicant, "latin_name"
    kept = path in {"name", "latin_name", "title"}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = " + ("origin" if kept else "replica"))
        table, column = row._meta.db_table, row._meta.get_field(path).column
        cursor.execute(f'UPDATE "{table}" SET "{column}" = %s WHERE id = %s', [text, row.pk])  # noqa: S608 - our own names
        cursor.execute("SET LOCAL session_replication_role = origin")
