"""Chapters are told once, whole or not at all."""

import pytest

from audit.models import AuditRecord
from core import clock
from demo.chapters import marks, tell
from demo.deliveries import await_deliveries, failures
from promises.actions import promise, write_mail
from tests.factories import a_call


def test_an_interrupted_story_goes_on_where_it_stopped(db):
    call, told = a_call(), []

    def interrupted(call):
        call.title = "never seen"
        call.save()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tell(call.reference, [("first", lambda call: told.append(1)), ("second", interrupted)], say=str)
    call.refresh_from_db()
    assert call.title != "never seen"
    chapters = [("first", lambda call: told.append(1)), ("second", lambda call: told.append(2))]
    tell(call.reference, chapters, say=str)
    tell(call.reference, chapters, say=str)
    assert told == [1, 2]
    assert list(marks().values_list("act", flat=True)) == [f"demo.{call}.first", f"demo.{call}.second"]
    assert not AuditRecord.objects.of_chain(call.chain).exists()


def test_the_first_chapter_makes_the_call(db):
    made = []
    tell("ISFP-2019-AG-OPC", [("made", lambda call: made.append(a_call(reference="ISFP-2019-AG-OPC")) or made[0]),
                              ("seen", lambda call: made.append(call))], say=str)  # fmt: skip
    assert made[0] == made[1]


def test_without_a_worker_deliveries_are_made_here(db, mailoutbox):
    write_mail(to="somebody@example.eu", subject="A mail", body="Its text", about=a_call())
    lines = []
    await_deliveries(patience=0, say=lines.append)
    assert [mail.subject for mail in mailoutbox] == ["A mail"]
    assert "No worker" in lines[-1]


def test_nothing_to_deliver_is_said_by_silence(db):
    lines = []
    await_deliveries(patience=0, say=lines.append)
    assert lines == []


def test_what_cannot_be_delivered_is_named(db):
    owed = promise("no such kind", a_call(), due_at=clock.now())
    await_deliveries(patience=0, say=str)
    assert failures() == [owed]
