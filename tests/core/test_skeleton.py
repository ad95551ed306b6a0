"""The second edition of the skeleton: what an actor saw, births with a key, holds in one order, steps with a body."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import invite_colleague
from accounts.models import Invitation
from accounts.roles import is_officer, is_system
from applications.actions import (
    confirm_check,
    edit_application,
    open_application,
    override_check,
    start_application,
    submit_application,
)
from applications.models import Application, Check
from applications.states import APPLICATION
from audit.models import AuditRecord
from core import clock
from core.errors import NotAllowed, Stale, WrongState
from core.holds import ROW, Hold
from core.workflow import BACK, NEW, SAME, UNCHANGED, Bar, Workflow, step
from programmes.models import Call
from programmes.states import CallStatus
from promises.actions import promise, write_mail
from promises.models import Mail, Promise
from tests.applications.factories import a_complete_draft, a_submitted, an_owner
from tests.factories import NOON, a_call, an_officer, the_clock

pytestmark = pytest.mark.django_db
EVALUATION, RANKED, CHECKING = CallStatus.EVALUATION, CallStatus.RANKED, CallStatus.CHECKING
AFTER = datetime(2021, 1, 21, 16, 0, 1, tzinfo=UTC)
HERE = "tests.core.test_skeleton"


def an_opened():
    """An application whose call has closed and whose checks wait for an officer."""
    application = open_application(a_submitted(by=an_owner()), by=the_clock(), at=AFTER)
    Call.objects.filter(pk=application.call_id).update(status=CHECKING)
    return application


def a_life(*steps, **options):
    """A table of its own over calls, so that no table of the house is touched."""
    return Workflow(HERE, *steps, **options)


# a step has a body or the table's word that it needs none


def test_a_table_with_a_step_that_has_no_body_does_not_start():
    life = a_life(step("turn", {EVALUATION}, RANKED, is_system, "Turn"))
    with pytest.raises(TypeError, match=r"no body and are not declared bare: turn"):
        life.complete()
    with pytest.raises(TypeError, match="turn"):
        life.run("turn", a_call(status=EVALUATION), by=the_clock())
    assert AuditRecord.objects.count() == 0


def test_a_bare_step_needs_no_body_and_takes_none():
    life = a_life(step("turn", {EVALUATION}, RANKED, is_system, "Turn", bare=True))
    with pytest.raises(TypeError, match="declared bare"):
        life.action("turn")
    assert life.run("turn", a_call(status=EVALUATION), by=the_clock()).status == RANKED


def test_a_step_that_is_not_declared_bare_cannot_be_made_so_on_the_side():
    with pytest.raises(TypeError, match="needs its body"):
        a_life(step("turn", {EVALUATION}, RANKED, is_system, "Turn")).plain("turn")


def test_without_its_body_no_application_becomes_eligible():
    """What went wrong once: `accept` without its body moved an application with failed checks."""
    body = APPLICATION.actions.pop("accept")
    try:
        with pytest.raises(TypeError, match="accept"):
            APPLICATION.run("accept", an_opened(), by=an_officer())
    finally:
        APPLICATION.actions["accept"] = body
    assert Application.objects.get().status == "CHECKING"


# nothing to do is an answer


def test_a_body_that_finds_nothing_to_do_leaves_no_trace():
    life = a_life(step("turn", {EVALUATION}, RANKED, is_system, "Turn"))

    @life.action("turn")
    def turn(row, *, by, at):
        row.title = "Thrown away"
        return UNCHANGED

    answer = turn(a_call(status=EVALUATION), by=the_clock())
    assert (answer.status, answer.title, answer.stamp) == (EVALUATION, "Test call", 0)
    assert AuditRecord.objects.count() == 0


# only what is different is saved


def test_only_changed_columns_are_saved():
    life = a_life(step("turn", {EVALUATION}, RANKED, is_system, "Turn", bare=True))
    call = a_call(status=EVALUATION)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        life.run("turn", call, by=the_clock())
    [update] = [one["sql"] for one in asked if one["sql"].startswith("UPDATE")]
    assert "title" not in update
    assert '"status"' in update


def test_an_act_that_changes_nothing_is_recorded_and_outdates_nobody():
    life = a_life(step("look", {EVALUATION}, SAME, is_officer, "Look", bare=True))
    call = life.run("look", a_call(status=EVALUATION), by=an_officer())
    assert (AuditRecord.objects.get().act, call.stamp) == ("call.look", 0)


# back to where it came from


def a_life_with_a_pause():
    return a_life(
        step("pause", {EVALUATION, CHECKING}, RANKED, is_officer, "Pause", bare=True),
        step("resume", {RANKED}, BACK, is_officer, "Resume", bare=True),
    )


@pytest.mark.parametrize("status", [EVALUATION, CHECKING])
def test_a_step_may_lead_back_to_where_the_row_came_from(status):
    life, officer = a_life_with_a_pause(), an_officer()
    call = life.run("pause", a_call(status=status), by=officer)
    call = life.run("resume", call, by=officer)
    assert call.status == status
    life.run("pause", call, by=officer)
    assert life.run("resume", call, by=officer).status == status


def test_there_is_no_way_back_that_no_record_tells_of():
    with pytest.raises(WrongState, match="no way back"):
        a_life_with_a_pause().run("resume", a_call(status=RANKED), by=an_officer())


# what the actor saw


def test_an_act_on_an_outdated_page_is_refused_with_the_difference():
    """A stale “Confirm” once overturned a colleague's reasoned override and erased the reason."""
    check = an_opened().checks.filter(passed_by_system=True).first()
    colleague = an_officer(name="Jana Nováková")
    override_check(check, by=colleague, reason="The partner is not established there.")
    with pytest.raises(Stale) as refusal:
        confirm_check(check, by=an_officer(), base=check.stamp)
    assert "Jana Nováková" in str(refusal.value)
    said = {name: str(words) for name, words in refusal.value.gaps.items()}
    assert said == {
        "status": "Status: was “found by the system”, is now “overridden”",
        "passed": "Passed: was “yes”, is now “no”",
        "reason": "Reason: was “”, is now “The partner is not established there.”",
    }
    assert [record.act for record in refusal.value.since] == ["check.override"]
    kept = Check.objects.get(pk=check.pk)
    assert (kept.status, kept.passed, kept.reason) == ("OVERRIDDEN", False, "The partner is not established there.")


