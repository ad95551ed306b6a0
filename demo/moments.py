"""When things happen in the demo: at dates in Brussels, or so many days from the day it is loaded."""

from datetime import date, datetime, time, timedelta
from zlib import crc32

from core import clock
from core.days import BRUSSELS, day_of

OPENING, CLOSING = time(9, 0), time(17, 0)


def brussels(text):
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


def today():
    return day_of(clock.now())


def days_from(day, days):
    """That many days after 17:00 of a day, by the clocks of Brussels; parts of a day count back from there."""
    whole = int(days)
    moment = datetime.combine(day + timedelta(days=whole), CLOSING, BRUSSELS)
    return moment + timedelta(days=days - whole)


def chance(*words, below):
    """A number from words: the same story each time, without a pattern one can see."""
    return crc32(" ".join(words).encode()) % below


def a_while_before(moment, *words, hours=9):
    """Some minutes up to hours earlier, so that not everybody comes on the hour."""
    return moment - timedelta(seconds=chance(*words, below=hours * 3600))


def at_work(moment):
    """Moved into office hours, Monday to Friday; what was earlier stays earlier."""
    moment = moment.astimezone(BRUSSELS)
    day, since = day_of(moment), timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
    if (weekend := day.weekday() - 5) >= 0:
        friday = day - timedelta(days=weekend + 1)
        return datetime.combine(friday, CLOSING, BRUSSELS) + (timedelta(days=weekend) + since) / 32
    return datetime.combine(day, OPENING, BRUSSELS) + since / 3


def moment_in(said, name, day):
    """`said[name]` is a date in Brussels; `said[name + "_in"]` counts days from `day`. None where neither is said."""
    if name in said:
        return brussels(said[name])
    if f"{name}_in" in said:
        return days_from(day, said[f"{name}_in"])
    return None


def day_in(said, name, day):
    if name in said:
        return said[name] if isinstance(said[name], date) else date.fromisoformat(said[name])
    return day + timedelta(days=said[f"{name}_in"]) if f"{name}_in" in said else None
