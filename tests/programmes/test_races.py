"""What two officers do at the same moment happens once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from audit.models import AuditRecord
from core import clock
from core.errors import Refused
from programmes.actions import edit_call, open_applications, propose_corrigendum, publish_call, publish_corrigendum
from programmes.models import Call, Corrigendum
from promises.models import Promise
from tests.factories import a_call, an_officer, the_clock

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run the acts at the same moment, each with its own connection; give what each gave or refused."""
    gate = Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def refusals(results):
    return [one for one in results if isinstance(one, Refused)]


def a_draft():
    now = clock.now()
    return a_call(
        status="DRAFT", published_at=None, opens_at=now + timedelta(hours=1), closes_at=now + timedelta(days=30),
        inform_by=(now + timedelta(days=200)).date(),
    )  # fmt: skip


def test_two_officers_publish_once():
    call, first, second = a_draft(), an_officer(), an_officer()
    results = at_once(lambda: publish_call(call, by=first), lambda: publish_call(call, by=second))
    assert [one.status for one in refusals(results)] == [409]
    assert Promise.objects.filter(kind="open_call").count() == 1
    assert AuditRecord.objects.filter(act="call.publish").count() == 1


def test_of_two_edits_from_the_same_page_one_is_refused():
    call, first, second = a_draft(), an_officer(), an_officer()
    results = at_once(
        lambda: edit_call(call, by=first, values={"title": "First"}, base=0),
        lambda: edit_call(call, by=second, values={"title": "Second"}, base=0),
    )
    assert [one.status for one in refusals(results)] == [409]
    assert Call.objects.get().stamp == 1


def test_an_edit_never_slips_behind_the_publication():
    call, first, second = a_draft(), an_officer(), an_officer()
    results = at_once(
        lambda: publish_call(call, by=first),
        lambda: edit_call(call, by=second, values={"topic": ""}, base=0),
    )
    call.refresh_from_db()
    assert len(refusals(results)) == 1
    assert (call.status, call.topic) in {("PUBLISHED", "Police cooperation"), ("DRAFT", "")}


def test_two_who_propose_at_once_leave_one_corrigendum_waiting():
    call, first, second = a_draft(), an_officer(), an_officer()
    publish_call(call, by=first)
    results = at_once(
        lambda: propose_corrigendum(call, by=first, reason="R", values={"title": "First"}),
        lambda: propose_corrigendum(call, by=second, reason="R", values={"title": "Second"}),
    )
    assert len(refusals(results)) == 1
    assert Corrigendum.objects.waiting().count() == 1


def test_two_who_publish_at_once_publish_it_once():
    call, first = a_draft(), an_officer()
    waiting = propose_corrigendum(publish_call(call, by=first), by=first, reason="R", values={"title": "First"})
    second, third = an_officer(), an_officer()
    results = at_once(
        lambda: publish_corrigendum(waiting, by=second),
        lambda: publish_corrigendum(waiting, by=third),
    )
    assert len(refusals(results)) == 1
    assert list(Corrigendum.objects.values_list("number", flat=True)) == [1]


def test_the_clock_and_the_second_person_at_once_end_in_one_of_both(transactional_db):
    first, second, by = an_officer(), an_officer(), the_clock()
    now = clock.now()
    call = a_call(opens_at=now - timedelta(days=90), closes_at=now - timedelta(days=2), inform_by=now.date())
    values = {"closes_at": now + timedelta(days=7), "inform_by": (now + timedelta(days=300)).date()}
    waiting = propose_corrigendum(call, by=first, reason="R", values=values)
    results = at_once(
        lambda: publish_corrigendum(waiting, by=second),
        lambda: open_applications(call, by=by),
    )
    call.refresh_from_db()
    corrigendum = Corrigendum.objects.get()
    (refused,) = refusals(results)
    if call.status == "CHECKING":
        assert (corrigendum.number, corrigendum.dropped_at is None) == (None, False)
        assert "checks under way" in str(refused.sentence)
    else:
        assert (call.status, corrigendum.reopens) == ("PUBLISHED", True)
        assert "still open" in str(refused.sentence)
