"""A call that has closed is opened again with a reason, by two people, before anything was opened; or not at all."""

from datetime import timedelta

import pytest

from applications.actions import edit_application, give_order, submit_application, withdraw_application
from applications.models import StandingOrder
from applications.schedule import carry_out_orders, open_call, tell_of_the_correction
from audit.models import AuditRecord
from core import clock
from core.errors import Incomplete, NotAllowed, WrongState
from programmes.actions import (
    drop_corrigendum,
    follow_call,
    open_applications,
    propose_corrigendum,
    publish_corrigendum,
)
from programmes.models import Call, Corrigendum
from programmes.models.calls import LONGEST_WAIT
from programmes.notices import to_confirm_correction
from programmes.schedule import tell_of_the_corrigendum
from promises.actions import promise
from promises.models import Mail, Promise
from promises.notices import Asked
from reports.proofs import PROOFS
from tests.applications.factories import a_complete_draft, an_owner
from tests.factories import a_call, an_applicant, an_officer, the_clock

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
REASON = "The site was down in the last hours."
PROOF = PROOFS["calls were opened again before anything was read"]


@pytest.fixture
def owner():
    return an_owner()


@pytest.fixture
def call():
    """Open until tomorrow."""
    now = clock.now()
    row = a_call(opens_at=now - 90 * DAY, closes_at=now + DAY, inform_by=(now + 300 * DAY).date())
    promise("open_call", row, due_at=row.opened_from)
    return row


@pytest.fixture
def draft(owner, call):
    return a_complete_draft(by=owner, call=call, at=clock.now(), timetable={"starts_on": "2099-01-01"})


def closed(call, *, ago=HOUR):
    """As if it had closed so long ago, and the clock had not come to open it."""
    moment = clock.now() - ago
    Call.objects.filter(pk=call.pk).update(closes_at=moment)
    for waiting in Corrigendum.objects.waiting():  # it was proposed to move that time
        changes = {name: [moment.isoformat(), new] for name, (_old, new) in waiting.changes.items()}
        Corrigendum.objects.filter(pk=waiting.pk).update(changes=changes)
    return Call.objects.get(pk=call.pk)


def proposed(call, *, by=None, **values):
    values = values or {"closes_at": clock.now() + 7 * DAY}
    return propose_corrigendum(call, by=by or an_officer(), reason=REASON, values=values)


def reopened(call, **values):
    return publish_corrigendum(proposed(call, **values), by=an_officer())


# by two people, with a reason, before anything was opened


def test_two_people_open_a_closed_call_again(call):
    before = closed(call)
    first, second = an_officer(), an_officer()
    again = publish_corrigendum(proposed(before, by=first), by=second)
    assert again.is_open(clock.now())
    corrigendum = Corrigendum.objects.get()
    assert (corrigendum.reopens, corrigendum.number, corrigendum.reason) == (True, 1, REASON)
    assert again.reopened_at == corrigendum.published_at
    assert AuditRecord.objects.filter(act="call.publish_correction", actor_id=str(second.pk)).count() == 1
    assert list(PROOF()) == []


def test_one_person_does_not_and_not_without_a_reason(call):
    before, first = closed(call), an_officer()
    with pytest.raises(Incomplete):
        propose_corrigendum(before, by=first, reason=" ", values={"closes_at": clock.now() + DAY})
    with pytest.raises(NotAllowed):
        publish_corrigendum(proposed(before, by=first), by=first)
    assert not Call.objects.get(pk=call.pk).is_open(clock.now())


def test_an_extension_before_the_closing_is_no_reopening(call):
    again = reopened(call)
    assert (Corrigendum.objects.get().reopens, again.reopened_at) == (False, None)


def test_what_was_proposed_before_the_closing_is_published_after_it(call):
    waiting = proposed(call)
    again = publish_corrigendum(closed(waiting), by=an_officer())
    assert again.is_open(clock.now())
    assert Corrigendum.objects.get().reopens


@pytest.mark.parametrize("values", [{"title": "Another"}, {"closes_at": -HOUR}], ids=["no time", "a time that is over"])
def test_after_the_closing_nothing_else_is_corrected(call, values):
    before = closed(call, ago=2 * HOUR)
    if "closes_at" in values:
        values = {"closes_at": clock.now() + values["closes_at"]}
    with pytest.raises(WrongState, match="opening it again, with a closing time that lies ahead"):
        proposed(before, **values)


