"""What people are told by mail: whose turn it is. Each app registers its kinds in its own `notices.py`.

A kind has one question, “whose turn is it?”. It is asked when an act has moved a row, each morning, and once more when
the mail leaves: whoever has done it meanwhile, or lost it, is told nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.days import next_at

KINDS = {}
LOOK = 6  # o'clock in Brussels: whose turn it is, is looked at
MORNING = 8  # and what may wait is told, all in one mail


class Pace(TextChoices):
    AT_ONCE = "AT_ONCE", _("at once")
    DAILY = "DAILY", _("in the morning, all in one mail")
    OFF = "OFF", _("never")


# The first one holds where somebody has not chosen.
AT_ONCE_OR_DAILY = (Pace.AT_ONCE, Pace.DAILY)
DAILY_OR_OFF = (Pace.DAILY, Pace.OFF)
ALWAYS_DAILY = (Pace.DAILY,)


@dataclass(frozen=True)
class Asked:
    """Whose turn is it at this moment: all told; of one person; of one row, or of what stands below that row."""

    at: datetime
    person: UUID | None = None
    row: UUID | None = None


@dataclass(frozen=True)
class Turn:
    """One thing that waits for one person. `name` and `path` say no more than this person may see of it.

    `occasion` tells this turn from an earlier one on the same row: a moment, or whatever has changed since.
    """

    person: UUID
    subject: UUID
    occasion: str
    name: str
    path: str
    scope: dict
    until: datetime | None = None


@dataclass(frozen=True)
class NoticeKind:
    """`title` stands above what is listed, `label` beside the choice, `because` says why it is or is not needed."""

    name: str
    title: str
    label: str
    because: str
    is_for: Callable
    paces: tuple
    turns: Callable

    def pace_of(self, person):
        chosen = person.mails.get(self.name)
        return chosen if chosen in self.paces else self.paces[0]


def tells(name, *, title, label, because, is_for, paces=AT_ONCE_OR_DAILY):
    """Register `function(asked)`, which gives the Turns. `is_for(person)`: a group; who left it is told nothing."""

    def register(function):
        KINDS[name] = NoticeKind(name, title, label, because, is_for, paces, function)
        return function

    return register


def kinds_for(person):
    """The kinds that may ever concern this person, in the order of their work."""
    return [kind for kind in KINDS.values() if kind.is_for(person)]


def next_look(at):
    return next_at(LOOK, at)
