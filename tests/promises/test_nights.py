"""What the house owes each night: the beat sees to it that the next one is always owed, whatever became of the last."""

import pytest

from core import clock
from core.days import BRUSSELS
from core.switches import set_read_only
from promises.keeping import NIGHTS, keep_promise
from promises.models import Promise
from promises.schedule import nights

pytestmark = pytest.mark.django_db


def owed():
    return Promise.objects.open().filter(kind__in=NIGHTS)


def test_each_night_is_owed_once_at_its_hour_in_brussels():
    nights()
    nights()
    assert {one.kind: one.due_at.astimezone(BRUSSELS).hour for one in owed()} == NIGHTS
    assert all(one.due_at > clock.now() for one in owed())
    assert owed().count() == len(NIGHTS) >= 1


@pytest.mark.parametrize("status", ["KEPT", "FAILED"])
def test_the_next_one_is_owed_however_the_last_one_ended(status):
    nights()
    owed().update(status=status, kept_at=clock.now())
    nights()
    assert owed().count() == len(NIGHTS)


def test_a_night_that_has_come_is_kept_and_begins_the_proofs():
    nights()
    night = owed().get(kind="prove_nightly")
    keep_promise(night.pk)
    night.refresh_from_db()
    assert night.status == "WAITING", "not before its hour"
    Promise.objects.filter(pk=night.pk).update(due_at=clock.now())
    keep_promise(night.pk)
    night.refresh_from_db()
    assert night.status == "KEPT"
    assert Promise.objects.open().filter(kind="prove").count() == 1


def test_a_house_that_is_only_read_owes_nothing_new(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    set_read_only(True)
    nights()
    assert not owed().exists()
