"""The ledger: each attempt to submit is written down first, whatever becomes of it, and nobody rewrites it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, InternalError, ProgrammingError, connection, transaction
from django.urls import reverse

from applications import documents
from applications.actions import (
    add_attachment,
    edit_application,
    open_application,
    submit_application,
    withdraw_application,
)
from applications.models import Application, Attempt, Receipt
from applications.shown.attempts import MOST, attempts_at
from core import clock
from core.errors import Incomplete, NotAllowed, Stale, WrongState
from core.middleware import ARRIVED
from reports.catalogue import REPORTS
from tests.applications.factories import a_complete_draft, a_draft, a_file, a_submitted, an_owner
from tests.applications.test_races import an_open_call, closed
from tests.factories import (
    AFTER,
    CLOSES,
    NOON,
    a_call,
    a_national_auditor,
    an_applicant,
    an_auditor,
    an_officer,
    the_clock,
)
from tests.reports.factories import about

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
SECRET = "what only the front server knows"


@pytest.fixture
def owner():
    return an_owner()


def a_ready(owner, **fields):
    return a_complete_draft(
        by=owner, call=an_open_call(**fields), at=clock.now(), timetable={"starts_on": "2099-01-01"}
    )  # fmt: skip


def the_only(application):
    return Attempt.objects.get(application=application)


def outcomes(application):
    return list(Attempt.objects.filter(application=application).order_by("noted_at").values_list("outcome", flat=True))


# what is written down


def test_an_accepted_attempt_says_when_by_whom_and_what_and_leads_to_its_receipt(owner):
    submitted = a_submitted(by=owner)
    attempt, receipt = the_only(submitted), submitted.receipts.get()

    assert (attempt.outcome, attempt.by, attempt.door, attempt.reason) == ("ACCEPTED", owner, "COMMAND", "")
    assert (attempt.arrived_at, attempt.noted_at) == (NOON, NOON)
    assert (attempt.receipt, attempt.sha256) == (receipt, receipt.sha256)
    assert attempt.answered_at is not None


def test_a_refused_attempt_says_every_sentence_that_was_said(owner):
    draft = a_draft(by=owner)
    with pytest.raises(Incomplete) as refusal:
        submit_application(draft, by=owner, at=NOON)

    attempt = the_only(draft)
    assert (attempt.outcome, attempt.receipt) == ("REFUSED", None)
    assert attempt.reason.splitlines()[0] == str(refusal.value.sentence)
    assert len(attempt.reason.splitlines()) > 5


def test_whoever_comes_late_finds_by_how_much(owner):
    draft = a_complete_draft(by=owner)
    with pytest.raises(WrongState):
        submit_application(draft, by=owner, at=CLOSES + SECOND)

    attempt = the_only(draft)
    assert (attempt.outcome, attempt.arrived_at) == ("REFUSED", CLOSES + SECOND)
    assert "1.000 seconds too late" in attempt.reason


def test_who_saw_an_older_one_is_refused_and_noted(owner):
    draft = a_complete_draft(by=owner)
    edit_application(draft, by=owner, at=NOON, identity={"title": "Another"})
    with pytest.raises(Stale):
        submit_application(draft, by=owner, at=NOON, base=draft.stamp)
    assert outcomes(draft) == ["REFUSED"]


def test_an_attempt_on_what_is_opened_already_is_noted_too(owner):
    submitted = a_submitted(by=owner)
    type(submitted.call).objects.update(status="CHECKING")
    open_application(submitted, by=the_clock(), at=AFTER)
    with pytest.raises(WrongState):
        submit_application(submitted, by=owner, at=AFTER)
    assert outcomes(submitted) == ["ACCEPTED", "REFUSED"]


@pytest.mark.parametrize("somebody", [an_officer, an_applicant], ids=["an officer", "another applicant"])
def test_whoever_does_not_speak_for_the_applicant_has_no_attempt_of_its(owner, somebody):
    """Else an evaluator who only tries the address would be named to the applicant."""
    draft = a_complete_draft(by=owner)
    with pytest.raises(NotAllowed):
        submit_application(draft, by=somebody(), at=NOON)
    assert not Attempt.objects.exists()


def test_what_is_sent_twice_is_two_attempts_with_one_receipt(owner):
    once = a_submitted(by=owner)
    submit_application(once, by=owner, at=NOON + SECOND)

    second, first = Attempt.objects.filter(application=once)
    assert first.receipt == second.receipt == once.receipts.get()
    assert second.reason == "Exactly this was submitted already."


def test_what_a_colleague_changed_meanwhile_is_submitted_as_it_is_now_and_noted_so(owner):
    draft = a_complete_draft(by=owner)
    edit_application(draft, by=an_applicant(owner.organisation), at=NOON, identity={"title": "Another"})

    submitted = submit_application(draft, by=owner, at=NOON)  # `draft` was read before

    receipt = submitted.receipts.get()
    assert receipt.content["identity"]["title"] == "Another"
    assert the_only(submitted).sha256 == receipt.sha256


# what dies in between


def test_an_attempt_that_died_stays_as_interrupted(transactional_db, owner, monkeypatch):
    """It was committed before the act began, so the act's end with all it wrote does not touch it."""
    draft = a_ready(owner)

    def dies(_receipt):
        raise DatabaseError("the server is gone")

    monkeypatch.setattr(documents, "receipt_mail", dies)
    with pytest.raises(DatabaseError):
        submit_application(draft, by=owner)

    attempt = the_only(draft)
    assert (attempt.outcome, attempt.reason, attempt.answered_at) == ("INTERRUPTED", "", None)
    assert not Receipt.objects.exists()
    monkeypatch.undo()
    submit_application(draft, by=owner)
    assert outcomes(draft) == ["INTERRUPTED", "ACCEPTED"]


