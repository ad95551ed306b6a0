"""Going back in the life of the schema, and forward again, as an installation of before does it."""

import gc
from contextlib import contextmanager
from copy import deepcopy
from unittest.mock import patch

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState
from django.db.models import Field
from pgtrigger.migrations import AddTrigger, RemoveTrigger

NO_COLUMN = [(ProjectState, "add_index"), (ProjectState, "remove_index"),
             (AddTrigger, "state_forwards"), (RemoveTrigger, "state_forwards")]  # fmt: skip


def migrate(*targets):
    """To these migrations; without any to the newest, with the servers' rights, as an installation does it."""
    executor = MigrationExecutor(connection)
    wanted = list(targets) or executor.loader.graph.leaf_nodes()
    with drawn_once(going_forward=not targets):
        executor.migrate(wanted)
    if not targets:
        call_command("grant_rights")
        return None  # today's models are at hand, and drawing all of a state takes its time
    return state_at(*wanted)


def state_at(*targets):
    return MigrationExecutor(connection).loader.project_state(list(targets)).apps


@contextmanager
def drawn_once(*, going_forward=False):
    """Django draws a model and all that are tied to it anew for each column, index and trigger: nearly all of the time
    of a migration here. What is asked of the database is the same.

    Who only goes forward also gives a model its new columns and constraints as it stands; going back, the states of
    before share that model, and each state that a migration goes back from is drawn once, when it is asked for.
    """
    patches = [patch.object(owner, name, without_drawing(getattr(owner, name))) for owner, name in NO_COLUMN]
    patches.append(patch.object(Field, "clone", copied))
    if going_forward:
        patches += [patch.object(ProjectState, name, wrap(getattr(ProjectState, name))) for name, wrap in FORWARD]
    else:
        patches.append(patch.object(Migration, "mutate_state", undrawn(Migration.mutate_state)))
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


def undrawn(mutate_state):
    """What comes after a state that is kept begins without its models: they would be drawn anew with each change."""

    def mutated(migration, state, preserve=True):
        if not preserve:
            return mutate_state(migration, state, preserve)
        drawn = vars(state).pop("apps", None)
        after = state.clone()
        if drawn is not None:
            state.apps = drawn
        return mutate_state(migration, after, preserve=False)

    return mutated


def copied(field):
    """A field that belongs to no model yet, a second time; Django takes it apart and builds it anew."""
    return deepcopy(field)


def as_it_stands(add_field):
    def added(state, app_label, model_name, name, field, preserve_default):
        given = (state, app_label, model_name, name, field, preserve_default)
        if field.is_relation or "apps" not in vars(state):
            return add_field(*given)
        without_drawing(add_field)(*given)
        column = state.models[app_label, model_name].fields[name].clone()
        return column.contribute_to_class(state.apps.get_model(app_label, model_name), name)

    return added


def held_as_it_stands(change):
    def changed(state, app_label, model_name, *given):
        without_drawing(change)(state, app_label, model_name, *given)
        if "apps" in vars(state):
            model = state.apps.get_model(app_label, model_name)
            model._meta.constraints = list(state.models[app_label, model_name].options["constraints"])

    return changed


FORWARD = [("add_field", as_it_stands), ("add_constraint", held_as_it_stands),
           ("remove_constraint", held_as_it_stands)]  # fmt: skip
