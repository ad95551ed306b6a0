"""Who is served first, who holds which place, and what becomes of what a dead worker had in its hands."""

import subprocess
import sys

import pytest
from django.conf import settings

from promises import keeping
from promises.holds import held
from promises.keeping import MOST_ATTEMPTS, hold_on, keep_next, keep_promise, lowest_place, put_back_abandoned
from promises.lanes import Lane, lanes_of
from promises.models import Promise
from tests.promises.factories import owed
from tests.worker import environment

LANES = list(Lane)
ELSEWHERE = """
import django; django.setup()
import sys
from promises.holds import take
assert all(take(name) for name in sys.argv[1:])
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def kept(monkeypatch):
    """What was kept, in order: each kind has a keeper that only notes it."""
    kept = []
    for lane in Lane:
        monkeypatch.setitem(keeping.KEEPERS, lane.name, lambda subject_id, lane=lane: kept.append(lane))
        monkeypatch.setitem(keeping.LANES, lane.name, lane)
    return kept


@pytest.fixture
def elsewhere():
    """Another session of the database holds these names, in a process of its own, until it is killed."""
    started = []

    def hold(*names):
        other = subprocess.Popen(
            [sys.executable, "-c", ELSEWHERE, *names], env=environment(), cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        started.append(other)
        assert other.stdout.readline() == "held\n"
        return other

    yield hold
    for other in started:
        other.kill()
        other.communicate()


class TestWhoIsFirst:
    pytestmark = pytest.mark.django_db

    def test_the_most_urgent_lane_goes_first_however_long_the_others_have_waited(self, kept):
        for lane in reversed(LANES):
            owed(lane.name, ago=60 * lane)
        while keep_next():
            pass
        assert kept == LANES

    def test_within_a_lane_whoever_was_due_first(self):
        late, early = owed("nobody keeps this", ago=5), owed("nobody keeps this", ago=50)
        keep_next()
        early.refresh_from_db()
        late.refresh_from_db()
        assert (early.attempts, late.attempts) == (1, 0)

    def test_what_is_not_due_waits_and_nothing_to_do_is_said(self, kept):
        owed("MAIL", ago=-60)
        assert not keep_next()
        assert kept == []

    def test_the_time_it_was_due_is_kept(self, kept):
        one = owed("MAIL", ago=60)
        keep_next()
        assert Promise.objects.get(pk=one.pk).due_at == one.due_at


class TestPlaces:
    @pytest.mark.parametrize(
        ("slots", "served"),
        [
            (1, [LANES]),
            (2, [LANES, [Lane.OPENING]]),
            (3, [LANES, LANES[:5], [Lane.OPENING]]),
            (4, [LANES, LANES, LANES[:5], [Lane.OPENING]]),
        ],
    )
    def test_the_last_is_the_openings_own_and_files_leave_one_more(self, settings, slots, served):
        settings.CELERY_WORKER_CONCURRENCY = slots
        assert [lanes_of(place) for place in range(slots)] == served

    @pytest.mark.django_db
    def test_a_worker_takes_its_lowest_free_place_and_gives_it_back(self, settings):
        settings.CELERY_WORKER_CONCURRENCY = 3
        for _again in range(2):
            with lowest_place() as lanes:
                assert lanes == LANES

    @pytest.mark.django_db(transaction=True)
    def test_two_long_files_never_meet_and_an_opening_finds_the_last_place(self, kept, elsewhere, settings):
        """The other slots of this worker are busy: one with a file, one with a mail."""
        settings.CELERY_WORKER_CONCURRENCY = 3
        for lane in (Lane.FILE, Lane.MAIL, Lane.OPENING):
            owed(lane.name)
        file_place, mail_place = (f"place {number} of {keeping.this_worker()}" for number in (0, 1))
        elsewhere(file_place, mail_place)
        assert keep_next()
        assert not keep_next()
        assert kept == [Lane.OPENING]

    @pytest.mark.django_db(transaction=True)
    def test_no_place_is_no_work(self, kept, elsewhere, settings):
        settings.CELERY_WORKER_CONCURRENCY = 1
        owed("OPENING")
        elsewhere(f"place 0 of {keeping.this_worker()}")
        assert not keep_next()
        assert kept == []


class TestTheDead:
    @pytest.mark.django_db(transaction=True)
    def test_what_a_living_worker_holds_stays_with_it_and_is_due_the_moment_it_dies(self, elsewhere):
        one = owed(status="RUNNING", attempts=1, ago=3600)
        other = elsewhere(hold_on(one))
        put_back_abandoned()
        assert Promise.objects.get(pk=one.pk).status == "RUNNING"
        other.kill()
        other.wait()
        put_back_abandoned()
        one.refresh_from_db()
        assert (one.status, one.attempts) == ("WAITING", 1)
        assert "worker ended" in one.last_error

    @pytest.mark.django_db
    def test_what_kills_its_worker_every_time_is_left_to_a_person(self):
        one = owed(status="RUNNING", attempts=MOST_ATTEMPTS)
        put_back_abandoned()
        assert Promise.objects.get(pk=one.pk).status == "FAILED"

    @pytest.mark.django_db(transaction=True)
    def test_what_another_session_still_holds_is_not_begun_a_second_time(self, kept, elsewhere):
        one = owed("MAIL")
        elsewhere(hold_on(one))
        keep_promise(one.pk)
        assert kept == []
        assert Promise.objects.get(pk=one.pk).status == "WAITING"

    @pytest.mark.django_db
    def test_whoever_was_overtaken_marks_nothing(self, monkeypatch):
        """Its session was lost, the promise was put back, and another worker has it by now."""
        one = owed("MAIL")

        def overtaken(subject_id):
            Promise.objects.filter(pk=one.pk).update(attempts=2)

        monkeypatch.setitem(keeping.KEEPERS, "MAIL", overtaken)
        keep_promise(one.pk)
        assert Promise.objects.get(pk=one.pk).status == "RUNNING"

    @pytest.mark.django_db
    def test_a_hold_ends_with_its_work_even_when_that_fails(self, elsewhere):
        one = owed("nobody keeps this")
        keep_promise(one.pk)
        with held(hold_on(one)) as free:
            assert free
