"""How a typed number is read: as it is written in any Member State, or refused with a sentence; never guessed.

`static/js/amounts.js` reads the same on the page; `tests/cases/amounts.csv` is run against both.
"""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 60  # signs of a number; nobody has as many figures
SPACES = " \u00a0\u2009\u202f'’"  # what people put between thousands
EURO = re.compile(r"^\s*(?:€|EUR)?\s*(.*?)\s*(?:€|EUR)?\s*$", re.IGNORECASE | re.DOTALL)
NO_CENTS = re.compile(r"([.,])(?:-{1,2}|[–—])$")  # 1000,- as it is written in Dutch, German and Danish
OTHER_MONEY = re.compile(
    r"\d\s*(?:USD|GBP|CHF|PLN|CZK|SEK|DKK|NOK|HUF|RON|BGN|[$£]|zł|Kč|kr|Ft|lei|лв)\.?\s*$|^\s*(?:USD|GBP|CHF|[$£])",
    re.IGNORECASE,
)


def decimal_of(text):
    """1 234,56 and 1.234,56 and 1,234.56 and 1234.56 are one number; 1.234 may be two, so it is refused."""
    require_short(text)
    require_euro(text)
    number = NO_CENTS.sub(r"\g<1>00", EURO.match(text)[1]).strip()
    require_even_groups(number)
    number = number.translate(dict.fromkeys(map(ord, SPACES)))
    sign = "-" if number.startswith(("-", "−")) else ""
    number = number.lstrip("-−+")
    if not re.fullmatch(r"[0-9]+(?:[.,][0-9]+)*|[.,][0-9]+", number):
        raise ValidationError(_("Write a number in figures, for example 1 234.56."), code="invalid")
    return Decimal(sign + with_point(number))


def require_short(text):
    if len(text) > LONGEST:
        raise ValidationError(_("Write a number in figures, for example 1 234.56."), code="invalid")


def require_euro(text):
    if OTHER_MONEY.search(text):
        raise ValidationError(_("Amounts are in euro: convert this one and write it without a currency."), code="euro")


def require_even_groups(number):
    """Spaces stand between thousands only: in 12 34 something is missing."""
    parts = re.split(f"[{SPACES}]", re.split(r"[.,]", number)[0].lstrip("-−+").strip())
    if any(len(part) != 3 for part in parts[1:]) or (parts[1:] and not 1 <= len(parts[0]) <= 3):
        raise ValidationError(
            _("The spaces in this number stand in unusual places; write it as 1 234.56."), code="invalid"
        )


def with_point(number):
    """The same figures with one point for the decimals and nothing between the thousands."""
    marks = {mark for mark in ".," if mark in number}
    if not marks:
        return number
    if len(marks) == 2:
        return with_both(number)
    mark = marks.pop()
    if number.count(mark) > 1:
        return ungrouped(number, mark)
    whole, places = number.split(mark)
    if len(places) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0"):
        raise ValidationError(
            _("%(number)s can be read in two ways: write %(large)s if you mean thousands, %(small)s if not."),
            code="ambiguous",
            params={"number": number, "large": f"{whole} {places}", "small": f"{whole}.{places[:2]}"},
        )
    return f"{whole or 0}.{places}"


def with_both(number):
    """Whichever mark comes last is the decimal one, and it comes once."""
    last = max(".,", key=number.rfind)
    other = "," if last == "." else "."
    whole, _mark, places = number.rpartition(last)
    if last in whole:
        raise ValidationError(_("Write this number with one decimal mark, for example 1 234.56."), code="invalid")
    return f"{ungrouped(whole, other)}.{places}"


def ungrouped(number, mark):
    if not re.fullmatch(rf"\d{{1,3}}(?:\{mark}\d{{3}})+", number):
        raise ValidationError(_("The thousands of this number are uneven; write it as 1 234.56."), code="invalid")
    return number.replace(mark, "")
