"""A real Celery worker writes and draws the letters; killed in the middle, another ends: each letter exactly once."""

import pytest

from audit.models import AuditRecord
from awards.actions import issue_letters
from awards.documents import kept_pdf
from awards.models import Letter
from core import clock
from promises.models import Mail, Promise
from promises.schedule import look
from tests.awards.factories import a_ranked_call, a_taken_decision
from tests.factories import an_applicant, an_officer, an_organisation
from tests.worker import kill, wait_until, wipe_broker

PLACES = [((38, 35, 18), "MAIN", ""), *[((33, 30, 14), "RESERVE", "")] * 9]

pytestmark = [pytest.mark.worker, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def start_worker(start_celery):
    return lambda: start_celery("worker", "--concurrency=1")


def sent_letters():
    return Letter.objects.arrived().count()


def owed():
    return Promise.objects.filter(kind__in=["write_letter", "letter", "mail"]).exclude(status="KEPT").count()


def all_is_kept_under_the_beat():
    """It looks again and again: what a dead worker held is free as soon as the database has noticed."""
    look()
    return owed() == 0


@pytest.fixture
def decision(transactional_db):
    wipe_broker()
    applicant = an_organisation()
    an_applicant(applicant)
    call = a_ranked_call(PLACES, applicant=applicant, budget=5_000_000, excluded=1)
    return issue_letters(a_taken_decision(call), by=an_officer(), at=clock.now())


def assert_each_exactly_once(decision, files):
    letters = list(decision.letters.all())
    number = len(PLACES) + 1
    assert len(letters) == number
    assert {letter.status for letter in letters} == {"SENT"}
    assert len(files()) == len({letter.pdf_sha256 for letter in letters}) == number
    assert all(kept_pdf(letter) for letter in letters)
    assert [AuditRecord.objects.filter(act=f"letter.{one}").count() for one in ("write", "send")] == [number] * 2
    assert Mail.objects.count() == Mail.objects.exclude(sent_at=None).count() == number


def test_a_worker_draws_and_sends_them_all(decision, start_worker, files):
    start_worker()
    wait_until(lambda: owed() == 0)
    assert_each_exactly_once(decision, files)
    assert set(Promise.objects.filter(kind="letter").values_list("attempts", flat=True)) == {1}


def test_killed_in_the_middle_with_the_broker_wiped_nothing_is_lost_or_doubled(decision, start_worker, files):
    first = start_worker()
    wait_until(lambda: sent_letters() >= 2)
    kill(first)
    done = sent_letters()
    assert 2 <= done < len(PLACES)
    wipe_broker()
    start_worker()
    wait_until(all_is_kept_under_the_beat)
    assert_each_exactly_once(decision, files)
