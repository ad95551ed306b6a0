"""Two at once, on the real database: what must happen once happens once, and the closing time is sharp."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from applications.actions import accept_application, edit_application, override_check, submit_application
from applications.models import Application, Receipt
from applications.schedule import open_call
from audit.models import AuditRecord
from audit.record import broken_links
from core import clock
from core.errors import Refused, WrongState
from core.holds import hold_name
from programmes.holds import closing_of
from tests.applications.factories import a_complete_draft, an_owner
from tests.factories import a_call, an_applicant, an_officer

pytestmark = pytest.mark.usefixtures("transactional_db")
YEAR = timedelta(days=365)


def an_open_call(closes_in=YEAR, **fields):
    now = clock.now()
    return a_call(opens_at=now - YEAR, closes_at=now + closes_in, **fields)


def a_ready_draft(call, owner=None):
    owner = owner or an_owner()
    return a_complete_draft(by=owner, call=call, at=clock.now(), timetable={"starts_on": "2099-01-01"}), owner


def all_at_once(*acts):
    """Run the acts in threads that start together; give what each returned, or the refusal."""
    start = threading.Barrier(len(acts))

    def one(act):
        try:
            start.wait()
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(one, acts))


def test_a_double_click_makes_one_version_and_one_receipt():
    application, owner = a_ready_draft(an_open_call())
    answers = all_at_once(*[lambda: submit_application(application, by=owner) for _click in range(6)])
    assert {answer.versions for answer in answers} == {1}
    assert Receipt.objects.filter(application=application).count() == 1
    assert AuditRecord.objects.of_chain(application.chain).filter(act="application.submit").count() == 1


def test_no_submission_of_a_call_waits_for_the_number_of_another():
    call = an_open_call()
    (first, one), (second, another) = a_ready_draft(call), a_ready_draft(call)
    submit_second = closed(lambda: submit_application(second, by=another).reference)
    with transaction.atomic(), ThreadPoolExecutor(1) as threads:
        mine = submit_application(first, by=one).reference
        other = threads.submit(submit_second).result(timeout=60)  # received while the first is not committed
    assert mine != other


def test_two_colleagues_in_the_same_part_one_is_told():
    application, owner = a_ready_draft(an_open_call())
    colleague = an_applicant(owner.organisation)
    answers = all_at_once(
        lambda: edit_application(application, by=owner, base=application.stamp, identity={"title": "One"}),
        lambda: edit_application(application, by=colleague, base=application.stamp, identity={"title": "Two"}),
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Application", "Stale"]
    assert list(broken_links(AuditRecord.objects.of_chain(application.chain))) == []


def closed(act):
    """The act in a thread of its own, its connection closed behind it."""

    def run():
        try:
            return act()
        finally:
            connection.close()

    return run


def wait_until(moment):
    while clock.now() < moment:
        threading.Event().wait(0.01)


def test_whoever_is_in_time_by_the_clock_gets_in_even_if_the_opening_waits():
    """A submission read the clock before closing and writes after it: the opening waits for it, then opens it."""
    call = an_open_call(closes_in=timedelta(seconds=1.5))
    application, owner = a_ready_draft(call)
    in_time, opened = threading.Event(), threading.Event()

    def submit_slowly():
        with transaction.atomic():
            hold_name(closing_of(call.pk), shared=True)
            moment = clock.now()
            in_time.set()
            got_past_us = opened.wait(4)  # however long we take
            submit_application(application, by=owner, at=moment)
        return got_past_us

    def open_it():
        in_time.wait()
        wait_until(call.opened_from)
        open_call(call.pk)
        opened.set()

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.submit(closed(submit_slowly)), threads.submit(closed(open_it))
        assert first.result() is False
        second.result()
    application.refresh_from_db()
    assert application.submitted_at < call.closes_at
    assert application.status == "CHECKING"


def test_a_submission_that_has_to_wait_has_come_when_it_came():
    call = an_open_call()
    application, owner = a_ready_draft(call)
    held, released = threading.Event(), []

    def hold():
        with transaction.atomic():
            hold_name(closing_of(call.pk))
            held.set()
            threading.Event().wait(1)
            released.append(clock.now())

    def submit():
        held.wait()
        return submit_application(application, by=owner).submitted_at

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.submit(closed(hold)), threads.submit(closed(submit))
        first.result()
        assert second.result() < released[0]


def test_submissions_around_the_closing_time_none_late_none_lost():
    """Ten submit again and again over the boundary while the clock opens: in time and opened, or late and told so."""
    call = an_open_call(closes_in=timedelta(seconds=4))
    drafts = [a_ready_draft(call) for _one in range(10)]
    call.refresh_from_db()

    def submit_at(draft, seconds):
        wait_until(call.closes_at + timedelta(seconds=seconds))
        return submit_application(draft[0], by=draft[1])

    def open_it():
        """As a worker does: its turn may be over before all are open, then it comes back."""
        wait_until(call.opened_from)
        while open_call(call.pk):
            pass

    acts = [lambda d=draft, n=number: submit_at(d, (n - 5) * 0.03) for number, draft in enumerate(drafts)]
    answers = all_at_once(*acts, open_it)[:-1]
    for (draft, _owner), answer in zip(drafts, answers, strict=True):
        draft.refresh_from_db()
        if isinstance(answer, WrongState):
            assert draft.status == "UNSENT"
            assert draft.receipts.count() == 0
        else:
            assert answer.submitted_at < call.closes_at
            assert draft.status == "CHECKING"
    assert {answer.__class__ for answer in answers} == {Application, WrongState}


def test_nobody_overrides_a_check_of_an_application_that_is_just_being_accepted():
    """The second officer waits for the first, then learns that all is settled: no eligible one has a failed check."""
    call = an_open_call(closes_in=timedelta(seconds=3))
    application, owner = a_ready_draft(call)
    submit_application(application, by=owner)
    wait_until(call.opened_from)
    open_call(call.pk)
    check, officers = application.checks.get(code="RATE"), [an_officer(), an_officer()]
    accepted = threading.Event()

    def accept_slowly():
        with transaction.atomic():
            accept_application(application, by=officers[0])
            accepted.set()
            threading.Event().wait(1)

    def override():
        accepted.wait()
        with pytest.raises(WrongState):
            override_check(check, by=officers[1], reason="A second look.")

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(closed(accept_slowly)), threads.submit(closed(override))]:
            done.result()
    application.refresh_from_db()
    assert (application.status, application.checks.failed().count()) == ("ELIGIBLE", 0)
