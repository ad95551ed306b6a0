"""The broker is wiped, every hint is lost: beat finds what is due in the rows, a worker keeps it, nobody asks."""

import os
from datetime import timedelta

import pytest

from applications.models import Application, Receipt
from core import clock
from programmes.actions import publish_call
from programmes.models import Call
from promises.models import Mail, Promise
from tests.applications.factories import a_draft, a_submitted
from tests.factories import a_call, an_officer
from tests.worker import wait_until, wipe_broker

pytestmark = [pytest.mark.worker, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def closing_call(transactional_db):
    """Published by its act, which promises the opening; it closes in a moment."""
    at = clock.now()
    closes_at = at + timedelta(seconds=4)
    call = a_call(
        "DRAFT", opens_at=at - timedelta(hours=1), closes_at=closes_at, inform_by=closes_at.date() + timedelta(days=90)
    )
    return publish_call(call, by=an_officer(), meant=True)


def owed():
    return Promise.objects.exclude(status="KEPT").count()


def test_a_call_opens_by_itself_though_every_hint_was_lost(closing_call, start_celery, tmp_path):
    in_time = closing_call.opens_at + timedelta(minutes=30)  # however long this machine takes
    submitted, draft = a_submitted(call=closing_call, at=in_time), a_draft(call=closing_call, at=in_time)
    wipe_broker()
    assert owed() == 3  # the opening, the receipt, the mail with it

    start_celery("worker", "--concurrency=1")
    start_celery("beat", f"--schedule={tmp_path / 'beat'}", "--pidfile=")
    wait_until(lambda: owed() == 0)

    assert Call.objects.get(pk=closing_call.pk).status == "CHECKING"
    assert Application.objects.get(pk=submitted.pk).status == "CHECKING"
    assert Application.objects.get(pk=draft.pk).status == "UNSENT"
    assert Receipt.objects.get(application=submitted).pdf_sha256
    subjects = set(Mail.objects.exclude(sent_at=None).values_list("subject", flat=True))
    assert len(subjects) == Mail.objects.count() == 3  # the receipt, and to each of the two what counts
    opened = Promise.objects.get(kind="open_call")
    assert opened.kept_at >= closing_call.closes_at
    assert os.listdir(tmp_path / "files")
