"""The short way through the migrations leaves the schema that Django's own way leaves."""

from contextlib import contextmanager, nullcontext

import pytest
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from core import backups
from core.migrating import drawn_once
from tests.long import WHOLE

USUAL = ProjectState.add_field
EARLY = ("accounts", "0007_invited_to_a_role")  # in the short form; Django's way takes minutes to the end


@contextmanager
def empty_database():
    usual = connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:
        cursor.execute("CREATE DATABASE two_ways")
    connection.close()
    connection.settings_dict["NAME"] = "two_ways"
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
        with connection._nodb_cursor() as cursor:
            cursor.execute("DROP DATABASE two_ways WITH (FORCE)")  # the dump's own connection may still be ending


def schema_after(way, path):
    with empty_database():
        executor = MigrationExecutor(connection)
        with way():
            executor.migrate(executor.loader.graph.leaf_nodes() if WHOLE else [EARLY])
        backups.program("pg_dump", "--schema-only", f"--file={path}")
    return [line for line in path.read_text().splitlines() if "restrict" not in line]  # a word of chance in each dump


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_both_ways_lead_to_the_same_schema(tmp_path):
    long_way = schema_after(nullcontext, tmp_path / "long way.sql")
    assert any("CREATE TRIGGER" in line for line in long_way)
    MigrationExecutor(connection).loader.project_state().resolve_fields_and_relations()  # as `makemigrations` does
    assert schema_after(drawn_once, tmp_path / "short way.sql") == long_way


@pytest.mark.django_db
def test_where_nothing_is_to_be_applied_the_command_says_so(capsys):
    """As with each start of the site: at the usual verbosity Django compares the models with the migrations."""
    call_command("migrate", skip_checks=True, verbosity=1, interactive=False)
    assert "No migrations to apply." in capsys.readouterr().out


def test_the_command_takes_the_short_way_to_the_newest_and_djangos_own_to_another(monkeypatch):
    ways = []
    monkeypatch.setattr(migrate.Command, "handle", lambda *_given, **_how: ways.append(ProjectState.add_field))
    usual = ProjectState.add_field
    call_command("migrate", skip_checks=True)
    call_command("migrate", "core", skip_checks=True)
    assert [way is usual for way in ways] == [False, True]


def test_what_was_exchanged_is_put_back_also_after_a_fault():
    usual = ProjectState.add_field, ProjectState.reload_model
    with pytest.raises(LookupError, match="of another kind"):
        stumble()
    assert (ProjectState.add_field, ProjectState.reload_model) == usual


def stumble():
    with drawn_once():
        kind = "the same" if ProjectState.add_field is USUAL else "another kind"
        raise LookupError(f"of {kind}")
