"""A day is a day in Brussels: an hour or two after midnight there, Greenwich still says yesterday."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.days import BRUSSELS, day_of, end_of, year_of
from core.formats import brussels_day

NEW_YEAR = datetime(2027, 1, 1, 0, 30, tzinfo=BRUSSELS).astimezone(UTC)


def test_half_past_midnight_on_new_year_is_the_new_year():
    assert NEW_YEAR.year == 2026
    assert year_of(NEW_YEAR) == 2027
    assert day_of(NEW_YEAR) == date(2027, 1, 1)
    assert brussels_day(NEW_YEAR) == "1 January 2027"


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2020, 6, 1, 21, 59, 59, tzinfo=UTC), date(2020, 6, 1)),
        (datetime(2020, 6, 1, 22, 0, tzinfo=UTC), date(2020, 6, 2)),
        (datetime(2020, 12, 1, 22, 59, 59, tzinfo=UTC), date(2020, 12, 1)),
        (datetime(2020, 12, 1, 23, 0, tzinfo=UTC), date(2020, 12, 2)),
    ],
)
def test_midnight_moves_with_summer_time(moment, day):
    assert day_of(moment) == day


def test_every_day_of_a_year_ends_one_second_before_the_next():
    assert end_of(date(2020, 6, 1)).isoformat() == "2020-06-01T23:59:59+02:00"
    for day in (date(2020, 1, 1) + timedelta(days=number) for number in range(366)):
        assert day_of(end_of(day)) == day
        assert day_of(end_of(day).astimezone(UTC) + timedelta(seconds=1)) == day + timedelta(days=1)


def test_no_day_has_no_end():
    assert end_of(None) is None