def test_what_lay_ahead_when_it_was_proposed_and_is_over_now_opens_nothing(call):
    waiting = proposed(call, closes_at=clock.now() + 2 * DAY)
    later = clock.now() + 3 * DAY
    with pytest.raises(WrongState, match="lies ahead"):
        publish_corrigendum(waiting, by=an_officer(), at=later)


def test_once_it_is_opened_nobody_opens_it_again(call, draft, owner):
    submit_application(draft, by=owner)
    before = closed(call, ago=HOUR)
    open_call(call.pk)
    with pytest.raises(WrongState, match="checks under way"):
        proposed(before)
    assert not Corrigendum.objects.exists()


# who comes second


def test_the_opening_waits_a_day_for_the_second_person(call):
    waiting = proposed(call)
    assert waiting.opened_from == call.closes_at + LONGEST_WAIT
    assert Promise.objects.get(kind="open_call").due_at == waiting.opened_from
    held = closed(waiting)
    with pytest.raises(WrongState):
        open_applications(held, by=the_clock())
    assert open_call(call.pk) == held.closes_at + LONGEST_WAIT, "the clock comes back then"


def test_a_change_that_gives_no_time_holds_up_nothing(call):
    waiting = proposed(call, title="Another")
    assert waiting.opened_from == call.opened_from == call.closes_at + clock.all_in_after()


def test_dropping_it_opens_at_the_time_that_was_due(call):
    waiting = proposed(call)
    dropped = drop_corrigendum(waiting, by=an_officer(), reason="The site was not down.")
    assert dropped.opened_from == call.closes_at + clock.all_in_after()
    assert Promise.objects.get(kind="open_call").due_at == dropped.opened_from


def test_after_that_day_the_clock_opens_and_what_waits_falls(call, draft, owner):
    sent = submit_application(draft, by=owner)
    waiting = proposed(call)
    late = closed(waiting, ago=LONGEST_WAIT + HOUR)
    assert open_call(call.pk) is None
    sent.refresh_from_db()
    assert sent.status == "CHECKING"
    told = AuditRecord.objects.get(act="call.open_applications")
    assert told.changes["corrigendum not published"] == [None, "The applications were opened first."]
    assert Corrigendum.objects.get().dropped_at == told.at
    with pytest.raises(WrongState, match="checks under way"):
        publish_corrigendum(late, by=an_officer())


def test_the_clock_that_comes_second_is_given_the_new_time(call):
    again = reopened(closed(call, ago=LONGEST_WAIT + HOUR))
    with pytest.raises(WrongState, match="still open"):
        open_applications(again, by=the_clock())
    assert open_call(call.pk) == again.opened_from
    assert Promise.objects.get(kind="open_call").due_at == again.opened_from


def test_the_second_person_is_told_also_after_the_closing(call):
    first, second = an_officer(), an_officer()
    waiting = closed(proposed(call, by=first))
    turns = to_confirm_correction(Asked(at=clock.now(), row=waiting.corrigenda.get().pk))
    assert [turn.person for turn in turns] == [second.pk]
    drop_corrigendum(waiting, by=second, reason="Wrong.")
    assert to_confirm_correction(Asked(at=clock.now())) == []


# what lives again


def test_drafts_live_again_and_submissions_stand_and_may_be_replaced(call, draft, owner):
    sender = an_owner()
    sent = a_complete_draft(by=sender, call=call, at=clock.now(), timetable={"starts_on": "2099-01-01"})
    sent = submit_application(sent, by=sender)
    receipt = sent.receipts.get()
    before = closed(call)
    draft.refresh_from_db()
    with pytest.raises(WrongState, match="too late"):
        submit_application(draft, by=owner)
    reopened(before)
    draft.refresh_from_db()
    assert submit_application(draft, by=owner).status == "SUBMITTED"
    sent.refresh_from_db()
    assert (sent.status, list(sent.receipts.all())) == ("SUBMITTED", [receipt])
    edit_application(sent, by=sender, identity={"title": "Better"})
    assert submit_application(sent, by=sender).versions == 2
    assert draft.attempts.filter(outcome="REFUSED").count() == 1, "what was refused in between stays in the ledger"


