"""How values of reports are written: the same value as a typed cell in files and as text on pages and paper."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lists import Column
from reports.columns import application_columns, figure, itself, moment, money, number, rate, yes_or_no
from reports.report import shown
from reports.shown.people import name_of
from tests.factories import CLOSES

NBSP = "\u00a0"
TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), max_size=30)


def row(value):
    return SimpleNamespace(value=value)


def of_value(one):
    return one.value


# one value


@pytest.mark.parametrize(("value", "text"), [
    (None, ""), (0, "0"), (7, "7"), (Decimal("7"), "7.00"), (Decimal("1234.5"), f"1{NBSP}234.50"), ("as is", "as is"),
])  # fmt: skip
def test_counts_stay_as_they_are_and_points_get_two_places(value, text):
    assert figure(value) == text
    assert number("n", "N", of_value).text(row(value)) == text


def test_money_is_a_number_in_files_and_an_amount_on_pages():
    column = money("m", "M", of_value)

    assert column.value(row(Decimal("1234.5"))) == Decimal("1234.5")
    assert column.text(row(Decimal("1234.5"))) == f"EUR{NBSP}1{NBSP}234.50"
    assert column.text(row(None)) == ""
    assert column.numeric


def test_a_rate_says_its_sign():
    assert rate("r", "R", of_value).text(row(Decimal("91.50"))) == f"91.5{NBSP}%"


@pytest.mark.parametrize(("value", "text"), [(True, "yes"), (False, "no"), (None, "no"), ("x", "yes"), (0, "no")])
def test_yes_or_no_is_a_word_everywhere(value, text):
    assert yes_or_no("y", "Y", of_value).value(row(value)) == text


def test_nobody_has_no_name():
    assert name_of(None) == ""
    assert name_of(SimpleNamespace(name="Ada")) == "Ada"


@pytest.mark.parametrize(("at", "text"), [
    (datetime(2021, 1, 21, 16, 0, 0, 123999, tzinfo=UTC), "2021-01-21 17:00:00.123+01:00"),
    (datetime(2021, 7, 1, 22, 30, tzinfo=UTC), "2021-07-02 00:30:00.000+02:00"),
])  # fmt: skip
def test_a_moment_says_its_distance_from_utc(at, text):
    assert moment(at) == text


@given(st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_no_two_moments_a_millisecond_apart_read_the_same(at):
    later = at + timedelta(milliseconds=1)

    assert moment(at) != moment(later)
    assert datetime.fromisoformat(moment(at)) == at.replace(microsecond=at.microsecond // 1000 * 1000)


@pytest.mark.parametrize(("value", "text"), [
    (None, ""), ("text", "text"), (3, "3"), (Decimal("1.5"), "1.50"), (date(2021, 1, 2), "2 January 2021"),
    (CLOSES, "2021-01-21 17:00:00.000+01:00"), (True, "True"),
])  # fmt: skip
def test_a_value_without_words_of_its_own_is_written_by_its_kind(value, text):
    assert shown(Column("c", "C", of_value), row(value)) == text


def test_words_of_its_own_come_first():
    assert shown(Column("c", "C", of_value, text=lambda one: "words"), row(3)) == "words"


def test_which_application_a_row_speaks_of_is_said_the_same_way_everywhere():
    applicant = SimpleNamespace(name="Police", member_state="EL")
    application = SimpleNamespace(reference="R-1", acronym="NET", title="Network", applicant=applicant)

    assert [one.value(application) for one in application_columns(itself)] == ["R-1", "NET", "Network", "Police", "EL"]
