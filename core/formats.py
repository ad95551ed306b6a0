"""How figures and moments are written for people: on pages, in letters and in mails."""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils import timezone
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.counting import CAP
from core.days import BRUSSELS, day_of

NBSP = "\u00a0"
CENT = Decimal("0.01")
NAMED = 5  # of many names, where nobody reads them all


def thousands(value, *, places=0):
    """1234567.8 -> "1 234 567.80" (with `places=2`), the spaces not breaking; with a comma where one is read so."""
    number = as_decimal(value)
    if number is None:
        return ""
    unit = Decimal(1).scaleb(-places)
    return marked(f"{number.quantize(unit, ROUND_HALF_UP):,f}".replace(",", NBSP))


def marked(figure):
    """With the reader's own mark before the decimals."""
    return figure.replace(".", get_format("DECIMAL_SEPARATOR"))


def euro(value):
    figure = thousands(value, places=2)
    return _("EUR\xa0%(amount)s") % {"amount": figure} if figure else ""


def points(value):
    return thousands(value, places=2)


def percent(value):
    """91.50 -> "91.5 %": no trailing zeros, at most two places."""
    number = as_decimal(value)
    if number is None:
        return ""
    figure = f"{number.quantize(CENT, ROUND_HALF_UP):f}".rstrip("0").rstrip(".")
    return f"{marked(figure)}{NBSP}%"


def as_decimal(value):
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def brussels(moment):
    if not moment:
        return ""
    text = date_format(moment.astimezone(BRUSSELS), pgettext("how a moment is written", "j F Y, H:i:s"))
    return _("%(moment)s (Brussels time)") % {"moment": text}


def brief(moment):
    """For lists: 15 Oct 2026, 11:52, in Brussels time, the day unbroken; files and the row's own page tell the rest."""
    if moment is None:
        return ""
    return date_format(moment.astimezone(BRUSSELS), pgettext("how a moment is written", "j\xa0M\xa0Y, H:i"))


def brussels_day(moment):
    """The day of a moment in Brussels; a plain date stays the day it is."""
    if not moment:
        return ""
    return date_format(
        day_of(moment) if hasattr(moment, "astimezone") else moment, pgettext("how a day is written", "j F Y")
    )


def brussels_clock(moment):
    return date_format(moment.astimezone(BRUSSELS), "H:i:s") if moment else ""


def milliseconds(moment):
    """To the millisecond, as receipts and the audit trail show it."""
    if not moment:
        return ""
    text = moment.astimezone(BRUSSELS).isoformat(sep=" ", timespec="milliseconds")
    return _("%(moment)s (Brussels time)") % {"moment": text}


def remaining(moment, *, now=None):
    """How long until the moment, or since: the two largest units say enough."""
    if not moment:
        return ""
    distance = moment - (now or timezone.now())
    if distance > timedelta(0):
        return _("%(time)s left") % {"time": span(distance)}
    return _("passed %(time)s ago") % {"time": span(-distance)}


def span(distance):
    seconds = int(distance.total_seconds())
    days, hours = seconds // 86400, seconds // 3600 % 24
    minutes, rest = seconds // 60 % 60, seconds % 60
    units = [
        (days, ngettext("%d day", "%d days", days)),
        (hours, ngettext("%d hour", "%d hours", hours)),
        (minutes, ngettext("%d minute", "%d minutes", minutes)),
        (rest, ngettext("%d second", "%d seconds", rest)),
    ]
    first = next((place for place, (number, _words) in enumerate(units) if number), 3)
    return " ".join(words % number for number, words in units[first : first + 2] if number) or (units[3][1] % 0)


def shortened(names, most=NAMED, of=None):
    """The first few of many names, and how many more there are: of so many, if only the first were asked for."""
    number = len(names) if of is None else of
    more = f"{CAP - most}+" if number > CAP else number - most
    return ", ".join(names[:most]) + (_(" and %(more)s more") % {"more": more} if number > most else "")
