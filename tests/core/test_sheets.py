"""What the database writes into a workbook is, cell by cell, what the slower writer writes."""

import zipfile
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db.models import DateTimeField, F, Q, Value
from django.db.models.functions import TruncDate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from accounts.models import Organisation
from applications.lists import OpenedApplications
from core.copying import copied_sheet
from core.export import xlsx_file
from core.sheets import LONGEST, letters, printable
from programmes.models import Call
from promises.models import Promise
from tests.factories import NOON, a_call, an_officer, an_organisation

pytestmark = pytest.mark.django_db
FIELDS = ["name", "latin_name", "member_state"]
CELLS = st.text(st.sampled_from("=+-@\t\r\n\x07\x1f\x7f\ufffe '\",;\\&<>]aΩż€🂡"), max_size=8)


def read(file):
    return CalamineWorkbook.from_filelike(BytesIO(file.read())).get_sheet_by_index(0).to_python()


def sheet_of(file):
    file.seek(0)
    sheet = zipfile.ZipFile(BytesIO(file.read())).read("xl/worksheets/sheet1.xml").decode()
    file.seek(0)
    return sheet.replace("</row>\n", "</row>")  # COPY ends its lines


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CELLS, min_size=1, max_size=4))
def test_the_two_writers_agree(cells):
    Organisation.objects.all().delete()
    for number, cell in enumerate(cells):
        an_organisation(name=f"{cell}{number}", latin_name=cell)
    rows = Organisation.objects.order_by("pk")

    copied = read(copied_sheet(["A", "B", "C"], rows, FIELDS))

    assert copied == read(xlsx_file(["A", "B", "C"], rows.values_list(*FIELDS)))


def test_moments_numbers_truths_and_nothing_agree_too():
    Promise.objects.create(
        kind="mail", subject_id=an_officer().pk, subject_name="=1+1", due_at=NOON, made_at=NOON, attempts=3
    )
    rows = Promise.objects.annotate(is_mail=Q(kind="mail"), again=F("attempts")).order_by("pk")
    fields = ["subject_name", "due_at", "kept_at", "again", "is_mail"]

    copied = read(copied_sheet(list("ABCDE"), rows, fields))

    assert copied == read(xlsx_file(list("ABCDE"), rows.values_list(*fields)))
    assert copied[1] == ["=1+1", datetime(2020, 12, 1, 11), "", 3.0, "True"]


def test_days_and_money_agree_and_are_what_they_are():
    given = a_call(budget=Decimal("1234567.80"))
    rows = Call.objects.filter(pk=given.pk).annotate(day=TruncDate("closes_at", tzinfo=UTC))
    fields = ["budget", "day", "closes_at"]
    files = [copied_sheet(list("ABC"), rows, fields), xlsx_file(list("ABC"), rows.values_list(*fields))]
    sheets = [sheet_of(file) for file in files]
    assert sheets[0] == sheets[1]
    assert '<c s="4"><v>1234567.80</v></c><c s="3">' in sheets[0], "money has two places"
    [_heading, row] = read(files[0])
    assert row == [1234567.8, given.closes_at.date(), given.closes_at.astimezone(UTC).replace(tzinfo=None)]
    assert isinstance(row[1], date)


MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOMENTS)
def test_a_moment_is_the_same_moment_from_both_writers(moment):
    rows = Call.objects.filter(pk=a_call().pk).annotate(then=Value(moment, output_field=DateTimeField()))
    copied, slower = copied_sheet(["A"], rows, ["then"]), xlsx_file(["A"], [[moment]])
    assert sheet_of(copied) == sheet_of(slower)
    [[_label], [back]] = read(copied)
    back = back if isinstance(back, datetime) else datetime.combine(back, time())  # midnight is read as a day
    assert abs(back - moment.replace(tzinfo=None)) < timedelta(milliseconds=1)


def test_columns_are_named_as_in_a_sheet_and_can_be_filtered():
    assert [letters(place) for place in (1, 26, 27, 52, 53, 702, 703)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
    assert '<autoFilter ref="A1:C1048576"/>' in sheet_of(xlsx_file(list("ABC"), []))


def test_a_list_of_fields_leaves_as_a_workbook_from_the_database(django_assert_num_queries):
    rows = OpenedApplications(an_officer(), {})
    with django_assert_num_queries(1):
        answer = rows.file("xlsx")
    assert read(BytesIO(b"".join(answer))) == [rows.labels]


def test_a_long_text_is_cut_where_a_cell_ends():
    assert printable("a" * (LONGEST + 1)) == "a" * LONGEST
    assert printable("a\x07b\n\tc\r") == "ab\n\tc"


def test_many_rows_are_all_there():
    rows = [[number, f"row {number}"] for number in range(1201)]
    assert read(xlsx_file(["N", "Text"], rows))[1:] == [[float(number), text] for number, text in rows]
