"""Every button of the house: a row on which it stands, and somebody who may press it."""

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.states import MEMBERSHIP, ORGANISATION, USER
from audit.models import AuditRecord
from audit.record import record
from core import clock
from core.versions import values_of
from tests.attack import doors

WORKFLOWS = doors.WORKFLOWS | {"person": USER, "membership": MEMBERSHIP, "organisation": ORGANISATION}
API = doors.API | {"person": "api-people", "membership": "api-memberships", "organisation": "api-organisations"}
NO_BUTTONS = {"organisation"}  # each of its steps has a page of its own, so there is no address for buttons
STEPS = [(kind, step) for kind, flow in WORKFLOWS.items() for step in flow.steps.values()]
BUTTONS = [(kind, step.name) for kind, step in STEPS if not (step.page or step.hidden)]
WITH_REASON = [(kind, step.name) for kind, step in STEPS if (kind, step.name) in BUTTONS and step.needs_reason]
PROGRAMS = [(kind, name) for kind, name in BUTTONS if kind in API]
OWN_PAGES = [(kind, step.name) for kind, step in STEPS if step.page]
ENDS_WITH = {  # what the database asks of a row that stands so
    "ENDED": lambda row: {"until_at": row.from_at} if hasattr(row, "from_at") else {},
    "ACCEPTED": lambda row: mandate(row) if hasattr(row, "mandate") else {},
    "DONE": lambda row: confirmed(row),
    "KEPT": lambda row: reviewed(row) if hasattr(row, "review_id") else {},
}
REASON = "So that the other window can be seen to fail."


def mandate(row):
    """Whoever takes part has said so."""
    return {"mandate": "I may act for it.", "answered_by": row.invited_by, "answered_at": row.invited_at}


def reviewed(row):
    """Somebody else has looked at this access."""
    return {"decided_by": row.review.opened_by, "decided_at": row.review.opened_at}


def confirmed(row):
    """A batch by a person; a change of address by both mailboxes; a part by whoever has it."""
    if hasattr(row, "asked_at"):
        return {"agreed_at": row.asked_at, "confirmed_at": row.asked_at}
    if hasattr(row, "given_at"):
        return {"done_at": row.given_at}
    return {"confirmed_by": row.made_by, "confirmed_at": row.made_at} | due(row)


def due(row):
    """Only assignments have their day."""
    return {"due_at": row.made_at} if hasattr(row, "due_at") else {}


def step_of(kind, name):
    return WORKFLOWS[kind].steps[name]


def ready(world, kind, name):
    """(row, person): a row from which this step leads on, and somebody who finds it and may take the step there."""
    step = step_of(kind, name)
    for row in rows_of(world, kind):
        for status in sorted(step.sources, key=lambda one: (one != row.status, one)):
            if stands(row, status) and (person := somebody(world, row, step)):
                return row, person
    raise AssertionError(f"Nobody of the house can press {kind}.{name}: give the world a row for it.")


def rows_of(world, kind):
    """Read again: an earlier story may hold the very objects."""
    if not hasattr(world, "things"):
        things = doors.things_of(world)
        calls = things["call"] | {"corrected": world.corrected}
        world.things = things | {"person": {"owner": world.owner}, "membership": things["role"], "call": calls}
    return [type(row)._base_manager.get(pk=row.pk) for row in world.things[kind].values()]


def stands(row, status):
    """Put the row there, if the database lets it stand there; how it came is no matter of these stories."""
    if status == row.status:
        return True
    extra = {"kept_at": None} if hasattr(row, "kept_at") else {}
    extra |= ENDS_WITH.get(status, lambda row: {})(row)
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(status=status, **extra)
    except IntegrityError:
        return False
    row.refresh_from_db()
    return True


def somebody(world, row, step):
    """Who finds the row, is allowed the step, and is not barred from it."""
    return next((one for one in people_for(world, row) if finds(one, row) and may(one, row, step)), None)


def people_for(world, row):
    """Those whose own the row is come first."""
    own = [getattr(row, name) for name in ("evaluator", "rapporteur", "member", "invited_by") if hasattr(row, name)]
    agreeing = User.objects.filter(pk__in=getattr(row, "evaluator_ids", None) or []) if is_report(row) else []
    return [*own, *agreeing, *(one for one in world.people.values() if one is not None)]


def is_report(row):
    return row._meta.model_name == "consensus"


def finds(person, row):
    return type(row).objects.visible_to(person).filter(pk=row.pk).exists()


def may(person, row, step):
    return step.allowed(person, row) and not any(bar.sentence(person, row) for bar in step.bars)


def changed_by(row, other):
    """Somebody else's act in another window: one more change, and the trail knows whose."""
    row.stamp += 1
    type(row)._base_manager.filter(pk=row.pk).update(stamp=row.stamp)
    changes = {"stamp": [row.stamp - 1, row.stamp], "the story": ["as you saw it", "as it is"]}
    record(f"{row._meta.model_name}.touch", row, by=other, at=clock.now(), changes=changes)


def as_it_is(row):
    """Everything that must be the same after a refusal: the row, and how long the trail is; to sign in is no act."""
    values = values_of(type(row)._base_manager.get(pk=row.pk))
    values.pop("last_login", None)
    return values, AuditRecord.objects.count()
