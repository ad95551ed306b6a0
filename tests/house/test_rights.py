"""Every table of the database stands in the table of what the servers may do with it."""

from django.apps import apps

from audit.rights import append_only_tables
from isf_police.rights import ABOVE, FROZEN, RIGHTS


def test_every_table_has_its_line_and_every_line_its_table():
    """Whoever adds a table says in isf_police/rights.py what acts do with its rows: until then the servers only read
    it."""
    models = [one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy]
    tables = {one._meta.db_table for one in models} | {"django_migrations"}
    named = set(RIGHTS) | set(append_only_tables())
    assert (tables - named, named - tables) == (set(), set())


def test_what_is_frozen_are_columns_of_tables_that_have_a_line():
    columns = {
        one._meta.db_table: {field.column for field in one._meta.concrete_fields} for one in apps.get_models()
    }  # fmt: skip
    assert all(set(one.columns.split()) <= columns[one.table] for one in FROZEN)
    assert all(one.column in columns[one.table] and one.parent in columns for one in ABOVE)
