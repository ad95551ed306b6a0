"""A chain has one record for each place, however many write at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, close_old_connections, connection, transaction

from audit.hashing import hash_of, plain
from audit.models import AuditRecord
from audit.record import broken_links, record
from core import clock
from tests.audit.factories import START, a_trail
from tests.factories import a_call, an_officer

WRITERS, EACH = 6, 10


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_leave_neither_gap_nor_fork():
    call, officer, together = a_call(), an_officer(), Barrier(WRITERS)

    def write(name):
        together.wait()
        for place in range(EACH):
            with transaction.atomic():
                record("call.note", call, by=officer, at=clock.now(), reason=f"{name} {place}")
        connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    close_old_connections()
    chain = list(AuditRecord.objects.of_chain(call.chain))
    assert [one.sequence for one in chain] == list(range(1, WRITERS * EACH + 1))
    assert len({one.previous_hash for one in chain}) == len(chain)
    assert list(broken_links(chain)) == []


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_leaves_no_hole():
    """A record that was rolled back gives its place to the next."""
    call, officer = a_call(), an_officer()
    record("call.note", call, by=officer, at=START)
    with transaction.atomic():
        record("call.note", call, by=officer, at=START)
        transaction.set_rollback(True)
    last = record("call.note", call, by=officer, at=START)
    assert last.sequence == 2
    assert list(broken_links(AuditRecord.objects.of_chain(call.chain))) == []


@pytest.mark.django_db
def test_the_database_gives_a_place_only_once():
    application = a_trail()
    last = AuditRecord.objects.of_chain(application.chain).last()
    last.pk, last._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        last.save(force_insert=True)


@pytest.mark.django_db
def test_what_comes_back_from_the_database_hashes_as_it_was_written():
    """To the microsecond, in every alphabet, with numbers and nothing in the changes."""
    officer = an_officer(name="Żółć Ωμέγα Ъ \u202e '=x")
    call = a_call()
    changes = {"budget": [None, "1000000.00"], "deep": [{"b": 1, "a": [True, None, 1.5]}, "\t=1+1"]}
    written = record("call.note", call, by=officer, at=START, changes=changes, reason=" trailing \n")
    again = AuditRecord.objects.get(pk=written.pk)
    assert hash_of(again) == written.hash
    assert plain(again.at) == "2021-02-01T09:00:00.123456Z"
