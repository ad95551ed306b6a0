"""The test vectors of the domain facts, and the corners of the calendar."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from awards import deadlines
from core.days import day_of

BRUSSELS = ZoneInfo("Europe/Brussels")


def noon(year, month, day):
    return datetime(year, month, day, 12, tzinfo=BRUSSELS)


def test_time_to_inform_and_to_sign():
    assert deadlines.inform_by(datetime(2018, 2, 1, 17, tzinfo=BRUSSELS)) == date(2018, 8, 1)
    assert deadlines.sign_by(noon(2018, 8, 1)) == date(2018, 11, 1)


def test_fifteen_days():
    assert deadlines.reject_by(noon(2019, 7, 1)) == date(2019, 7, 16)


def test_redress_of_a_letter_nobody_opened():
    read_at = deadlines.counts_as_read_at(noon(2020, 6, 1), 10)
    assert day_of(read_at) == date(2020, 6, 11)
    assert deadlines.review_by(read_at, 30) == date(2020, 7, 11)
    assert deadlines.sue_by(read_at) == date(2020, 8, 11)
    assert deadlines.complain_by(read_at) == date(2022, 6, 11)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2019, 8, 31), 6, date(2020, 2, 29)),
        (date(2018, 8, 31), 6, date(2019, 2, 28)),
        (date(2020, 12, 31), 2, date(2021, 2, 28)),
        (date(2020, 11, 15), 2, date(2021, 1, 15)),
        (date(2020, 12, 1), 12, date(2021, 12, 1)),
    ],
)
def test_months_end_where_the_month_ends(day, months, later):
    assert deadlines.months_later(day, months) == later


def test_summer_time_does_not_move_the_hour():
    sent = datetime(2020, 3, 25, 9, tzinfo=BRUSSELS)
    read = deadlines.counts_as_read_at(sent, 10)
    assert read.hour == 9
    assert read.astimezone(ZoneInfo("UTC")) - sent.astimezone(ZoneInfo("UTC")) == timedelta(days=10, hours=-1)
