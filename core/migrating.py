"""The way forward through the migrations in a tenth of Django's time, with the same schema at its end.

Django draws a model, and every model tied to it, anew for each column, index and trigger; here nearly all are tied to
each other, and a new installation stood for minutes before its first page. What is asked of the database is the same
(`tests/core/test_migrating.py` holds both ways against each other).
"""

import gc
from contextlib import ExitStack, contextmanager
from copy import deepcopy

from django.db.migrations.state import ProjectState
from django.db.models import Field
from pgtrigger.migrations import AddTrigger, RemoveTrigger

NO_COLUMN = [(ProjectState, "add_index"), (ProjectState, "remove_index"),
             (AddTrigger, "state_forwards"), (RemoveTrigger, "state_forwards")]  # fmt: skip


@contextmanager
def drawn_once():
    """While it lasts, a model is given its new columns and constraints as it stands. For one process that does nothing
    else; who goes back reads states of before, and may not share a model with them."""
    threshold = gc.get_threshold()
    gc.set_threshold(50_000, *threshold[1:])  # each drawing makes thousands of classes, and few are given up meanwhile
    try:
        with ExitStack() as kept:
            for owner, name in NO_COLUMN:
                kept.enter_context(exchanged(owner, name, without_drawing(getattr(owner, name))))
            for name, wrap in FORWARD:
                kept.enter_context(exchanged(ProjectState, name, wrap(getattr(ProjectState, name))))
            kept.enter_context(exchanged(Field, "clone", copied))
            yield
    finally:
        gc.set_threshold(*threshold)


@contextmanager
def exchanged(owner, name, other):
    usual = getattr(owner, name)
    setattr(owner, name, other)
    try:
        yield
    finally:
        setattr(owner, name, usual)


def without_drawing(change):
    def changed(*given):
        with exchanged(ProjectState, "reload_model", lambda *_of, **_how: None):
            return change(*given)

    return changed


taken_apart = Field.clone


def copied(field):
    """A field that belongs to no model yet, a second time; Django takes it apart and builds it anew. Its name comes
    with the model: whoever compared states before may have given it the one that it has later. One of a model
    is taken apart: Django looks at those when there is nothing to apply, to say whether a migration is missing."""
    if hasattr(field, "model"):
        return taken_apart(field)
    twin = deepcopy(field)
    twin.name = None
    return twin


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
