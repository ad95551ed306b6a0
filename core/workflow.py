"""State machines written as tables: one line says what, from, to, who.

The table is read by everything that has to agree about a row's life: the act that moves it, the buttons
under it, the API, the audit trail, the documentation.
"""

import logging
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from importlib import import_module

from django.db import transaction
from django.utils.translation import gettext as _

from audit.door import this_door
from audit.record import record
from core import clock
from core.errors import Incomplete, NotAllowed, Refused, WrongState
from core.fields import reason_of

log = logging.getLogger(__name__)
NEW = None
SAME = "same"  # the step leaves the status as it is


@dataclass(frozen=True)
class Step:
    name: str
    sources: frozenset
    target: str
    allowed: Callable
    label: str
    needs_reason: bool = False
    page: str = ""  # name of the address of a page of its own, for a step that asks for more than a reason
    hidden: bool = False  # not offered as a button: the clock's, or part of a page

    def check(self, row, by, reason):
        if not self.allowed(by, row):
            raise NotAllowed(_("You may not take the step “%(step)s” on %(row)s.") % self.words(row))
        if state_of(row) not in self.sources:
            raise WrongState(_("%(row)s is now “%(status)s”; “%(step)s” is not possible any more.") % self.words(row))
        if self.needs_reason and not reason.strip():
            raise Incomplete({"reason": _("Give the reason for “%(step)s”.") % self.words(row)})

    def words(self, row):
        return {"step": self.label, "row": row, "status": row.get_status_display() if row.status else _("new")}

    def __str__(self):
        return str(self.label)


def step(name, sources, target, allowed, label, **options):
    return Step(name, frozenset(sources), target, allowed, label, **options)


class Workflow:
    """The life of one kind of row, kept in its `status` field.

    `home` names the module with the bodies of the steps, so that `run` finds them whichever door the
    request came in by.
    """

    def __init__(self, home, *steps):
        self.home = home
        self.steps = {step.name: step for step in steps}
        self.actions = {}

    def open_to(self, user, row):
        """The steps this user may take on this row now."""
        return [s for s in self.steps.values() if state_of(row) in s.sources and s.allowed(user, row)]

    def buttons(self, user, row):
        """The open steps that a page offers."""
        return [s for s in self.open_to(user, row) if not s.hidden]

    def action(self, name):
        """Make a function the body of a step: it runs locked, checked and recorded.

        The body changes the row it is given. What it changed elsewhere it returns as {name: [before, after]},
        so that the record tells the whole story.
        """
        step = self.steps[name]

        def decorate(body):
            @wraps(body)
            def take(row, *, by, at=None, reason="", **details):
                with logged_when_refused(name, row, by), transaction.atomic():
                    reason = reason_of(reason)
                    row = lock(row)
                    at = at or clock.now()
                    step.check(row, by, reason)
                    before, was = values_of(row), state_of(row)
                    row.status = row.status if step.target is SAME else step.target
                    elsewhere = body(row, by=by, at=at, **given(body, reason=reason), **details) or {}
                    row.save()
                    changes = difference(before, values_of(row)) | elsewhere
                    act = f"{row._meta.model_name}.{name}"
                    record(act, row, by=by, at=at, reason=reason, move=(was, row.status), changes=changes)
                return row

            self.actions[name] = take
            return take

        return decorate

    def plain(self, name):
        """A step that only moves the row."""
        return self.action(name)(nothing_more)

    def run(self, name, row, **kwargs):
        """Take a step by its name, as buttons and the API do."""
        import_module(self.home)
        return (self.actions.get(name) or self.plain(name))(row, **kwargs)


@contextmanager
def logged_when_refused(name, row, by):
    """Nothing is recorded of a refused act, but the log can prove that and when somebody tried."""
    try:
        yield
    except Refused as refusal:
        door, request_id = this_door()
        words = (row._meta.model_name, name, row.pk, by.pk, door, request_id, refusal.sentence)
        log.warning("refused %s.%s of %s to %s through %s (request %s): %s", *words)
        raise


def nothing_more(row, *, by, at):
    pass


def given(body, **optional):
    """Pass the reason only to a body that asks for it."""
    wanted = body.__code__.co_varnames[: body.__code__.co_argcount + body.__code__.co_kwonlyargcount]
    return {name: value for name, value in optional.items() if name in wanted}


def state_of(row):
    return NEW if row._state.adding else row.status


def lock(row):
    """Read the row again and hold it until the transaction ends."""
    if row._state.adding:
        return row
    return type(row)._base_manager.select_for_update().get(pk=row.pk)


def values_of(row):
    if row._state.adding:
        return {}
    return {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields}


def difference(before, after):
    return {
        name: [before.get(name), value]
        for name, value in after.items()
        if before.get(name) != value and name not in {"id", "status"}
    }
