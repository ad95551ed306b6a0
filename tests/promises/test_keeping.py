"""How promises are kept: claimed once, tried again later and later, given up aloud, and marked by nobody but their own
worker."""

from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest

from core import clock
from promises import keeping
from promises.actions import tell_whose_turn
from promises.holds import let_go
from promises.keeping import MOST_ATTEMPTS, claim, hold_on, keep_promise, keeps
from promises.lanes import Lane
from promises.models import Promise
from tests.factories import a_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(monkeypatch):
    """A kind of promise of these stories alone; it notes whom it was kept for, and does what `does` says."""
    monkeypatch.setattr(keeping, "KEEPERS", dict(keeping.KEEPERS))
    monkeypatch.setattr(keeping, "LANES", dict(keeping.LANES))
    kept_for = []

    def make(does=lambda subject_id: None):
        @keeps("story", lane=Lane.MAIL)
        def keep(subject_id):
            kept_for.append(subject_id)
            return does(subject_id)

        return kept_for

    return make


def owed(**fields):
    at = clock.now()
    values = {"kind": "story", "subject_id": uuid4(), "subject_name": "a story", "due_at": at, "made_at": at}
    return Promise.objects.create(**{**values, **fields})


def again(row):
    row.refresh_from_db()
    return row


# claiming


def test_a_due_promise_is_kept_once(keeper):
    kept_for, row = keeper(), owed()

    keep_promise(row.pk)
    keep_promise(row.pk)

    assert kept_for == [row.subject_id]
    assert again(row).status == "KEPT"
    assert row.kept_at is not None
    assert row.attempts == 1


@pytest.mark.parametrize("status", ["KEPT", "FAILED"])
def test_what_is_settled_is_left_alone(keeper, status):
    kept_for, row = keeper(), owed(status=status, kept_at=clock.now() if status == "KEPT" else None)

    keep_promise(row.pk)

    assert kept_for == []
    assert again(row).status == status


def test_what_is_not_due_yet_is_left_alone(keeper):
    kept_for, row = keeper(), owed(due_at=clock.now() + timedelta(minutes=1))

    keep_promise(row.pk)

    assert kept_for == []
    assert again(row).attempts == 0


def test_an_id_that_is_nobodys_is_no_error(keeper):
    kept_for = keeper()

    keep_promise(uuid4())

    assert kept_for == []


def test_claiming_marks_the_row_before_anything_is_done():
    row = owed()

    mine = claim(Promise.objects.filter(pk=row.pk))

    assert (again(row).status, row.attempts) == ("RUNNING", 1)
    assert mine.pk == row.pk
    assert claim(Promise.objects.filter(pk=row.pk)) is None  # somebody has it
    let_go(hold_on(row))


# what the keeper says


def test_a_keeper_may_ask_to_be_asked_again(keeper):
    later = clock.now() + timedelta(days=7)
    keeper(lambda subject_id: later)
    row = owed(last_error="once before")

    keep_promise(row.pk)

    assert (again(row).status, row.due_at, row.attempts, row.last_error) == ("WAITING", later, 0, "")


def test_a_keeper_that_gives_anything_else_is_done(keeper):
    keeper(lambda subject_id: "sent")
    row = owed()

    keep_promise(row.pk)

    assert again(row).status == "KEPT"


def test_a_miss_is_written_down_and_tried_later_and_later(keeper):
    def fails(subject_id):
        raise OSError("the printer is on fire")

    keeper(fails)
    row, waits = owed(), []
    for attempt in range(1, MOST_ATTEMPTS):
        keep_promise(row.pk)
        assert (again(row).status, row.attempts) == ("WAITING", attempt)
        assert row.last_error == "OSError: the printer is on fire"
        waits.append(row.due_at - clock.now())
        Promise.objects.filter(pk=row.pk).update(due_at=clock.now())
    keep_promise(row.pk)

    assert again(row).status == "FAILED"
    assert all(later > 2 * sooner for sooner, later in pairwise(waits))


def test_an_error_of_any_length_can_be_written_down(keeper):
    def fails(subject_id):
        raise ValueError("x" * 10_000)

    keeper(fails)
    row = owed()

    keep_promise(row.pk)

    assert len(again(row).last_error) == 2000


def test_once_it_is_kept_the_old_error_is_gone(keeper):
    keeper()
    row = owed(last_error="OSError: once", attempts=2)

    keep_promise(row.pk)

    assert (again(row).status, row.last_error) == ("KEPT", "")


# asked again meanwhile


def test_what_is_asked_again_while_it_is_kept_is_kept_once_more(keeper):
    later = clock.now() + timedelta(minutes=1)
    kept_for, row = keeper(lambda subject_id: Promise.objects.open().update(due_at=later) and None), owed()

    keep_promise(row.pk)

    assert (again(row).status, row.due_at, row.attempts, row.kept_at) == ("WAITING", later, 0, None)
    assert kept_for == [row.subject_id]


def test_a_series_that_was_given_another_time_meanwhile_takes_that_one(keeper):
    sooner = clock.now() + timedelta(minutes=1)

    def next_week(subject_id):
        Promise.objects.open().update(due_at=sooner)
        return clock.now() + timedelta(days=7)

    keeper(next_week)
    row = owed()
    keep_promise(row.pk)
    assert (again(row).status, row.due_at) == ("WAITING", sooner)


def test_a_look_that_is_owed_is_owed_once_and_now():
    call = a_call()
    for _time in range(2):
        tell_whose_turn(call)
    assert Promise.objects.get(kind="tell").subject_id == call.pk
    Promise.objects.update(status="RUNNING", due_at=clock.now() - timedelta(hours=1))
    tell_whose_turn(call)
    row = Promise.objects.get(kind="tell")
    assert row.status == "RUNNING"
    assert row.due_at > clock.now() - timedelta(minutes=30)
    Promise.objects.update(status="KEPT", kept_at=clock.now())
    tell_whose_turn(call)
    assert Promise.objects.filter(kind="tell", status="WAITING").count() == 1
