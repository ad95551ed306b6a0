"""A standing order: what is saved is submitted by the clock shortly before the closing time, or a mail says why not."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from rest_framework.test import APIClient

from accounts.models import Membership
from applications.actions import edit_application, give_order, submit_application, withdraw_application
from applications.models import Attempt, Receipt, StandingOrder
from applications.models.orders import FIRST, LAST, first_try
from applications.schedule import carry_out_orders
from applications.states import ORDER, OrderStatus
from audit.models import AuditRecord
from core import clock
from core.errors import NotAllowed, WrongState
from programmes.models import Call
from promises.models import Mail, Promise
from reports.proofs import PROOFS
from tests.applications.factories import a_complete_draft, a_draft, an_owner
from tests.applications.test_races import YEAR, an_open_call
from tests.factories import an_applicant, an_officer, everybody, golden_table

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def owner():
    return an_owner()


@pytest.fixture(autouse=True)
def hours_instead_of_seconds(monkeypatch):
    """No story here may depend on how fast the machine is: the first try is three hours before, the last one hour."""
    monkeypatch.setattr("applications.models.orders.FIRST", 3 * HOUR)
    monkeypatch.setattr("applications.models.orders.LAST", HOUR)


@pytest.fixture
def draft(owner):
    return a_complete_draft(by=owner, call=an_open_call(), at=clock.now(), timetable={"starts_on": "2099-01-01"})


def given(application, *, by):
    return give_order(StandingOrder(application=application), by=by)


def closing_in(call, distance):
    """The call as if it closed so soon; gives what the clock's keeper answers."""
    Call.objects.filter(pk=call.pk).update(closes_at=clock.now() + distance)
    return carry_out_orders(call.pk)


def the_order():
    return StandingOrder.objects.get()


# given and taken back


def test_who_may_do_what_with_a_standing_order(draft, owner):
    order = StandingOrder(application=draft)
    order._state.adding = False

    def row_in(status):
        order.status = status
        return order

    table = golden_table(ORDER, OrderStatus, everybody(owner.organisation), row_in)
    assert table == WHO_MAY_DO_WHAT.strip("\n")


WHO_MAY_DO_WHAT = """
            owner      stranger  officer  evaluator  authorising  auditor  national  admin  system
STANDING    take_back  -         -        -          -            -        -         -      carry_out miss fail
TAKEN_BACK  -          -         -        -          -            -        -         -      -
DONE        -          -         -        -          -            -        -         -      repeat miss
FAILED      -          -         -        -          -            -        -         -      -
"""


def test_it_is_tried_three_minutes_and_five_seconds_before_the_closing():
    assert (timedelta(minutes=3), timedelta(seconds=5)) == (FIRST, LAST)


def test_the_order_is_a_promise_of_its_call(draft, owner):
    order = given(draft, by=owner)
    assert (order.status, order.given_by, order.receipt) == ("STANDING", owner, None)
    promise = Promise.objects.get(kind="standing_orders")
    assert (promise.subject_id, promise.due_at) == (draft.call_id, first_try(draft.call))


def test_nobody_else_gives_one(draft):
    for other in (an_applicant(), an_officer()):
        with pytest.raises(NotAllowed):
            given(draft, by=other)


def test_one_stands_at_a_time_and_the_database_says_so_too(draft, owner):
    given(draft, by=owner)
    with pytest.raises(WrongState, match="given already"):
        given(draft, by=an_applicant(owner.organisation))
    with pytest.raises(IntegrityError), transaction.atomic():
        StandingOrder.objects.create(application=draft, status="STANDING", given_by=owner, given_at=clock.now())


def test_it_is_taken_back_and_given_again(draft, owner):
    order = given(draft, by=owner)
    ORDER.run("take_back", order, by=an_applicant(owner.organisation))
    assert closing_in(draft.call, 2 * HOUR) == Call.objects.get().closes_at - HOUR
    assert not Receipt.objects.exists()
    Call.objects.update(closes_at=clock.now() + YEAR)
    draft.call.refresh_from_db()
    assert given(draft, by=owner).status == "STANDING"


def test_a_withdrawn_application_has_none(draft, owner):
    withdrawn = withdraw_application(draft, by=owner, reason="a mistake")
    with pytest.raises(WrongState, match="restore it first"):
        given(withdrawn, by=owner)


@pytest.mark.parametrize("distance", [2 * HOUR, -HOUR])
def test_it_comes_too_late_once_the_clock_has_begun(draft, owner, distance):
    Call.objects.update(closes_at=clock.now() + distance)
    draft.call.refresh_from_db()
    with pytest.raises(WrongState):
        given(draft, by=owner)


