"""Run in a scratch copy of the checkout to which a colleague has added one file, `reports/catalogue/fresh.py`.

Not collected in the checkout itself: `tests/house/test_yardstick.py` runs it where the report is.
"""

import csv
import io
import json

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from audit.models import AuditRecord
from programmes.models import Call
from reports.actions import ask_for_report
from reports.catalogue import REPORTS
from reports.documents import draw_file
from reports.models import ReportFile
from tests.factories import a_call, an_auditor
from tests.past import long_ago
from tests.reports.conftest import own_files  # noqa: F401 - files of tests in a folder of their own
from tests.reports.factories import about, bytes_of, text_of
from tests.reports.test_catalogue import READERS, a_user

pytestmark = pytest.mark.django_db
SLUG = "call-itself"


@pytest.fixture
def call():
    return a_call(title="The title of then")


def drawn(call, form, **options):
    REPORTS[SLUG]  # without the file the story ends here
    file = ReportFile(report=SLUG, about=about(call).as_data(), form=form, **options)
    file = ask_for_report(file, by=an_auditor())
    draw_file(file)
    return ReportFile.objects.get(pk=file.pk)


def test_it_is_in_the_catalogue_for_its_readers_and_for_nobody_else(client, call):
    assert REPORTS[SLUG].number == "R99"
    for role in ("OFFICER", "EVALUATOR"):
        client.force_login(a_user(role))
        page = client.get(reverse("reports"), {"call": call.pk})
        assert (page.status_code == 200 and "The call itself" in page.content.decode()) is (role in READERS)
        assert client.get(reverse("report", args=[SLUG]), {"call": call.pk}).status_code == (
            200 if role in READERS else 404
        )


def test_its_page_shows_its_rows(client, call):
    client.force_login(an_auditor())
    assert "The title of then" in client.get(reverse("report", args=[SLUG]), {"call": call.pk}).content.decode()


def test_it_leaves_as_csv_workbook_and_paper(call):
    rows = list(csv.reader(io.StringIO(bytes_of(drawn(call, "csv")).decode("utf-8-sig"))))
    assert rows == [["Number", "Title"], [call.reference, "The title of then"]]
    book = CalamineWorkbook.from_filelike(io.BytesIO(bytes_of(drawn(call, "xlsx"))))
    assert book.get_sheet_by_name("Rows").to_python() == rows
    assert "The title of then" in text_of(drawn(call, "pdf"))


def test_it_is_asked_through_the_interface_for_programs_and_recorded(client, call):
    client.force_login(an_auditor())
    assert SLUG in {one["slug"] for one in client.get("/api/reports/").json()}
    wanted = {"report": SLUG, "call": str(call.pk), "form": "csv"}
    made = client.post("/api/report-files/", json.dumps(wanted), content_type="application/json").json()
    draw_file(ReportFile.objects.get(pk=made["id"]))
    assert b"The title of then" in b"".join(client.get(f"/api/report-files/{made['id']}/bytes/"))
    acts = AuditRecord.objects.filter(subject_id=made["id"]).order_by("pk")
    assert [one.act for one in acts] == ["reportfile.ask", "reportfile.draw", "reportfile.fetch"]


def test_it_is_asked_as_of_then(call):
    then = long_ago()
    Call.objects.filter(pk=call.pk).update(title="The title of now")
    assert b"The title of then" in bytes_of(drawn(call, "csv", at=then))
    assert b"The title of now" in bytes_of(drawn(call, "csv"))