def test_the_button_of_an_outdated_page_is_refused(client):
    check = an_opened().checks.filter(passed_by_system=True).first()
    override_check(check, by=an_officer(), reason="Seen on paper.")
    client.force_login(an_officer())
    answer = client.post(f"/checks/{check.pk}/confirm/", {"stamp": check.stamp})
    assert answer.status_code == 409
    assert "Reason: was “”, is now “Seen on paper.”" in answer.text
    assert Check.objects.get(pk=check.pk).status == "OVERRIDDEN"


@pytest.mark.parametrize("base", ["", "x", "-1", -1, 7, "²", "99999999999999999999"])
def test_a_page_that_says_nonsense_has_seen_nothing_that_still_holds(base):
    check = an_opened().checks.filter(passed_by_system=True).first()
    with pytest.raises(Stale):
        confirm_check(check, by=an_officer(), base=base)


def test_whoever_does_not_say_what_they_saw_acts_on_what_is():
    check = an_opened().checks.filter(passed_by_system=True).first()
    override_check(check, by=an_officer(), reason="Seen on paper.")
    assert confirm_check(check, by=an_officer()).status == "CONFIRMED"


def test_steps_that_go_beside_each_other_do_not_outdate_a_page():
    owner = an_owner()
    draft = a_complete_draft(by=owner, call=a_call())
    edit_application(draft, by=owner, at=NOON, identity={"title": "New"})
    saved = edit_application(draft, by=owner, at=NOON, base=draft.stamp, content={"summary": "Short"})
    assert (saved.title, saved.summary) == ("New", "Short")
    with pytest.raises(Stale):
        submit_application(draft, by=owner, at=NOON, base=draft.stamp)


# births


def a_new_draft(owner, call):
    return Application(call=call, applicant=owner.organisation)


def test_equal_births_make_one_row():
    owner, call = an_owner(), a_call()
    first = start_application(a_new_draft(owner, call), by=owner, at=NOON, key="k-1")
    again = start_application(a_new_draft(owner, call), by=owner, at=NOON, key="k-1")
    assert again.pk == first.pk
    assert Application.objects.count() == 1
    assert AuditRecord.objects.filter(act="application.start").count() == 1


def test_another_key_another_sender_or_no_key_makes_another_row():
    owner, other, call = an_owner(), an_owner(), a_call()
    for by, key in [(owner, "k-1"), (owner, "k-2"), (other, "k-1"), (owner, None), (owner, None)]:
        start_application(a_new_draft(by, call), by=by, at=NOON, key=key)
    assert Application.objects.count() == 5


@pytest.mark.usefixtures("transactional_db")
def test_equal_births_at_once_make_one_row():
    now = clock.now()
    owner, call = an_owner(), a_call(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=9))
    start = threading.Barrier(5)

    def give_birth(_number):
        try:
            start.wait()
            return start_application(a_new_draft(owner, call), by=owner, key="one click too many").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as threads:
        assert len(set(threads.map(give_birth, range(5)))) == 1
    assert Application.objects.count() == 1


