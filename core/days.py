"""The calendar of the house: a day is a day in Brussels, whatever the clock of the server says.

A moment is kept in UTC. `.date()`, `.year` and `%Y` on it would give the day in Greenwich: for an hour or two after
midnight in Brussels that is yesterday, and on 1 January last year (a test of the house looks for them).
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")


def day_of(moment):
    return moment.astimezone(BRUSSELS).date()


def year_of(moment):
    return day_of(moment).year


def beginning_of(day):
    return datetime.combine(day, time(), BRUSSELS)


def end_of(day):
    """The last second of a day, for what must be done that day; none where no day is said."""
    return datetime.combine(day, time(23, 59, 59), BRUSSELS) if day else None


def next_at(hour, moment):
    """The next time after a moment at which clocks in Brussels show this hour."""
    today = datetime.combine(day_of(moment), time(hour), BRUSSELS)
    return today if today > moment else datetime.combine(day_of(moment) + timedelta(days=1), time(hour), BRUSSELS)