# carried out


def test_what_is_saved_is_submitted_by_the_act_of_submitting(draft, owner):
    given(draft, by=owner)
    closing_in(draft.call, 2 * HOUR)

    order, receipt = the_order(), Receipt.objects.get()
    assert (order.status, order.receipt, order.reason) == ("DONE", receipt, "")
    assert (receipt.version, receipt.submitted_by) == (1, owner)
    assert receipt.issued_at < Call.objects.get().closes_at
    assert Attempt.objects.get().outcome == "ACCEPTED"
    assert Mail.objects.filter(subject__startswith="Received: application", to=owner.email).exists()
    acts = AuditRecord.objects.of_chain(draft.chain).values_list("act", flat=True)
    assert list(acts)[-3:] == ["standingorder.give", "application.submit", "standingorder.carry_out"]


def test_before_its_time_nothing_is_tried_and_a_moved_closing_is_followed(draft, owner):
    given(draft, by=owner)
    assert closing_in(draft.call, 4 * HOUR) == Call.objects.get().closes_at - 3 * HOUR
    assert (the_order().tried_at, Receipt.objects.exists()) == (None, False)


def words_of(client, owner, draft):
    client.force_login(owner)
    return client.get(draft.get_absolute_url()).content.decode()


def test_what_was_changed_after_the_first_try_is_submitted_at_the_last(client, draft, owner):
    given(draft, by=owner)
    closing_in(draft.call, 2 * HOUR)
    draft.refresh_from_db()
    edit_application(draft, by=owner, identity={"title": "Changed in the last minute"})
    page = words_of(client, owner, draft)
    assert "Your standing order submits what is saved at the closing time." in page
    assert "A standing order is given" in page
    assert "Submit again to send your edits." not in page
    assert closing_in(draft.call, HOUR / 2) is None

    order = the_order()
    assert (order.status, order.receipt.version) == ("DONE", 2)
    assert order.receipt.content["identity"]["title"] == "Changed in the last minute"


def test_twice_at_once_makes_one_version(draft, owner):
    given(draft, by=owner)
    for _time in range(2):
        closing_in(draft.call, 2 * HOUR)
    for _time in range(2):
        closing_in(draft.call, HOUR / 2)
    assert Receipt.objects.count() == 1


def test_what_was_submitted_by_hand_is_not_submitted_again(draft, owner):
    given(draft, by=owner)
    submit_application(draft, by=owner)
    closing_in(draft.call, 2 * HOUR)
    assert (the_order().status, Receipt.objects.count()) == ("DONE", 1)


def test_what_is_incomplete_has_until_the_last_try(owner):
    draft = a_complete_draft(
        by=owner, call=an_open_call(), at=clock.now(), timetable={"starts_on": "2099-01-01"}, identity={"title": ""}
    )  # fmt: skip
    given(draft, by=owner)
    closing_in(draft.call, 2 * HOUR)
    missed = the_order()
    assert missed.status == "STANDING"
    assert "not complete yet" in missed.reason
    draft.refresh_from_db()
    edit_application(draft, by=owner, identity={"title": "Complete at last"})
    closing_in(draft.call, HOUR / 2)
    assert (the_order().status, the_order().reason) == ("DONE", "")


def test_an_incomplete_one_fails_with_a_mail_that_says_what_counts(draft, owner):
    submitted = submit_application(draft, by=owner)
    given(submitted, by=owner)
    edit_application(submitted, by=owner, identity={"title": ""})
    closing_in(draft.call, HOUR / 2)

    order = the_order()
    assert order.status == "FAILED"
    mail = Mail.objects.get(subject__startswith="Not submitted: the standing order")
    assert mail.to == owner.email
    assert order.reason in mail.body
    assert "What counts is version 1" in mail.body
    assert Attempt.objects.first().outcome == "REFUSED"


def test_late_edits_that_are_incomplete_leave_the_version_of_the_first_try(draft, owner):
    given(draft, by=owner)
    closing_in(draft.call, 2 * HOUR)
    draft.refresh_from_db()
    edit_application(draft, by=owner, identity={"title": ""})
    for _time in range(2):
        closing_in(draft.call, HOUR / 2)
    order = the_order()
    assert (order.status, order.receipt.version) == ("DONE", 1)
    assert "not complete yet" in order.reason
    assert not Mail.objects.filter(subject__startswith="Not submitted").exists()


