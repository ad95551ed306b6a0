"""The assignments of a call as a workbook: out with what stands and what there is, back with the dry run of a CSV."""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from audit.models import AuditRecord
from evaluation.actions import keep_entry
from evaluation.models import Assessment, Batch
from tests.evaluation.factories import an_assigned, an_eligible_application
from tests.evaluation.pages import words_of
from tests.factories import an_auditor, an_evaluator

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(client, call, officer):
    """The sheets of the workbook as an officer takes it: {name: rows}."""

    def take():
        client.force_login(officer)
        answer = client.get(reverse("assign_workbook", args=[call.pk]))
        book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}

    return take


def filled_in(rows):
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept)
    sheet = book.add_worksheet("Assignments")
    for line, row in enumerate(rows):
        sheet.write_row(line, 0, row)
    book.add_worksheet("Notes").write_row(0, 0, ["application", "evaluator"])
    book.close()
    return SimpleUploadedFile("assignments.xlsx", kept.getvalue())


def test_it_says_what_stands_and_whom_there_is_to_choose_from(taken, call):
    first, second = an_eligible_application(call), an_eligible_application(call)
    ana, ben = an_evaluator(name="Ana"), an_evaluator(name="Ben")
    keep_entry(by=ana, said={"most": 5, "languages": ["fr", "en"], "keywords": ["DNA", "radio"]})
    an_assigned(first, ana)

    sheets = taken()

    assert list(sheets) == ["Assignments", "Applications", "Evaluators", "Notes"]
    assert sheets["Assignments"][0][:2] == ["application", "evaluator"]
    assert [row[:3] for row in sheets["Assignments"][1:]] == [[first.reference, ana.email, "Ana"]]
    assert [(row[0], row[-1]) for row in sheets["Applications"][1:]] == sorted(
        [(first.reference, 1), (second.reference, 0)]
    )
    assert sorted([row[0], *row[2:]] for row in sheets["Evaluators"][1:]) == sorted(
        [[ana.email, 1, 5, "en, fr", "DNA, radio"], [ben.email, 0, "", "", ""]]
    )
    assert "takes nothing back" in "".join(row[0] for row in sheets["Notes"])
    assert AuditRecord.objects.filter(act="download").count() == 1


def test_of_what_the_officer_judges_nothing_stands_in_it(taken, call, officer):
    own, other = an_eligible_application(call), an_eligible_application(call)
    an_assigned(own, officer)
    an_assigned(own, an_evaluator())

    assert own.reference not in str(taken())
    assert other.reference in str(taken())


def test_it_comes_back_with_the_same_check_as_a_csv(client, taken, call):
    first, second = an_eligible_application(call), an_eligible_application(call)
    ana = an_evaluator()
    an_assigned(first, ana)
    rows = taken()["Assignments"]

    answer = client.post(
        reverse("assign_file", args=[call.pk]), {"file": filled_in([*rows, [second.reference, ana.email]])}
    )

    batch = Batch.objects.get()
    assert answer["Location"] == batch.get_absolute_url()
    assert (batch.source, batch.file_name, batch.size) == ("FILE", "assignments.xlsx", 1)
    assert batch.lines.get().application == second
    assert Assessment.objects.count() == 1


def test_a_wrong_row_is_named_by_its_number_and_nothing_is_kept(client, taken, call):
    application, ana = an_eligible_application(call), an_evaluator()
    rows = [*taken()["Assignments"], [application.reference, ana.email], [application.reference, "nobody@example.eu"]]

    answer = client.post(reverse("assign_file", args=[call.pk]), {"file": filled_in(rows)})

    assert answer.status_code == 400
    assert "Line 3: No evaluator or officer has the e-mail address “nobody@example.eu”." in words_of(answer)
    assert not Batch.objects.exists()


def test_a_broken_one_gets_a_sentence(client, call, officer):
    client.force_login(officer)

    answer = client.post(reverse("assign_file", args=[call.pk]), {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04?")})

    assert answer.status_code == 400
    assert "save it as XLSX, without a password" in words_of(answer)


@pytest.mark.parametrize("person", [an_auditor, an_evaluator])
def test_only_officers_take_it(client, call, person):
    client.force_login(person())
    assert client.get(reverse("assign_workbook", args=[call.pk])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_however_many_it_asks_the_same(client, call, officer, number, django_assert_num_queries):
    for _ in range(number):
        an_assigned(an_eligible_application(call), an_evaluator())
    client.force_login(officer)
    client.get(reverse("assign_workbook", args=[call.pk]))

    with django_assert_num_queries(12):
        client.get(reverse("assign_workbook", args=[call.pk]))
