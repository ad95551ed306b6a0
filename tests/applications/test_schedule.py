"""What the clock does: opening at closing time, reminding of drafts."""

from datetime import timedelta

import pytest

from applications import schedule
from applications.actions import edit_application, submit_application, withdraw_application
from applications.documents import draw_receipt
from applications.models import Application, Receipt
from applications.reminders import next_reminder
from applications.schedule import open_call, remind_drafts, tell_what_counts
from audit.models import AuditRecord
from core import clock
from core.errors import Refused
from programmes.models import Call
from promises.keeping import keep_promise
from promises.models import Mail, Promise
from tests.applications.factories import a_complete_draft, a_draft, a_submitted, an_owner
from tests.factories import CLOSES, NOON, a_call

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def statuses(call):
    return sorted(Application.objects.of_call(call).values_list("status", flat=True))


def test_at_closing_time_submitted_ones_are_opened_and_drafts_set_aside():
    call = a_call()
    a_submitted(call=call)
    a_draft(call=call)
    open_call(call.pk)
    call.refresh_from_db()
    assert call.status == "CHECKING"
    assert statuses(call) == ["CHECKING", "UNSENT"]


def test_opening_twice_changes_nothing_more():
    call = a_call()
    a_submitted(call=call)
    open_call(call.pk)
    records = AuditRecord.objects.count()
    open_call(call.pk)
    assert AuditRecord.objects.count() == records


def test_one_that_cannot_be_opened_stops_no_other_and_is_named():
    """Its receipt is damaged: it stays closed and named, the others are opened; once mended it is opened too."""
    call = a_call()
    poisoned = a_submitted(call=call)
    others = [a_submitted(call=call) for _one in range(2)]
    receipt = Receipt.objects.get(application=poisoned)
    good = receipt.content
    Receipt.objects.filter(pk=receipt.pk).update(content={"format": "?"}, sha256="0" * 64)
    with pytest.raises(Refused) as refusal:
        open_call(call.pk)
    assert poisoned.reference in str(refusal.value.sentence)
    assert statuses(call) == ["CHECKING", "CHECKING", "SUBMITTED"]
    assert poisoned.checks.count() == 0
    Receipt.objects.filter(pk=receipt.pk).update(content=good, sha256=poisoned.sent_hash)
    open_call(call.pk)
    assert statuses(call) == ["CHECKING"] * 3
    assert all(one.checks.count() == 15 for one in [poisoned, *others])


def test_a_long_opening_gives_its_turn_to_calls_that_close_at_the_same_hour(monkeypatch):
    """The call is closed at once; its applications are opened a few at a time, each once."""
    monkeypatch.setattr(schedule, "TURN", 0)
    call = a_call()
    for _one in range(2):
        a_submitted(call=call)
    a_draft(call=call)
    promised = Promise.objects.create(kind="open_call", lane=1, subject_id=call.pk, due_at=CLOSES, made_at=CLOSES)
    seen = []
    while promised.status != "KEPT":
        keep_promise(promised.pk)
        promised.refresh_from_db()
        seen.append(statuses(call))
        assert Call.objects.get(pk=call.pk).status == "CHECKING"
    assert seen[0] == ["SUBMITTED", "SUBMITTED", "UNSENT"]
    assert seen[1] == ["CHECKING", "SUBMITTED", "UNSENT"]
    assert seen[-1] == ["CHECKING", "CHECKING", "UNSENT"]
    assert AuditRecord.objects.filter(act="application.open").count() == 2


def test_before_closing_time_nothing_is_opened_and_the_moment_to_return_is_given():
    call = a_call(closes_at=clock.now() + DAY)
    assert open_call(call.pk) == call.opened_from
    call.refresh_from_db()
    assert call.status == "PUBLISHED"


def test_the_promise_of_a_moved_call_waits_for_its_new_time():
    call = a_call(closes_at=clock.now() + DAY)
    owed = Promise.objects.create(kind="open_call", subject_id=call.pk, due_at=CLOSES, made_at=CLOSES)
    keep_promise(owed.pk)
    owed.refresh_from_db()
    assert (owed.status, owed.due_at, owed.attempts) == ("WAITING", call.opened_from, 0)


# reminders


def an_open_call(closes_in):
    now = clock.now()
    return a_call(opens_at=now - 90 * DAY, closes_at=now + closes_in)


def reminded():
    return sorted(Mail.objects.filter(subject__startswith="Not submitted").values_list("to", flat=True))


MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(("closes_in", "then"), [
    (7 * DAY, 2 * DAY), (2 * DAY, timedelta(hours=4)), (timedelta(hours=4), None),
], ids=["seven days", "48 hours", "4 hours"])  # fmt: skip
def test_unsent_work_is_reminded_and_what_is_submitted_is_not(closes_in, then):
    now = clock.now()
    call = an_open_call(closes_in - MINUTE)
    drafter, edited, done = an_owner(), an_owner(), an_owner()
    a_draft(by=drafter, call=call, at=now)
    a_submitted(by=done, call=call, at=now)
    later = a_submitted(by=edited, call=call, at=now)
    edit_application(later, by=edited, at=now + timedelta(seconds=1), identity={"acronym": "MORE"})
    assert remind_drafts(call.pk) == (call.closes_at - then if then else None)
    assert reminded() == sorted([drafter.email, edited.email])


def test_the_reminder_says_what_was_changed_and_not_submitted():
    now, owner = clock.now(), an_owner()
    call = an_open_call(7 * DAY - MINUTE)
    sent = a_submitted(by=owner, call=call, at=now)
    edit_application(sent, by=owner, at=now + timedelta(seconds=1), identity={"acronym": "MORE"})
    remind_drafts(call.pk)
    body = Mail.objects.get(subject__startswith="Not submitted").body
    assert "- Identity – Acronym: was “NETWATCH”, is now “MORE”" in body
    assert "Title" not in body


@pytest.mark.parametrize("closes_in", [30 * DAY, 6 * DAY, timedelta(hours=23)], ids=["a month", "six days", "23 hours"])
def test_between_the_moments_nobody_is_reminded_and_the_next_one_is_given(closes_in):
    """The clock was told before a corrigendum gave more time, or comes for another reason."""
    call = an_open_call(closes_in)
    a_draft(call=call, at=clock.now())
    assert remind_drafts(call.pk) == next_reminder(call, clock.now()) > clock.now()
    assert reminded() == []


def test_a_closed_call_has_no_reminder():
    a_draft(call=a_call())
    assert remind_drafts(a_call().pk) is None
    assert reminded() == []


# what counts, once it has closed


def test_at_closing_everybody_is_told_what_counts(keep_promises):
    call, sender, drafter, gone = a_call(), an_owner(), an_owner(), an_owner()
    sent = a_submitted(by=sender, call=call)
    edit_application(sent, by=sender, at=NOON, identity={"acronym": "LATER"})
    a_draft(by=drafter, call=call)
    withdraw_application(a_submitted(by=gone, call=call), by=gone, at=NOON, reason="mistake")
    open_call(call.pk)
    tell_what_counts(call.pk)
    tell_what_counts(call.pk)  # a worker that died before it could say so

    told = {one.to: one.body for one in Mail.objects.filter(subject__startswith="What counts")}
    assert set(told) == {sender.email, drafter.email, gone.email}
    assert sent.sent_hash in told[sender.email]
    assert "is version 1, exactly as it was received" in told[sender.email]
    assert "was never submitted" in told[drafter.email]
    assert "not submitted again. Nothing of it counts" in told[gone.email]
    assert Mail.objects.filter(subject__startswith="What counts").count() == 3


def test_the_opening_promises_to_tell_once_all_is_open():
    call = a_call()
    a_submitted(call=call)
    open_call(call.pk)
    assert Promise.objects.filter(kind="tell_closed", subject_id=call.pk).count() == 1


def test_receipts_are_drawn_once_by_the_worker(keep_promises):
    application = a_submitted()
    keep_promises()
    receipt = application.receipts.get()
    assert receipt.drawn_at
    assert len(receipt.pdf_sha256) == 64
    draw_receipt(receipt.pk)
    again = application.receipts.get()
    assert (again.pdf_path, again.drawn_at) == (receipt.pdf_path, receipt.drawn_at)


def test_a_withdrawn_one_is_not_opened():
    owner, call = an_owner(), a_call()
    withdraw_application(a_submitted(by=owner, call=call), by=owner, at=NOON, reason="mistake")
    open_call(call.pk)
    assert statuses(call) == ["WITHDRAWN"]
    assert Call.objects.get(pk=call.pk).status == "CHECKING"


def test_the_second_version_is_opened():
    owner, call = an_owner(), a_call()
    application = a_complete_draft(by=owner, call=call)
    submit_application(application, by=owner, at=NOON)
    edit_application(application, by=owner, at=NOON, identity={"acronym": "SECOND"})
    submit_application(application, by=owner, at=NOON)
    edit_application(application, by=owner, at=NOON, identity={"acronym": "THIRD"})
    open_call(call.pk)
    application.refresh_from_db()
    assert (application.acronym, application.versions) == ("SECOND", 2)
