"""Going back in the life of the schema, and forward again, as an installation of before does it."""

import gc
from contextlib import contextmanager
from unittest.mock import patch

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

NO_COLUMN = [(ProjectState, "add_index"), (ProjectState, "remove_index"),
             (AddTrigger, "state_forwards"), (RemoveTrigger, "state_forwards")]  # fmt: skip


def migrate(*targets):
    """To these migrations; without any to the newest, with the servers' rights, as an installation does it."""
    executor = MigrationExecutor(connection)
    wanted = list(targets) or executor.loader.graph.leaf_nodes()
    with drawn_once():
        executor.migrate(wanted)
    if not targets:
        call_command("grant_rights")
        return None  # today's models are at hand, and drawing all of a state takes its time
    return state_at(*wanted)


def state_at(*targets):
    return MigrationExecutor(connection).loader.project_state(list(targets)).apps


@contextmanager
def drawn_once():
    """Django draws a model and all that are tied to it anew for each index and each trigger: half of the time of a
    migration here, and no column changes by it. What is asked of the database is the same."""
    patches = [patch.object(owner, name, without_drawing(getattr(owner, name))) for owner, name in NO_COLUMN]
    gc.disable()  # each drawing makes thousands of classes, and none is given up before the end
    try:
        for one in patches:
            one.start()
        yield
    finally:
        for one in patches:
            one.stop()
        gc.enable()


def without_drawing(change):
    def changed(*given):
        with patch.object(ProjectState, "reload_model", lambda *_of, **_how: None):
            return change(*given)

    return changed
