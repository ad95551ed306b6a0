"""Whose turn it is with a part of a proposal that was given to somebody: asked afresh each time, so nobody is told of
what is done, taken back, submitted, withdrawn or closed."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import is_applicant
from applications.models import Duty
from applications.parts import label_of
from core.days import day_of, end_of
from promises.notices import DAILY_OR_OFF, Pace, Turn, tells

SOON = timedelta(days=2)
AT_ONCE_DAILY_OR_OFF = (Pace.AT_ONCE, Pace.DAILY, Pace.OFF)
OPTIONAL = gettext_lazy("Help among colleagues. You may do without it: your desk and the list of parts show the dates.")


def awaited(asked):
    rows = Duty.objects.awaited(asked.at).on_this(asked.row)
    return rows.select_related("application__call", "application__applicant", "participation")


def held(asked):
    """By somebody who writes it still."""
    rows = awaited(asked).filter(stays=True)
    return rows.of_person(asked.person) if asked.person else rows


@tells(
    "part_given",
    title=gettext_lazy("Parts of an application that are given to you"),
    label=gettext_lazy("A part of an application is given to you"),
    because=OPTIONAL,
    is_for=is_applicant,
    paces=AT_ONCE_DAILY_OR_OFF,
)
def part_given(asked):
    """Not of what one gives to oneself."""
    return [turn_of(one, one.given_at.isoformat()) for one in held(asked) if one.person_id != one.given_by_id]


@tells(
    "part_due",
    title=gettext_lazy("Parts of an application that are due within two days"),
    label=gettext_lazy("A part of an application that you have is due within two days"),
    because=OPTIONAL,
    is_for=is_applicant,
    paces=DAILY_OR_OFF,
)
def part_due(asked):
    """Not of what was given within these days: that is told already, with the day."""
    soon = held(asked).soon(day_of(asked.at), SOON)
    return [turn_of(one, one.due_on.isoformat()) for one in soon if day_of(one.given_at) < one.due_on - SOON]


@tells(
    "part_late",
    title=gettext_lazy("Parts of an application whose day is over"),
    label=gettext_lazy("The day of a part of an application that you have is over"),
    because=OPTIONAL,
    is_for=is_applicant,
    paces=DAILY_OR_OFF,
)
def part_late(asked):
    """Once for each day that was agreed."""
    return [turn_of(one, one.due_on.isoformat()) for one in held(asked).over(day_of(asked.at))]


@tells(
    "part_free",
    title=gettext_lazy("Parts of an application whose person has left: give them to somebody else"),
    label=gettext_lazy("Somebody who had a part of an application has left"),
    because=OPTIONAL,
    is_for=is_applicant,
    paces=DAILY_OR_OFF,
)
def part_free(asked):
    """Of whoever gave it; of all who write the application where that person has left too."""
    left = [one for one in awaited(asked) if not one.stays]
    return [
        told_free(one, pk) for one in left for pk in coordinators(one) if asked.person in (None, pk)
    ]  # fmt: skip


def coordinators(duty):
    people = set(User.objects.speaking_for(duty.application.applicant).values_list("pk", flat=True))
    return sorted({duty.given_by_id} & people or people)


def told_free(duty, person):
    return turn_of(
        duty, f"{duty.person_id} {duty.given_at.isoformat()}", person=person,
        path=reverse("duties", args=[duty.application_id]),
    )  # fmt: skip


def turn_of(duty, occasion, *, person=None, path=""):
    words = {"part": label_of(duty.part), "application": duty.application}
    return Turn(
        person=person or duty.person_id, subject=duty.pk, occasion=occasion, path=path or address_of(duty),
        name=_("“%(part)s” of %(application)s") % words, until=end_of(duty.due_on), scope=scope_of(duty),
    )  # fmt: skip


def address_of(duty):
    """The page on which the person writes it."""
    if duty.participation_id:
        return reverse("participation_edit", args=[duty.participation_id, duty.part])
    return reverse("application_edit", args=[duty.application_id, duty.part])


def scope_of(duty):
    return {"call": duty.application.call_id, "application": duty.application_id}
