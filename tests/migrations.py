"""Going back in the life of the schema, and forward again, as an installation of before does it."""

import gc
from contextlib import contextmanager
from unittest.mock import patch

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.models import Field

from core.migrating import NO_COLUMN, copied, drawn_once, without_drawing


def migrate(*targets):
    """To these migrations; without any to the newest, with the servers' rights, as an installation does it."""
    executor = MigrationExecutor(connection)
    wanted = list(targets) or executor.loader.graph.leaf_nodes()
    with drawn_when_asked_for() if targets else drawn_once():
        executor.migrate(wanted)
    if not targets:
        call_command("grant_rights")
        return None  # today's models are at hand, and drawing all of a state takes its time
    return state_at(*wanted)


def state_at(*targets):
    return MigrationExecutor(connection).loader.project_state(list(targets)).apps


@contextmanager
def drawn_when_asked_for():
    """Going back, the states of before share a model; each state that a migration goes back from is drawn once."""
    patches = [patch.object(owner, name, without_drawing(getattr(owner, name))) for owner, name in NO_COLUMN]
    patches += [patch.object(Field, "clone", copied), patch.object(Migration, "mutate_state", undrawn)]
    gc.disable()  # each drawing makes thousands of classes, and none is given up before the end
    try:
        for one in patches:
            one.start()
        yield
    finally:
        for one in patches:
            one.stop()
        gc.enable()


mutate_state = Migration.mutate_state


def undrawn(migration, state, preserve=True):
    """What comes after a state that is kept begins without its models: they would be drawn anew with each change."""
    if not preserve:
        return mutate_state(migration, state, preserve)
    drawn = vars(state).pop("apps", None)
    after = state.clone()
    if drawn is not None:
        state.apps = drawn
    return mutate_state(migration, after, preserve=False)
