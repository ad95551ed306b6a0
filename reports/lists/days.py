"""Filters by days, whole ones in Brussels."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from core.days import beginning_of
from core.fields import DayField
from core.lists import Filter
from core.lists.kinds import DAY


def day_filter(name, label, narrow):
    """A day in Brussels, whole."""
    return Filter(
        name,
        lambda: DayField(label=label, required=False),
        narrow,
        label=label,
        kind=DAY,
    )


def days():
    return (
        day_filter("since", _("From this day"), lambda rows, day: rows.filter(at__gte=beginning_of(day))),
        day_filter("until", _("To this day"), lambda rows, day: rows.filter(at__lt=beginning_of(day + timedelta(1)))),
    )