def test_while_the_act_waits_the_attempt_stands_for_everybody(transactional_db, owner):
    draft = a_ready(owner)
    seen = []

    def hold():
        with transaction.atomic():
            Application.objects.select_for_update().get(pk=draft.pk)
            held.set()
            noted.wait(20)
            seen.extend(outcomes(draft))

    def submit():
        held.wait(20)
        return submit_application(draft, by=owner)

    def look():
        while not Attempt.objects.exists():
            threading.Event().wait(0.01)
        noted.set()

    held, noted = threading.Event(), threading.Event()
    with ThreadPoolExecutor(3) as threads:
        for done in [threads.submit(closed(act)) for act in (hold, submit, look)]:
            done.result()
    assert seen == ["INTERRUPTED"]
    assert outcomes(draft) == ["ACCEPTED"]


# nobody rewrites it


@pytest.mark.parametrize("statement", [
    "UPDATE applications_attempt SET outcome = 'REFUSED', receipt_id = NULL",
    "UPDATE applications_attempt SET reason = 'x'", "UPDATE applications_attempt SET answered_at = now()",
    "DELETE FROM applications_attempt",
], ids=["outcome", "reason", "answered", "delete"])  # fmt: skip
def test_an_answer_is_given_once_and_no_row_goes_even_for_the_owner(owner, statement):
    a_submitted(by=owner)
    with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("column", [
    "arrived_at = arrived_at - interval '1 hour'", "noted_at = noted_at - interval '1 second'", "stamp = 99",
    "door = 'API'", "request_id = 'x'", "key = gen_random_uuid()",
], ids=["arrived", "noted", "stamp", "door", "request", "key"])  # fmt: skip
def test_what_was_noted_stays_even_when_the_answer_is_filled_in(owner, column):
    attempt = interrupted(owner)
    answer = "outcome = 'REFUSED', reason = 'late', answered_at = now()"
    with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE applications_attempt SET {answer}, {column} WHERE id = %s", [attempt.pk])  # noqa: S608


def interrupted(owner):
    draft = a_draft(by=owner)
    return Attempt.objects.create(
        application=draft, by=owner, door="WEB", arrived_at=NOON, noted_at=NOON, stamp=0, sha256="0" * 64
    )


@pytest.mark.parametrize(("statement", "is_allowed"), [
    ("UPDATE applications_attempt SET outcome = 'REFUSED', reason = 'late', answered_at = now()", True),
    ("UPDATE applications_attempt SET arrived_at = now()", False),
    ("DELETE FROM applications_attempt", False), ("TRUNCATE applications_attempt", False),
], ids=["the answer", "the arrival", "delete", "empty"])  # fmt: skip
def test_the_servers_role_may_fill_in_the_answer_and_nothing_else(owner, settings, statement, is_allowed):
    """Without its triggers, too."""
    call_command("grant_rights")
    interrupted(owner)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(settings.DATABASE_APP_ROLE)}")
        if is_allowed:
            cursor.execute(statement)
        else:
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute(statement)
        cursor.execute("RESET ROLE")


# the same key again


def test_the_same_key_again_has_the_first_answer_though_a_colleague_wrote_in_between(owner):
    once = submit_application(a_complete_draft(by=owner), by=owner, at=NOON, key="k")
    edit_application(once, by=an_applicant(owner.organisation), at=NOON, identity={"title": "Another"})

    again = submit_application(once, by=owner, at=NOON + SECOND, key="k")

    assert (again.versions, again.attempt.receipt) == (1, once.receipts.get())
    assert again.attempt.reason == "The same request was sent again; it has the answer of the first one."
    assert submit_application(again, by=owner, at=NOON + SECOND, key="another").versions == 2


