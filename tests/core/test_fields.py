"""What people type is taken as they mean it, or refused with a sentence; never guessed."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Incomplete
from core.fields import (
    BrusselsDateTimeField,
    CleanCharField,
    CleanTextField,
    DayField,
    DecimalField,
    MoneyField,
    reason_of,
)
from tests.cases import amounts

BRUSSELS = ZoneInfo("Europe/Brussels")
cents = st.integers(min_value=0, max_value=10**13 - 1)


def grouped(number, mark):
    return f"{number:,}".replace(",", mark)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1 234,56", "1234.56"), ("1.234,56", "1234.56"), ("1,234.56", "1234.56"), ("1234.56", "1234.56"),
        ("1234,5", "1234.5"), ("1.234.567", "1234567"), ("1 234 567", "1234567"), ("0,50", "0.50"), ("7", "7"),
        ("1\u00a0234\u202f567,89", "1234567.89"), ("€ 12,00", "12.00"), ("EUR 1 000", "1000"), ("1234", "1234"),
        ("1'234.50", "1234.50"),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_it_is_written_in_any_member_state(typed, meant):
    assert MoneyField().clean(typed) == Decimal(meant)


@pytest.mark.parametrize(
    ("typed", "part_of_the_sentence"),
    [
        ("1.234", "two ways"), ("12,345", "two ways"), ("12 34", "unusual places"), ("1234 567", "unusual places"),
        ("1.23.456", "uneven"), ("1,234,56", "uneven"), ("1.2,3.4", "one decimal mark"), ("twelve", "in figures"),
        ("1e5", "in figures"), ("NaN", "in figures"), ("Infinity", "in figures"), ("--", "in figures"),
        ("1.", "in figures"), ("٣", "in figures"), ("1.005,123", "no more than 2 decimal places"),
        ("-5", "greater than"), ("9999999999999,99", "no more than"),
    ],
)  # fmt: skip
def test_an_amount_that_could_be_another_is_refused_with_a_sentence(typed, part_of_the_sentence):
    with pytest.raises(ValidationError) as refusal:
        MoneyField().clean(typed)
    assert part_of_the_sentence in " ".join(refusal.value.messages)


def test_a_whole_number_is_asked_for_as_one():
    with pytest.raises(ValidationError, match="Give a whole number"):
        DecimalField(decimal_places=0).clean("1.5")


@pytest.mark.parametrize(("typed", "value"), amounts())
def test_the_table_of_cases_is_read_as_it_says(typed, value):
    field = MoneyField(required=False)
    if value or not typed:
        assert field.clean(typed) == (Decimal(value) if value else None)
    else:
        with pytest.raises(ValidationError):
            field.clean(typed)


def test_another_currency_is_told_what_to_do():
    for typed in ("1 234,56 USD", "£5", "1000 zł", "12 kr."):
        with pytest.raises(ValidationError, match="Amounts are in euro: convert this one"):
            MoneyField().clean(typed)


@given(cents, st.sampled_from([" ", "\u00a0", ".", "'", ""]))
def test_every_amount_with_a_decimal_comma_comes_back_exactly(amount, mark):
    whole, rest = divmod(amount, 100)
    if whole >= 10**12:
        whole //= 10
    assert MoneyField().clean(f"{grouped(whole, mark)},{rest:02}") == Decimal(f"{whole}.{rest:02}")


@given(cents)
def test_an_amount_shown_in_the_form_is_read_back_as_itself(amount):
    value = Decimal(amount) / 100
    field = MoneyField()
    assert field.clean(field.prepare_value(value)) == value or len(str(int(value))) > 12


@given(st.text(max_size=30))
def test_no_text_makes_a_number_field_fail_otherwise_than_by_a_sentence(text):
    with suppress(ValidationError):
        value = DecimalField(required=False).clean(text)
        assert value is None or value.is_finite()


def test_a_wrong_entry_comes_back_as_it_was_typed():
    assert MoneyField().prepare_value("1.234") == "1.234"


def comes_twice(moment):
    return any(
        (moment + hour).astimezone(BRUSSELS).replace(tzinfo=None) == moment.astimezone(BRUSSELS).replace(tzinfo=None)
        for hour in (timedelta(hours=1), timedelta(hours=-1))
    )


@given(st.datetimes(min_value=datetime(2014, 1, 1), max_value=datetime(2040, 1, 1), timezones=st.just(UTC)))
def test_a_moment_shown_in_the_form_is_the_same_moment_read_back(moment):
    moment = moment.replace(microsecond=0)
    field = BrusselsDateTimeField()
    shown = field.prepare_value(moment)
    if comes_twice(moment):
        with pytest.raises(ValidationError, match="comes twice"):
            field.clean(shown)
    else:
        assert field.clean(shown) == moment


@pytest.mark.parametrize(
    ("typed", "utc"),
    [
        ("2026-03-31T17:00:00", datetime(2026, 3, 31, 15, tzinfo=UTC)),
        ("2026-12-01 17:00", datetime(2026, 12, 1, 16, tzinfo=UTC)),
        ("31/03/2026 17:00:01", datetime(2026, 3, 31, 15, 0, 1, tzinfo=UTC)),
        ("31.03.2026 17:00", datetime(2026, 3, 31, 15, tzinfo=UTC)),
    ],
)
def test_a_time_is_brussels_time(typed, utc):
    assert BrusselsDateTimeField().clean(typed) == utc


@pytest.mark.parametrize(
    ("typed", "part_of_the_sentence"),
    [
        ("2026-03-29T02:30:00", "does not exist"),
        ("2026-10-25T02:30:00", "comes twice"),
        ("2026-02-30T10:00", "for example"),
        ("tomorrow", "for example"),
    ],
)
def test_an_hour_that_is_never_or_twice_is_refused(typed, part_of_the_sentence):
    with pytest.raises(ValidationError, match=part_of_the_sentence):
        BrusselsDateTimeField().clean(typed)


def test_the_hours_around_the_change_of_clocks_are_taken():
    field = BrusselsDateTimeField()
    assert field.clean("2026-03-29T03:00:00") - field.clean("2026-03-29T01:59:59") == timedelta(seconds=1)
    assert field.clean("2026-10-25T03:00:00") - field.clean("2026-10-25T01:59:59") == timedelta(hours=2, seconds=1)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-03-01", date(2026, 3, 1)), ("1/3/2026", date(2026, 3, 1)), ("01.03.2026", date(2026, 3, 1)),
        ("1. 3. 2026", date(2026, 3, 1)), (" 12-11-2026 ", date(2026, 11, 12)), ("31/12/2100", date(2100, 12, 31)),
        ("1990-1-1", date(1990, 1, 1)),
    ],
)  # fmt: skip
def test_a_day_is_read_day_first(typed, day):
    assert DayField().clean(typed) == day


@pytest.mark.parametrize(
    ("typed", "part_of_the_sentence"),
    [
        ("12/31/2026", "the day before the month"), ("2026-02-30", "no such day"), ("31.12.1989", "Check the year"),
        ("1.1.2101", "Check the year"), ("0226-03-01", "Check the year"), ("1.3.26", "Write the day as"),
        ("tomorrow", "Write the day as"), ("٢٠٢٦-٠٣-٠١", "Write the day as"),
    ],
)  # fmt: skip
def test_a_day_that_is_none_or_far_away_is_refused_with_a_sentence(typed, part_of_the_sentence):
    with pytest.raises(ValidationError, match=part_of_the_sentence):
        DayField().clean(typed)


def test_a_short_text_is_counted_and_never_cut_by_the_browser():
    class OneLine(forms.Form):
        title = CleanCharField(max_length=250)

    assert 'data-counter="250"' in str(OneLine())
    assert "maxlength" not in str(OneLine())


def test_the_same_letters_are_the_same_text_however_they_were_typed():
    assert CleanCharField().clean("  Cafe\u0301 ") == "Café"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800"])
@pytest.mark.parametrize("field", [CleanCharField(), CleanTextField(max_length=100)])
def test_what_cannot_be_printed_is_refused_and_its_place_is_named(field, character):
    with pytest.raises(ValidationError, match="Character 3 cannot be printed"):
        field.clean(f"ab{character}c")


def test_lines_and_tabs_are_for_long_texts_only():
    assert CleanTextField().clean("a\r\nb\tc\rd") == "a\nb\tc\nd"
    with pytest.raises(ValidationError):
        CleanCharField().clean("a\nb")


@given(st.text(max_size=60))
def test_a_clean_text_stays_as_it_is_when_cleaned_again(text):
    field = CleanTextField(required=False)
    once = ""
    with suppress(ValidationError):
        once = field.clean(text)
    assert field.clean(once) == once


def test_a_line_end_counts_once_against_the_limit():
    assert CleanTextField(max_length=5).clean("ab\r\ncd") == "ab\ncd"


def test_the_long_text_tells_its_limit_to_the_counter():
    class OneText(forms.Form):
        summary = CleanTextField(max_length=500)

    assert 'data-counter="500"' in str(OneText())


def test_what_is_missing_is_asked_for():
    with pytest.raises(ValidationError, match="Give an answer here"):
        CleanCharField().clean("   ")


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00", "9999-12-31T23:59:59"])
def test_a_moment_at_the_end_of_the_calendar_is_refused(text):
    with pytest.raises(ValidationError, match="year"):
        BrusselsDateTimeField().clean(text)


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "x" * 4001])
def test_a_reason_that_cannot_be_kept_is_refused_by_name(text):
    with pytest.raises(Incomplete) as refusal:
        reason_of(text)
    assert list(refusal.value.gaps) == ["reason"]


def test_what_shows_as_nothing_is_no_answer_and_what_turns_words_round_is_refused():
    with pytest.raises(ValidationError, match="Give an answer here"):
        CleanCharField().clean("\u200b \u2800")
    with pytest.raises(ValidationError, match="Character 4 cannot be printed"):
        CleanCharField().clean("ISF\u202egnp.exe")
    for one in "\u202a\u202b\u202c\u202d\u2066\u2067\u2068\u2069\U000e0041":
        with pytest.raises(ValidationError, match="Character 2 cannot be printed"):
            CleanTextField().clean(f"a{one}b")
    assert CleanTextField().clean("a\u00adb\u200dc") == "a\u00adb\u200dc"
