"""What the database writes into a workbook is, cell by cell, what the slower writer writes."""

from io import BytesIO

import pytest
from django.db.models import F, Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from accounts.models import Organisation
from applications.lists import OpenedApplications
from core.copying import copied_sheet
from core.export import xlsx_file
from core.sheets import LONGEST, printable
from promises.models import Promise
from tests.factories import NOON, an_officer, an_organisation

pytestmark = pytest.mark.django_db
FIELDS = ["name", "latin_name", "member_state"]
CELLS = st.text(st.sampled_from("=+-@\t\r\n\x07\x1f\x7f\ufffe '\",;\\&<>]aΩż€🂡"), max_size=8)


def read(file):
    return CalamineWorkbook.from_filelike(BytesIO(file.read())).get_sheet_by_index(0).to_python()


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
    assert copied[1] == ["=1+1", "2020-12-01T11:00:00.000000Z", "", 3.0, "True"]


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