def test_the_same_key_again_has_the_first_answer_though_all_is_over(owner):
    once = submit_application(a_complete_draft(by=owner), by=owner, at=NOON, key="k")
    withdraw_application(once, by=owner, at=NOON, reason="a mistake")

    again = submit_application(once, by=owner, at=AFTER, key="k")

    assert (again.status, again.attempt.receipt.version) == ("WITHDRAWN", 1)


def test_a_refused_one_may_be_sent_again_with_its_key(owner):
    draft = a_complete_draft(by=owner, file=False)
    with pytest.raises(Incomplete):
        submit_application(draft, by=owner, at=NOON, key="k")
    draft = add_attachment(draft, a_file(), kind="DESCRIPTION", by=owner, at=NOON)
    assert submit_application(draft, by=owner, at=NOON + SECOND, key="k").versions == 1
    assert outcomes(draft) == ["REFUSED", "ACCEPTED"]


def test_a_key_is_its_senders_alone(owner):
    once = submit_application(a_complete_draft(by=owner), by=owner, at=NOON, key="k")
    colleague = an_applicant(owner.organisation)
    edit_application(once, by=colleague, at=NOON, identity={"title": "Another"})

    assert submit_application(once, by=colleague, at=NOON, key="k").versions == 2


# through every door


@pytest.fixture
def signed_in(client, owner):
    client.force_login(owner)
    return client


def press(client, application, **said):
    said = {"stamp": application.stamp, **said}
    return client.post(reverse("application_submit", args=[application.pk]), said)


def test_the_page_notes_what_it_sends_and_a_second_press_leads_to_the_same_receipt(signed_in, owner):
    draft = a_ready(owner)
    answers = [press(signed_in, draft, key="of this page") for _click in range(2)]

    assert len({answer["Location"] for answer in answers}) == 1
    first, second = Attempt.objects.filter(application=draft).order_by("noted_at")
    assert (first.door, len(first.request_id)) == ("WEB", 32)
    assert second.receipt == first.receipt


def test_a_refusal_says_on_the_page_that_the_attempt_is_noted_and_the_proposals_page_shows_it(signed_in, owner):
    draft = a_draft(by=owner, call=an_open_call(), at=clock.now())
    refused = press(signed_in, draft)

    assert refused.status_code == 400
    assert "This attempt is noted as having arrived on" in refused.content.decode()
    page = signed_in.get(draft.get_absolute_url()).content.decode()
    assert "Attempts to submit" in page
    attempt = the_only(draft)
    assert attempt.sha256 in page
    assert f"{len(attempt.reason.splitlines()) - 1} reasons" in page
    assert attempt.reason.splitlines()[1] in page


def test_a_press_after_the_opening_is_noted_and_refused_as_before(signed_in, owner):
    submitted = a_submitted(by=owner)
    type(submitted.call).objects.update(status="CHECKING")
    open_application(submitted, by=the_clock(), at=AFTER)

    assert press(signed_in, submitted).status_code == 409
    assert outcomes(submitted) == ["ACCEPTED", "REFUSED"]


def test_the_page_before_any_attempt_speaks_of_none(signed_in, owner):
    page = signed_in.get(a_draft(by=owner).get_absolute_url()).content.decode()
    assert "Attempts to submit" not in page


def test_a_program_sends_its_key_and_reads_the_ledger(client, owner):
    draft = a_ready(owner)
    client.force_login(owner)
    address = f"/api/applications/{draft.pk}/"
    for _lost_answer in range(2):
        answer = client.post(
            f"{address}submit/", {}, content_type="application/json", headers={"Idempotency-Key": "k"}
        )  # fmt: skip
        assert (answer.status_code, answer.json()["versions"]) == (200, 1)

    newest, first = client.get(f"{address}attempts/").json()
    assert (first["outcome"], first["version"], first["door"], first["by"]) == ("ACCEPTED", 1, "API", owner.name)
    assert newest["reason"].startswith("The same request")


def test_a_stranger_finds_no_ledger(client, owner):
    submitted = a_submitted(by=owner)
    client.force_login(an_applicant())
    assert client.get(f"/api/applications/{submitted.pk}/attempts/").status_code == 404


def test_an_officer_reads_no_ledger_of_a_single_application(owner):
    a_submitted(by=owner)
    assert not Attempt.objects.visible_to(an_officer()).exists()


