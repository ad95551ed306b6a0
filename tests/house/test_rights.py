"""Every table of the database stands in the table of what the servers may do with it."""

import pytest
from django.apps import apps
from django.db import transaction

from applications.models import Application
from audit.rights import append_only_tables
from core import clock
from isf_police.rights import ABOVE, FROZEN, RIGHTS
from tests.applications.factories import a_draft
from tests.rights import beyond_the_rights


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


# what the tests' own guard sees (`tests/rights.py`)


@pytest.mark.django_db
def test_an_act_that_saves_more_than_it_may_change_fails_in_the_tests_too():
    application = a_draft()
    with (
        pytest.raises(AssertionError, match="change call_id of applications_application"),
        transaction.atomic(),
        clock.stopped(),
    ):
        application.save()
    with (
        pytest.raises(AssertionError, match="take rows out of applications_application"),
        transaction.atomic(),
        clock.stopped(),
    ):
        Application.objects.filter(pk=application.pk)._raw_delete("default")
    with clock.stopped():
        application.save(update_fields=["title"])
    application.save()  # outside of acts, a test does what it likes


@pytest.mark.parametrize(
    ("statement", "wider"),
    [
        ('UPDATE "applications_attachment" SET "removed_at" = %s WHERE "id" = %s', ""),
        (
            'UPDATE "applications_attachment" SET "name" = %s, "removed_at" = %s',
            "change name of applications_attachment",
        ),
        ("UPDATE applications_attachment t SET name = x.name FROM y", "change name of applications_attachment"),
        ('UPDATE "accounts_user" SET "id" = %s', "change id of accounts_user"),
        ('UPDATE "audit_auditrecord" SET "act" = %s', "change act of audit_auditrecord"),
        ('DELETE FROM "applications_partner" WHERE true', ""),
        ('DELETE FROM "evaluation_score" WHERE true', "take rows out of evaluation_score"),
        ('SELECT "name" FROM "applications_attachment" FOR UPDATE', ""),
    ],
)
def test_what_is_wider_than_the_rights_is_named(statement, wider):
    assert beyond_the_rights(statement) == wider
