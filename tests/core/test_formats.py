from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from core import formats

NOON = datetime(2026, 3, 12, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1234567.89"), "EUR 1 234 567.89"),
        (0, "EUR 0.00"),
        ("12.345", "EUR 12.35"),
        (Decimal("-1000"), "EUR -1 000.00"),
        (None, ""),
        ("", ""),
    ],
)
def test_euro(value, text):
    assert formats.euro(value).replace("\u00a0", " ") == text
    assert " " not in formats.euro(value)


@pytest.mark.parametrize(("value", "text"), [("91.50", "91.5 %"), (90, "90 %"), ("100", "100 %"), ("0.333", "0.33 %")])
def test_percent(value, text):
    assert formats.percent(value).replace("\u00a0", " ") == text


def test_moments_are_said_in_brussels_time():
    assert formats.brussels(NOON) == "12 March 2026, 13:00:00 (Brussels time)"
    assert formats.milliseconds(NOON) == "2026-03-12 13:00:00.123+01:00 (Brussels time)"
    assert formats.brussels_clock(NOON) == "13:00:00"


def test_the_day_is_the_day_in_brussels():
    assert formats.brussels_day(datetime(2026, 3, 12, 23, 30, tzinfo=UTC)) == "13 March 2026"
    assert formats.brussels_day(date(2026, 3, 12)) == "12 March 2026"


@pytest.mark.parametrize(
    ("distance", "text"),
    [
        (timedelta(days=3, hours=4, minutes=9), "3 days 4 hours left"),
        (timedelta(hours=1), "1 hour left"),
        (timedelta(minutes=12, seconds=5), "12 minutes 5 seconds left"),
        (timedelta(0), "passed 0 seconds ago"),
        (timedelta(seconds=-1), "passed 1 second ago"),
        (timedelta(days=-2, minutes=-3), "passed 2 days ago"),
    ],
)
def test_remaining_says_the_two_largest_units(distance, text):
    assert formats.remaining(NOON + distance, now=NOON) == text


@pytest.mark.parametrize("write", [formats.brussels, formats.brussels_day, formats.milliseconds, formats.remaining])
def test_no_moment_is_written_as_nothing(write):
    assert write(None) == ""


def test_a_list_says_a_moment_briefly_in_brussels_time():
    assert formats.brief(datetime(2026, 10, 15, 9, 52, 42, tzinfo=UTC)) == "15\u00a0Oct\u00a02026, 11:52"
    assert formats.brief(None) == ""


@pytest.mark.parametrize(("of", "said"), [
    (None, "a, b, c, d, e and 1 more"), (7, "a, b, c, d, e and 2 more"), (1000, "a, b, c, d, e and 995 more"),
    (1001, "a, b, c, d, e and 995+ more"), (5, "a, b, c, d, e"),
])  # fmt: skip
def test_of_many_names_the_first_are_read(of, said):
    assert formats.shortened(list("abcdef"), of=of) == said
