"""A report is drawn from one moment: what is written meanwhile is in all of it or in none."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from audit.models import AuditRecord
from audit.record import record
from core import clock
from core.past import one_moment
from tests.factories import a_call, an_officer


@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_not_seen():
    call, officer = a_call(), an_officer()

    def write():
        record("call.note", call, by=officer, at=clock.now())
        connection.close()

    with one_moment():
        before = AuditRecord.objects.count()
        with ThreadPoolExecutor(1) as elsewhere:
            elsewhere.submit(write).result()
        assert AuditRecord.objects.count() == before
    assert AuditRecord.objects.count() == before + 1