def test_whoever_may_not_submit_any_more_submits_nothing(draft, owner):
    given(draft, by=owner)
    colleague = an_applicant(owner.organisation)
    Membership.objects.filter(person=owner).update(until_at=clock.now(), status="ENDED")
    closing_in(draft.call, HOUR / 2)
    assert (the_order().status, Receipt.objects.exists()) == ("FAILED", False)
    mail = Mail.objects.get(subject__startswith="Not submitted")
    assert (mail.to, "Nothing of it counts as submitted." in mail.body) == (colleague.email, True)


def test_never_after_the_closing_time(draft, owner):
    given(draft, by=owner)
    closing_in(draft.call, -timedelta(seconds=1))
    order = the_order()
    assert (order.status, Receipt.objects.exists()) == ("FAILED", False)
    assert "too late" in order.reason


def test_one_that_breaks_stops_no_other(draft, owner, caplog):
    given(draft, by=owner)
    other = an_owner("MT")
    second = a_complete_draft(by=other, call=draft.call, at=clock.now(), timetable={"starts_on": "2099-01-01"})
    given(second, by=other)
    type(draft).objects.filter(pk=draft.pk).update(as_typed={"identity": 7})
    closing_in(draft.call, 2 * HOUR)
    broken, whole = (StandingOrder.objects.get(application=one) for one in (draft, second))
    assert (broken.status, whole.status) == ("STANDING", "DONE")
    assert broken.reason.startswith("A fault of this system.")
    assert "could not be carried out" in caplog.text


def test_many_give_their_turn_and_go_on(draft, owner, monkeypatch):
    monkeypatch.setattr("applications.schedule.TURN", -1)
    given(draft, by=owner)
    second = a_complete_draft(by=owner, call=draft.call, at=clock.now(), timetable={"starts_on": "2099-01-01"})
    given(second, by=owner)
    assert closing_in(draft.call, 2 * HOUR) <= clock.now()
    assert sorted(StandingOrder.objects.values_list("status", flat=True)) == ["DONE", "STANDING"]
    carry_out_orders(draft.call_id)
    assert set(StandingOrder.objects.values_list("status", flat=True)) == {"DONE"}
    assert carry_out_orders(draft.call_id) == Call.objects.get().closes_at - HOUR


def test_an_order_that_nobody_carried_out_is_no_proof(draft, owner):
    given(draft, by=owner)
    proof = PROOFS["standing orders ended before their calls were opened"]
    assert list(proof()) == []
    Call.objects.update(status="CHECKING")
    (sentence,) = proof()
    assert "was neither carried out nor given up" in sentence


# page and programs


def test_its_page_shows_what_would_be_submitted(client, draft, owner):
    submitted = submit_application(draft, by=owner)
    edit_application(submitted, by=owner, identity={"title": "Not sent yet"})
    client.force_login(owner)
    address = f"/applications/{draft.pk}/standing-order/"
    page = client.get(address).text
    assert "Not sent yet" in page
    assert "Submit what is saved at the closing time" in page
    assert client.post(address, {"give": "1"}).status_code == 302
    assert "A standing order is given" in client.get(f"/applications/{draft.pk}/").text
    assert "Take the order back" in client.get(address).text
    assert client.post(address, {"take_back": "1", "stamp": "7"}).status_code == 409
    assert client.post(address, {"take_back": "1", "stamp": "0"}).status_code == 302
    assert the_order().status == "TAKEN_BACK"
    client.force_login(an_applicant())
    assert client.get(address).status_code == 404


def test_its_page_says_what_is_missing_and_when_it_is_too_late(client, owner):
    draft = a_draft(by=owner, call=an_open_call(), at=clock.now())
    client.force_login(owner)
    address = f"/applications/{draft.pk}/standing-order/"
    assert "As it is saved now it could not be submitted" in client.get(address).text
    Call.objects.update(closes_at=clock.now() + 2 * HOUR)
    assert "An order can be given until three minutes before" in client.get(address).text
    assert client.post(address, {"give": "1"}).status_code == 409


def test_the_same_by_a_program(draft, owner):
    program = APIClient()
    program.force_authenticate(owner)
    address = f"/api/applications/{draft.pk}/standing_order/"
    assert program.get(address).data == []
    made = program.post(address)
    assert (made.status_code, made.data["status"], made.data["version"]) == (201, "STANDING", None)
    assert program.post(address).status_code == 409
    assert program.delete(address).data["status"] == "TAKEN_BACK"
    assert program.delete(address).status_code == 404
    assert [one["status"] for one in program.get(address).data] == ["TAKEN_BACK"]