def test_three_hundred_attempts_are_counted_and_the_newest_are_shown(owner):
    draft = a_draft(by=owner)
    Attempt.objects.bulk_create([
        Attempt(application=draft, by=owner, door="API", arrived_at=NOON + n * SECOND, noted_at=NOON + n * SECOND,
                stamp=0, sha256="0" * 64)
        for n in range(300)
    ])  # fmt: skip
    shown = attempts_at(draft, owner)
    assert (len(shown.rows), shown.earlier) == (MOST, 300 - MOST)
    assert shown.rows[0].attempt.noted_at == NOON + 299 * SECOND


# arrival counts


def test_what_arrived_before_closing_and_is_handled_after_is_received_as_it_arrived(signed_in, owner, settings):
    """The busy front server had it for two seconds; the call has closed one second ago."""
    settings.ARRIVAL_SECRET, settings.LONGEST_WAY_IN = SECRET, 25
    draft = a_ready(owner)
    closes_at = clock.now() - SECOND
    type(draft.call).objects.update(closes_at=closes_at)
    came = closes_at - SECOND

    answer = signed_in.post(
        reverse("application_submit", args=[draft.pk]), {"stamp": draft.stamp},
        headers={ARRIVED: f"{came.timestamp():.3f} {SECRET}"},
    )  # fmt: skip

    assert answer.status_code == 302
    receipt, attempt = draft.receipts.get(), the_only(draft)
    assert abs(receipt.issued_at - came) < timedelta(milliseconds=1)
    assert attempt.arrived_at == receipt.issued_at
    assert attempt.noted_at > closes_at


def test_what_came_later_and_was_saved_sooner_is_in_it_and_is_no_unsent_work(owner):
    """Two requests of one second: the saving overtook the submission, which had come first."""
    edited = edit_application(a_complete_draft(by=owner), by=owner, at=NOON + 2 * SECOND, identity={"title": "New"})
    submitted = submit_application(edited, by=owner, at=NOON + SECOND)

    assert submitted.receipts.get().content["identity"]["title"] == "New"
    assert not Application.objects.with_unsent_work().exists()


@pytest.mark.parametrize("secret", ["another", ""], ids=["a wrong secret", "no secret"])
def test_a_forged_header_makes_nobody_earlier(signed_in, owner, settings, secret):
    settings.ARRIVAL_SECRET, settings.LONGEST_WAY_IN = SECRET, 25
    draft = a_ready(owner)
    closes_at = clock.now() - SECOND
    type(draft.call).objects.update(closes_at=closes_at)

    answer = signed_in.post(
        reverse("application_submit", args=[draft.pk]), {"stamp": draft.stamp},
        headers={ARRIVED: f"{(closes_at - SECOND).timestamp():.3f} {secret}"},
    )  # fmt: skip

    assert answer.status_code == 409
    attempt = the_only(draft)
    assert (attempt.outcome, attempt.arrived_at > closes_at) == ("REFUSED", True)


def test_a_withdrawal_that_arrived_in_time_counts(signed_in, owner, settings):
    settings.ARRIVAL_SECRET, settings.LONGEST_WAY_IN = SECRET, 25
    submitted = a_submitted(by=owner, call=an_open_call(), at=clock.now(), timetable={"starts_on": "2099-01-01"})
    closes_at = clock.now() - SECOND
    type(submitted.call).objects.update(closes_at=closes_at)

    signed_in.post(
        f"{submitted.get_absolute_url()}withdraw/", {"reason": "a mistake", "stamp": submitted.stamp},
        headers={ARRIVED: f"{(closes_at - SECOND).timestamp():.3f} {SECRET}"},
    )  # fmt: skip

    submitted.refresh_from_db()
    assert submitted.status == "WITHDRAWN"


# the auditor's report


def reported(call, user):
    report = REPORTS["attempts"]
    names = [column.name for column in report.columns]
    return [dict(zip(names, values, strict=True)) for values in report.values(about(call), user)]


def test_the_report_tells_of_every_attempt_also_of_whoever_never_came_in(owner):
    call, late = a_call(), an_owner("MT")
    a_submitted(by=owner, call=call)
    draft = a_complete_draft(by=late, call=call)
    with pytest.raises(WrongState):
        submit_application(draft, by=late, at=CLOSES + SECOND)
    a_complete_draft(call=call)  # never tried
    assert reported(call, an_auditor()) == []  # nothing of a call that is not opened

    type(call).objects.update(status="CHECKING")
    Application.objects.filter(status="DRAFT").update(status="UNSENT")
    Application.objects.filter(status="SUBMITTED").update(status="CHECKING")

    accepted, refused = reported(call, an_auditor())
    assert (accepted["outcome"], accepted["version"], accepted["by"]) == ("accepted", 1, owner.name)
    assert (refused["outcome"], refused["number"], refused["member_state"]) == ("refused", "", "MT")
    assert "too late" in refused["reason"]
    assert [one["member_state"] for one in reported(call, a_national_auditor("MT"))] == ["MT"]
