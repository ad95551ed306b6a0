"""What stood in a running installation before files were about data and every row had a past."""

import pytest
from django.db import connection

from audit.models import Beginning
from core.errors import Incomplete
from core.past import begins_at, require_past
from reports.models import ReportFile
from tests.factories import a_call, an_auditor
from tests.migrations import migrate

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_files_keep_their_call_and_rows_get_their_first_version():
    call, auditor = a_call(), an_auditor()
    about = {"call": str(call.pk)}
    values = {"asked_by": auditor, "asked_at": call.opens_at, "status": "WAITING", "form": "csv"}
    ReportFile.objects.create(report="checks", about=about, **values)
    ReportFile.objects.create(report="audit-trail", about={}, **values)
    try:
        migrate(("reports", "0002_kept_with_their_source_and_the_trail"))
        with connection.cursor() as cursor:
            cursor.execute("SELECT report, call_id FROM reports_reportfile ORDER BY report")
            assert cursor.fetchall() == [("audit-trail", None), ("checks", call.pk)]
    finally:
        migrate()
    trail, checks = ReportFile.objects.order_by("report")
    assert (trail.about, trail.about_name, checks.about, checks.about_name) == ({}, "", about, call.reference)
    assert [version.pgh_label for version in checks.events.all()] == ["found"]
    beginning = Beginning.objects.get(table="reports_reportfile")
    assert begins_at() == beginning.at
    with pytest.raises(Incomplete):
        require_past(call.published_at, beginning.at)
