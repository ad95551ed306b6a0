"""How far one act goes: a submission stays a walk that a newcomer can follow, and asks no more than it needs."""

import pytest

from applications.models import Receipt
from core import clock
from promises.keeping import keep_promise
from promises.models import Promise
from tests.applications.factories import a_complete_draft, an_owner
from tests.factories import a_call
from tests.house.walk import walked

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    now = clock.now()
    call = a_call(opens_at=now.replace(year=now.year - 1), closes_at=now.replace(year=now.year + 1))
    return a_complete_draft(by=an_owner(), call=call, at=now, timetable={"starts_on": "2099-01-01"})


def others(files):
    """Without the parts of the form: as many as the call names, each read in the same way."""
    return [file for file in files if not file.startswith("applications/parts/")]


def test_a_submission_from_the_button_to_the_receipt(client, draft):
    owner = draft.applicant.users.get()
    client.force_login(owner)
    client.get("/")  # the first request of a process reads what all others share
    with walked() as walk:
        answer = client.post(f"/applications/{draft.pk}/submit/", {"stamp": draft.stamp})
    assert answer.status_code == 302
    # two of them note who looks, four tell whoever runs the house, two say it in the reader's words
    assert len(others(walk.files)) <= 48, str(walk)
    assert walk.jumps <= 185, str(walk)
    assert len(walk.statements) <= 24, str(walk)


def test_the_worker_s_receipt_and_mail(client, draft):
    client.force_login(draft.applicant.users.get())
    client.post(f"/applications/{draft.pk}/submit/", {"stamp": draft.stamp})
    with walked() as walk:
        for promise in Promise.objects.due(clock.now()).order_by("lane", "made_at"):
            keep_promise(promise.pk)
    assert Receipt.objects.get().pdf_sha256
    assert len(others(walk.files)) <= 34, str(walk)  # seven of them write down what the paper is
    assert walk.jumps <= 203, str(walk)


def test_the_walk_sees_what_is_walked(draft):
    """A counter that counted nothing would let everything through."""
    with walked() as walk:
        assert str(draft.call)
        draft.refresh_from_db()
        assert str(draft)
    assert walk.files == ["programmes/models/calls.py", "applications/models/proposal.py"]
    assert (walk.jumps, len(walk.statements)) == (1, 1)
