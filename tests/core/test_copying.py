"""What COPY writes is, cell by cell, what the slower writer writes – formulas defused, moments in UTC."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Coalesce
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Organisation
from core.copying import copied_file
from core.export import COMMA, CSV_FORMS, SEMICOLON
from programmes.models import Call
from promises.models import Promise
from tests.downloads import csv_bytes
from tests.factories import a_call, an_applicant, an_organisation

pytestmark = pytest.mark.django_db
FIELDS = ["name", "latin_name", "member_state"]
CELLS = st.text(st.sampled_from("=+-@|\t\r\n＝＠｜ \u00a0\u200b'\",;aΩż"), max_size=8)


def read(content, way=COMMA):
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=way.separator))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CELLS, min_size=1, max_size=4))
def test_the_two_writers_agree(cells):
    Organisation.objects.all().delete()
    for number, cell in enumerate(cells):
        an_organisation(name=f"{cell}{number}", latin_name=cell)
    rows = Organisation.objects.order_by("pk")

    for way in CSV_FORMS.values():
        copied = read(copied_file(["A", "B", "C"], rows, FIELDS, way).read(), way)
        assert copied == read(csv_bytes(["A", "B", "C"], rows.values_list(*FIELDS), way), way)


def test_money_has_a_decimal_comma_where_semicolons_separate(db):
    rows = Call.objects.filter(pk=a_call(budget="1234567.50").pk)
    assert read(copied_file(["A"], rows, ["budget"], SEMICOLON).read(), SEMICOLON) == [["A"], ["1234567,50"]]
    assert read(copied_file(["A"], rows, ["budget"]).read()) == [["A"], ["1234567.50"]]


def test_moments_numbers_truths_and_nothing_agree_too():
    person = an_applicant(is_active=False)
    Promise.objects.create(
        kind="mail", subject_id=person.pk, subject_name="=1+1", due_at=datetime(2020, 1, 2, 3, 4, 5, 6, tzinfo=UTC),
        made_at=datetime(2020, 7, 2, 3, 4, 5, tzinfo=UTC), attempts=3,
    )  # fmt: skip
    said = Coalesce("last_error", Value("x"), output_field=TextField())
    rows = Promise.objects.annotate(said=said, when=F("due_at")).order_by("pk")
    fields = ["subject_name", "when", "made_at", "kept_at", "attempts", "said"]

    assert read(copied_file(list("ABCDEF"), rows, fields).read()) == read(
        csv_bytes("ABCDEF", rows.values_list(*fields))
    )
    people = type(person).objects.filter(pk=person.pk)
    people = people.annotate(house=F("memberships__organisation__name"), is_closed=Q(status="CLOSED"))
    fields = ["is_closed", "house"]
    assert read(copied_file(["A", "B"], people, fields).read()) == read(csv_bytes("AB", people.values_list(*fields)))


def test_what_the_query_was_given_stays_a_value():
    an_organisation(name="100 % 'quoted'; DROP TABLE x", latin_name="%s")
    rows = Organisation.objects.filter(name__contains="% 'quoted'; DROP")
    assert len(read(copied_file(["A"], rows, ["latin_name"]).read())) == 2


@pytest.mark.parametrize("nothing", [Q(pk__in=[]), Q(pk__in=Organisation.objects.none())])
def test_a_question_that_can_find_nothing_gives_a_heading_and_no_rows(nothing):
    """Django does not even ask the database then: the download of such a list once was a fault of ours."""
    with copied_file(["Name"], Organisation.objects.filter(nothing), ["name"]) as file:
        assert file.read().decode("utf-8-sig") == "Name\n"
