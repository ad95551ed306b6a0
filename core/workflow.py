"""State machines written as tables: one line says what, from, to, who.

The table is read by all that must agree about a row's life: act, buttons, API, audit trail, documentation.
"""

import inspect
from functools import partial, wraps
from importlib import import_module
from uuid import uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import AuditRecord
from audit.record import record
from core import clock
from core.errors import WrongState
from core.fields import base_of, reason_of
from core.holds import hold_name, require_order, take_all
from core.refusals import logged_when_refused
from core.steps import BACK, NEW, SAME, Bar, Step, state_of, step
from core.versions import difference, require_seen, said, values_before, values_of

__all__ = ["BACK", "NEW", "SAME", "UNCHANGED", "Bar", "Step", "Workflow", "state_of", "step"]

UNCHANGED = object()  # what a body answers that found nothing to do: no column is saved, no record is written


class Workflow:
    """The life of one kind of row, kept in its `status` field.

    `home` names the module with the bodies of the steps, so that `run` finds them whichever door the request came in
    by. `place` is the kind's place in the order of holds, `reads` the rows above it that are read with it.
    """

    def __init__(self, home, *steps, place=50, reads=()):
        self.home, self.reads = home, reads
        self.steps = {step.name: step for step in steps}
        self.actions, self.bodies = {}, {}
        for one in steps:
            require_order(one.holds, place=place, where=f"{home}: {one.name}")

    def open_to(self, user, row):
        """The steps this user may take on this row now, as far as the two alone can tell."""
        return [s for s in self.steps.values() if state_of(row) in s.sources and s.allowed(user, row)]

    def buttons(self, user, row):
        """The open steps that a page offers."""
        return [s for s in self.open_to(user, row) if not s.hidden]

    def names_now(self, user, row, *, hidden=False):
        """What programs are told of the open steps: only those that would be done at this time.

        The act asks the database's clock; a list of rows asks this machine's, which costs no statement for each.
        """
        found, at = self.open_to(user, row) if hidden else self.buttons(user, row), timezone.now()
        return [s.name for s in found if not s.is_shut(row, at)]

    def may_open(self, name, row, *, by):
        """Refuse the page of a step to whoever could not take the step now."""
        self.steps[name].require_open(row, by)

    def action(self, name, *, around=None):
        """Make a function the body of a step: it runs locked, checked and recorded. The result is the public act:

        `act(row, *, by, at=None, reason="", base=None, key=None, meant=False, **details)` gives the row as it now is.
        `base` is the stamp of the row that the actor saw, `key` a text of the sender's that makes two equal births one,
        `meant` the word for a body that asks whether something odd is meant. The body changes the row it is given; what
        it changed elsewhere it returns as {name: [before, after]}, so that the record tells the whole story; or
        UNCHANGED. `around` takes the act and gives what everybody calls in its place.
        """
        step = self.steps[name]
        if step.bare:
            raise TypeError(f"{self.home}: the step {name} is declared bare, so it has no body")

        def decorate(body):
            act = act_of(step, body, reads=self.reads)
            self.bodies[name], self.actions[name] = body, around(act) if around else act
            return self.actions[name]

        return decorate

    def plain(self, name):
        """The act of a step that the table declares bare."""
        step = self.steps[name]
        if not step.bare:
            raise TypeError(f"{self.home}: the step {name} is not declared bare: it needs its body")
        return self.actions.setdefault(name, act_of(step, nothing_more, reads=self.reads))

    def run(self, name, row, **kwargs):
        """Take a step by its name, as buttons and the API do."""
        return self.complete().actions[name](row, **kwargs)

    def complete(self):
        """Every step has its act: a body, or the table's word that it only moves the row. Else nothing starts."""
        import_module(self.home)
        for bare in (one for one in self.steps.values() if one.bare):
            self.plain(bare.name)
        if missing := sorted(self.steps.keys() - self.actions.keys()):
            raise TypeError(f"{self.home}: these steps have no body and are not declared bare: {', '.join(missing)}")
        return self


def act_of(step, body, *, reads=()):
    wanted = set(inspect.signature(body).parameters)

    @wraps(body)
    def take(row, *, by, at=None, reason="", base=None, key=None, meant=False, **details):
        with logged_when_refused(step.name, row, by), transaction.atomic(), clock.stopped():
            if key and (twin := born_already(step, row, by=by, key=key)):
                return twin
            reason = reason_of(reason)
            row = take_all(row, step.holds, reads)
            step.require_open(row, by)
            since = require_seen(row, step, base_of(base), by=by)
            step.require_word(row, reason)
            act = {"by": by, "at": at or clock.now()}
            told = {"reason": reason, "since": since, "meant": meant}
            extra = {name: value for name, value in told.items() if name in wanted}
            return move(step, row, partial(body, **act, **extra, **details), reason=reason, **act)

    return take


def move(step, row, body, *, by, at, reason):
    """Set the row where the step leads, let the body do its part, keep what is different, write it down."""
    before = values_before(row)
    told = moved(step, row, body, before)
    if told is None:
        return type(row)._base_manager.get(pk=row.pk)
    keep(row, before)
    record(row=row, by=by, at=at, reason=reason, **told)
    return row


def moved(step, row, body, before):
    """The row as the step leaves it, not saved yet: what its record tells; None when the body found nothing to do."""
    was = state_of(row)
    row.status = target_of(step, row)
    elsewhere = body(row)
    if elsewhere is UNCHANGED:
        return None
    different = difference(before, values_of(row))
    changes = said(different, row) | (elsewhere or {})
    changes |= count(row, was, changed=bool(different or elsewhere))
    return {"act": f"{row._meta.model_name}.{step.name}", "move": (was, row.status), "changes": changes}


def target_of(step, row):
    if step.target is SAME:
        return row.status
    return came_from(row) if step.target is BACK else step.target


def came_from(row):
    """The state before the one it is in now: the trail remembers, so the row need not."""
    moves = AuditRecord.objects.of_chain(row.chain).filter(
        subject_type=row._meta.label_lower, subject_id=str(row.pk), status_after=row.status
    )  # fmt: skip
    last = moves.exclude(status_before=row.status).exclude(status_before="").order_by("sequence").last()
    if last is None:
        raise WrongState(_("Nothing says where %(row)s came from, so there is no way back.") % {"row": row})
    return last.status_before


def count(row, was, *, changed):
    """One more change: whoever saw the row before is told."""
    if was is NEW or not changed:
        return {}
    row.stamp += 1
    return {"stamp": [row.stamp - 1, row.stamp]}


def keep(row, before):
    """Save what is different, and nothing else; a new row that its body has saved already is saved once."""
    if row._state.adding:
        row.save(force_insert=True)
    elif changed := difference(before or row.kept, values_of(row)):
        row.save(update_fields=list(changed))


def born_already(step, row, *, by, key):
    """The row that an equal request has made, or None; the new one gets the id that any equal request would give it."""
    if state_of(row) is not NEW:
        return None
    row.pk = uuid5(by.pk, f"{row._meta.label_lower}.{step.name}:{key}")
    hold_name(f"birth:{row.pk}")
    return type(row)._base_manager.filter(pk=row.pk).first()


def nothing_more(row, *, by, at):
    pass
