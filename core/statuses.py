"""A status on a list: its column, the filter by it, and the address that asks for a group of states."""

from dataclasses import replace
from functools import cache

from django.utils.translation import gettext_lazy as _

from core.lists import Column, choice
from core.lists.kinds import CODE


def status_column(tones, **options):
    """`tones` is {state: tone} of every state, as `core.phases.for_each` makes it."""
    return Column(
        "status", _("Status"), lambda row: row.status,
        text=lambda row: labels_of(type(row))[row.status], tone=lambda row: tones[row.status], kind=CODE,
        choices=type(next(iter(tones))), **options,
    )  # fmt: skip


@cache
def labels_of(model):
    """{state: label}; `get_status_display` would put it together for each row."""
    return dict(model._meta.get_field("status").flatchoices)


def status_filter(states, *groups):
    """A choice of one state. A group of several that some page leads to is offered as one choice more."""

    def choices():
        together = [group for group in groups if len(group) > 1]
        named = [(asked_for(group), ", ".join(str(state.label) for state in group)) for group in together]
        return [(state.value, state.label) for state in states] + named

    known = [*(state.value for state in states), *(asked_for(group) for group in groups if len(group) > 1)]
    return choice("status", _("Status"), choices, narrow=narrowed, codes=known)


def narrowed(rows, value):
    """The rows that an address asks for: one state, or a group as `asked_for` writes it."""
    return rows.filter(status__in=value.split(","))


def walked(filter_by_status):
    """The same filter for a list `led_by` it. “From this state to this state” keeps the planner from walking another
    index for a state that is common but stands together far away."""

    def narrow(rows, value):
        return narrowed(rows, value) if "," in value else rows.filter(status__range=(value, value))

    return replace(filter_by_status, apply=narrow)


def asked_for(group):
    """What stands in an address behind `status=` for the rows of a group."""
    return ",".join(group)