def test_a_program_that_sends_its_request_twice_gets_the_same_draft(client):
    now = clock.now()
    owner, call = an_owner(), a_call(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=9))
    client.force_login(owner)
    ask = {"content_type": "application/json", "headers": {"Idempotency-Key": "abc"}}
    ids = {client.post("/api/applications/", {"call": str(call.pk)}, **ask).json()["id"] for _twice in range(2)}
    assert len(ids) == 1


# holds


def test_holds_out_of_the_house_s_order_are_refused_when_the_table_is_read():
    late, early = Hold("late", 60), Hold("early", 20)
    with pytest.raises(TypeError, match="out of the house's order"):
        a_life(step("turn", {EVALUATION}, RANKED, is_system, "Turn", holds=[late, ROW]), place=50)
    with pytest.raises(TypeError, match="out of the house's order"):
        a_life(step("turn", {EVALUATION}, RANKED, is_system, "Turn", holds=[ROW, early]), place=50)
    assert a_life(step("turn", {EVALUATION}, RANKED, is_system, "Turn", holds=[early, ROW, late]), place=50)


def test_every_step_taken_by_its_name_holds_what_its_table_says(django_assert_num_queries):
    """Once `run("submit")` walked past the lock against closing: the registered act is the public one."""
    owner = an_owner()
    draft = a_complete_draft(by=owner, call=a_call())
    with CaptureQueriesContext(connection) as asked:
        APPLICATION.run("submit", draft, by=owner, at=NOON)
    locks = [one["sql"] for one in asked if "advisory" in one["sql"] or "FOR UPDATE" in one["sql"]]
    assert f"closing:{draft.call_id}" in locks[0]
    assert "shared" in locks[0]
    assert "FOR UPDATE" in locks[1]
    assert f"application:{draft.pk}" in locks[2]  # its chain of the trail; the numbers of the call are nobody's to hold
    assert len(locks) == 3


# who


def test_a_bar_shuts_out_whoever_the_rows_speak_against():
    never = Bar("is_unlucky", lambda user, row: "Ask somebody else.")
    life = a_life(step("turn", {EVALUATION}, RANKED, is_officer, "Turn", bare=True, bars=[never]))
    with pytest.raises(NotAllowed, match="Ask somebody else"):
        life.run("turn", a_call(status=EVALUATION), by=an_officer())
    with pytest.raises(NotAllowed, match="Ask somebody else"):
        life.may_open("turn", a_call(status=EVALUATION), by=an_officer())


def test_a_page_is_refused_as_its_act_would_be_without_a_reason_made_up():
    life = a_life(step("turn", {EVALUATION}, RANKED, is_officer, "Turn", needs_reason=True, bare=True))
    assert life.may_open("turn", a_call(status=EVALUATION), by=an_officer()) is None
    with pytest.raises(NotAllowed):
        life.may_open("turn", a_call(status=EVALUATION), by=the_clock())
    with pytest.raises(WrongState):
        life.may_open("turn", a_call(status=RANKED), by=an_officer())


def test_the_record_of_a_birth_holds_what_was_born():
    owner = an_owner()
    draft = start_application(a_new_draft(owner, a_call()), by=owner, at=NOON)
    changes = AuditRecord.objects.get(act="application.start").changes
    assert changes["call_id"] == [None, str(draft.call_id)]
    assert "stamp" not in changes


def test_no_record_tells_the_secrets_of_a_row():
    owner = an_owner()
    new = Invitation(organisation=owner.organisation, email="new@example.eu")
    invite_colleague(new, by=owner)
    changes = AuditRecord.objects.get(act="invitation.invite").changes
    assert changes["email"] == [None, "new@example.eu"]
    assert "secret_hash" not in changes


def test_a_new_row_has_its_own_state_in_the_table():
    assert step("make", {NEW}, SAME, is_officer, "Make").sources == {NEW}


# one clock


def test_one_act_reads_the_clock_once():
    life = a_life(step("turn", {EVALUATION}, RANKED, is_system, "Turn"))

    @life.action("turn")
    def turn(row, *, by, at):
        promise("no such kind", row)
        write_mail(to="a@example.eu", subject="S", body="B", about=row)

    with CaptureQueriesContext(connection) as asked:
        turn(a_call(status=EVALUATION), by=the_clock())
    assert sum("clock_timestamp" in one["sql"] for one in asked) == 1
    moments = {
        AuditRecord.objects.get().at,
        Mail.objects.get().written_at,
        *Promise.objects.values_list("made_at", flat=True),
    }
    assert len(moments) == 1


def test_after_the_act_the_clock_goes_on():
    life = a_life(step("turn", {EVALUATION}, RANKED, is_system, "Turn", bare=True))
    life.run("turn", a_call(status=EVALUATION), by=the_clock())
    assert clock.now() > AuditRecord.objects.get().at
    assert Call.objects.get().status == RANKED