def test_everybody_with_a_draft_or_a_submission_and_the_followers_are_told(call, draft, owner):
    sender, gone, follower = an_owner(), an_owner(), an_applicant()
    rows = [a_complete_draft(by=one, call=call, at=clock.now(), timetable={"starts_on": "2099-01-01"})
            for one in (sender, gone)]  # fmt: skip
    submit_application(rows[0], by=sender)
    withdraw_application(rows[1], by=gone, reason="No money.")
    follow_call(call, by=follower)
    reopened(closed(call))
    corrigendum = Corrigendum.objects.get()
    tell_of_the_correction(corrigendum.pk)
    tell_of_the_corrigendum(corrigendum.pk)
    mails = Mail.objects.filter(subject__startswith="Corrigendum 1")
    assert {one.to for one in mails} == {owner.email, sender.email, follower.email}
    assert all("The call had closed and is open again until" in one.body and REASON in one.body for one in mails)
    assert {one.kind for one in Promise.objects.all()} >= {"remind_drafts", "tell_corrected", "tell_followers"}


@pytest.fixture
def hours_instead_of_seconds(monkeypatch):
    """No story here may depend on how fast the machine is."""
    monkeypatch.setattr("applications.models.orders.FIRST", 3 * HOUR)
    monkeypatch.setattr("applications.models.orders.LAST", HOUR)


@pytest.mark.usefixtures("hours_instead_of_seconds")
def test_a_standing_order_that_ran_stays_as_it_ended_and_says_so(client, call, draft, owner):
    order = give_order(StandingOrder(application=draft), by=owner)
    Call.objects.filter(pk=call.pk).update(closes_at=clock.now() + HOUR / 2)
    carry_out_orders(call.pk)
    order.refresh_from_db()
    assert order.status == "DONE"
    ran_at = order.tried_at
    again = reopened(closed(call))
    draft.refresh_from_db()
    edit_application(draft, by=owner, identity={"title": "Edited in the second time"})
    client.force_login(owner)
    assert "does not run a second time" in client.get(f"/applications/{draft.pk}/standing-order/").text
    Call.objects.filter(pk=call.pk).update(closes_at=clock.now() + HOUR / 2)
    carry_out_orders(call.pk)
    order.refresh_from_db()
    draft.refresh_from_db()
    assert (order.tried_at, draft.versions) == (ran_at, 1)
    assert again.reopened_at is not None


@pytest.mark.usefixtures("hours_instead_of_seconds")
def test_one_that_was_given_in_the_second_time_runs(call, draft, owner):
    reopened(closed(call))
    draft.refresh_from_db()
    order = give_order(StandingOrder(application=draft), by=owner)
    Call.objects.filter(pk=call.pk).update(closes_at=clock.now() + HOUR / 2)
    carry_out_orders(call.pk)
    order.refresh_from_db()
    draft.refresh_from_db()
    assert (order.status, draft.status) == ("DONE", "SUBMITTED")


@pytest.mark.usefixtures("hours_instead_of_seconds")
def test_one_that_never_ran_waits_for_the_new_closing_time(call, draft, owner):
    order = give_order(StandingOrder(application=draft), by=owner)
    again = reopened(closed(call))
    assert carry_out_orders(call.pk) == again.closes_at - 3 * HOUR
    order.refresh_from_db()
    assert order.status == "STANDING"


# on the pages, and proved


def test_the_pages_say_what_waits_and_that_it_was_opened_again(client, call):
    waiting = closed(proposed(call))
    officer = an_officer()
    client.force_login(officer)
    shown = client.get(waiting.get_absolute_url()).text
    assert "the applications are not opened before" in shown
    answer = client.post(f"/calls/{call.pk}/publish_correction/", {"stamp": waiting.stamp}, follow=True)
    assert "opened again after its closing time" in answer.text
    client.logout()
    assert "opened again after its closing time" in client.get(waiting.get_absolute_url()).text
    assert client.get(f"/api/calls/{call.pk}/").status_code in {200, 401}
    client.force_login(officer)
    assert client.get(f"/api/calls/{call.pk}/").json()["corrigenda"][0]["reopens"] is True


def test_a_reopening_behind_an_opening_is_found(call):
    reopened(closed(call))
    corrigendum = Corrigendum.objects.get()
    Call.objects.filter(pk=call.pk).update(closes_at=clock.now() - DAY)
    open_call(call.pk)
    assert list(PROOF()) == []
    Corrigendum.objects.filter(pk=corrigendum.pk).update(published_at=clock.now() + DAY)
    (said,) = PROOF()
    assert "Corrigendum 1 opened" in said
