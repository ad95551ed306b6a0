"""A withdrawal is undone: the version submitted last counts again, as it was received."""

from datetime import timedelta

import pytest

from applications.actions import (
    edit_application,
    open_application,
    reinstate_application,
    restore_application,
    submit_application,
    withdraw_application,
)
from applications.states import APPLICATION
from core import clock
from core.errors import NotAllowed, Stale, WrongState
from promises.models import Mail
from tests.applications.factories import a_draft, a_submitted, an_owner
from tests.applications.test_races import an_open_call
from tests.factories import AFTER, CLOSES, NOON, an_applicant, the_clock

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def owner():
    return an_owner()


def withdrawn(owner, **fields):
    return withdraw_application(a_submitted(by=owner, **fields), by=owner, at=NOON, reason="a mistake")


def test_the_submitted_version_counts_again_with_its_own_time_and_number(owner):
    before = a_submitted(by=owner)
    again = reinstate_application(
        withdraw_application(before, by=owner, at=NOON, reason="a mistake"), by=owner, at=LATER
    )  # fmt: skip

    assert (again.status, again.versions, again.submitted_at) == ("SUBMITTED", 1, NOON)
    assert (again.reference, again.sent_hash) == (before.reference, before.sent_hash)
    assert Mail.objects.filter(subject=f"Counts again: application {again}", to=owner.email).count() == 1


def test_what_is_opened_is_what_was_received_not_the_edits_from_before_the_withdrawal(owner):
    sent = a_submitted(by=owner)
    edited = edit_application(sent, by=owner, at=NOON, identity={"title": "Never sent"})
    again = reinstate_application(
        withdraw_application(edited, by=owner, at=NOON, reason="a mistake"), by=owner, at=LATER
    )  # fmt: skip
    type(again.call).objects.update(status="CHECKING")

    assert open_application(again, by=the_clock(), at=AFTER).title == "Joint analysis of online fraud"


def test_a_draft_that_was_never_received_has_nothing_that_could_count(owner):
    draft = withdraw_application(a_draft(by=owner), by=owner, at=NOON, reason="a mistake")

    assert [step.name for step in APPLICATION.buttons(owner, draft)] == ["restore"]
    with pytest.raises(NotAllowed):
        reinstate_application(draft, by=owner, at=LATER)


def test_after_closing_nothing_is_undone(owner):
    with pytest.raises(WrongState, match="too late"):
        reinstate_application(withdrawn(owner), by=owner, at=CLOSES)


def test_a_colleague_who_restored_it_as_a_draft_meanwhile_is_not_written_over(owner):
    gone = withdrawn(owner)
    restore_application(gone, by=an_applicant(owner.organisation), at=NOON)

    with pytest.raises((Stale, WrongState)):
        reinstate_application(gone, by=owner, at=LATER, base=gone.stamp)


def test_after_the_undoing_it_is_edited_and_submitted_as_before(owner):
    again = reinstate_application(withdrawn(owner), by=owner, at=LATER)
    again = edit_application(again, by=owner, at=LATER, identity={"title": "Another"})
    assert submit_application(again, by=owner, at=LATER).versions == 2


def test_the_page_offers_it_and_the_button_does_it(client, owner):
    call = an_open_call()
    sent = a_submitted(by=owner, call=call, at=clock.now(), timetable={"starts_on": "2099-01-01"})
    gone = withdraw_application(sent, by=owner, reason="a mistake")
    client.force_login(owner)
    page = client.get(gone.get_absolute_url()).content.decode()
    assert "Undo the withdrawal" in page
    assert "version 1 counts again" in page.replace("\n", " ")

    client.post(f"{gone.get_absolute_url()}reinstate/", {"stamp": gone.stamp})

    gone.refresh_from_db()
    assert gone.status == "SUBMITTED"
