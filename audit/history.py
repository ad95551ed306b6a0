"""Versions of rows, written by database triggers: a bulk update or plain SQL is caught as well.

A version carries the start of the transaction that wrote it (`pgh_created_at`), the same as `written_at` of the records
of that transaction. `core.past` reads the house from them as it was.
"""

import pghistory
from django.apps import apps
from django.db import models


def versioned(exclude=(), *, told=True, many=False):
    """Class decorator: keep every version of a row in an append-only table beside it.

    What is excluded is a secret or the house's own business: no record of the trail tells of it either. `told=False`:
    the rows are a ledger of their own, written outside of any act. `many`: hundreds of them are written by one
    statement, so their versions are written by one as well.
    """
    level = pghistory.Statement if many else pghistory.Row
    track = pghistory.track(
        *(event(level=level) for event in (pghistory.InsertEvent, pghistory.UpdateEvent, pghistory.DeleteEvent)),
        exclude=list(exclude) or None,
        append_only=True,
    )

    def decorate(model):
        model.unrecorded, model.told = frozenset(exclude), told
        return track(model)

    return decorate


def versioned_links(model, **names):
    """The same for the tables of a model's many-to-many fields, whose rows come and go: {field: name of its proxy}."""
    for field, name in names.items():
        through = model._meta.get_field(field).remote_field.through
        meta = type("Meta", (), {"proxy": True})
        proxy = type(name, (through,), {"__module__": model.__module__, "Meta": meta})
        by_row = {"indexes": [models.Index(fields=["id", "-pgh_id"])]}
        pghistory.track(
            pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None, append_only=True, meta=by_row
        )(proxy)  # fmt: skip


def tables_of_versions():
    """{model of the rows: model of their versions}, proxies as what they stand for."""
    versions = [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
    return {model.pgh_tracked_model._meta.concrete_model: model for model in versions}
