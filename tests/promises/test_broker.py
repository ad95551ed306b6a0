"""The broker may be gone at any time: what was promised stands, and nobody gets an error page."""

import pytest
from django.urls import reverse
from kombu import pools

from isf_police.celery import app
from promises.models import Promise
from reports.models import ReportFile
from tests.factories import a_call, an_auditor


@pytest.fixture
def no_broker():
    """Point the application at a port where nobody listens."""
    before = app.conf.broker_url

    def point_at(address):
        app.conf.broker_url = app.conf.broker_write_url = address
        pools.reset()
        app._pool = app.amqp._producer_pool = None

    point_at("redis://127.0.0.1:1/0")
    yield
    point_at(before)


@pytest.mark.django_db
def test_without_a_broker_the_page_answers_and_the_row_waits_for_the_beat(
    client, no_broker, django_capture_on_commit_callbacks, caplog
):
    client.force_login(an_auditor())
    call = a_call(status="CHECKING")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("report", args=["checks"]), {"call": call.pk, "form": "csv"})
    assert answer.status_code == 302
    assert Promise.objects.about(ReportFile.objects.get()).get().status == "WAITING"
    assert "refused" in caplog.text.lower()
