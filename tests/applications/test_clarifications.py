"""After the opening an officer asks, the applicant answers in time, and not a letter of the proposal changes."""

from datetime import datetime, time, timedelta
from hashlib import sha256

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from rest_framework.test import APIClient

from applications.actions import (
    answer_clarification,
    ask_clarification,
    exclude_application,
    expire_clarification,
    extend_clarification,
    reply_to_clarification,
    retract_application,
    withdraw_clarification,
)
from applications.actions.clarifications import LONGEST, MOST_FILES, over_at
from applications.content import content_of, digest
from applications.desk import waiting_for
from applications.models import Application, Check, Clarification, ClarificationFile
from applications.schedule import look_at_clarification
from applications.states import CLARIFICATION, ClarificationStatus
from audit.models import AuditRecord
from core import clock
from core.days import BRUSSELS, day_of
from core.errors import Incomplete, NotAllowed, Stale, WrongState
from programmes.models import Call
from promises.models import Mail, Promise
from reports.proofs import PROOFS
from tests.applications.factories import PDF, a_file, a_submitted, an_owner
from tests.evaluation.factories import a_call_under_evaluation, an_assigned, an_eligible_application, an_open
from tests.factories import an_applicant, an_auditor, an_officer, everybody, golden_table, the_clock

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def owner():
    return an_owner()


@pytest.fixture
def officer():
    return an_officer()


@pytest.fixture
def application(owner):
    """Opened, its checks under way."""
    sent = a_submitted(by=owner)
    Application.objects.filter(pk=sent.pk).update(status="CHECKING")
    Call.objects.filter(pk=sent.call_id).update(status="CHECKING")
    return Application.objects.get(pk=sent.pk)


@pytest.fixture
def judged():
    """Eligible, its call under evaluation."""
    return an_eligible_application(a_call_under_evaluation())


def test_nobody_is_excluded_while_the_answer_may_still_come(application, officer):
    Check.objects.create(
        application=application, status="PROPOSED", kind="ELIGIBILITY", code="MIN_STATES", criterion="Two states",
        found="One", passed_by_system=False, passed=False, order=1,
    )  # fmt: skip
    question = asked(application, officer)
    with pytest.raises(WrongState, match="withdraw what you asked"):
        exclude_application(application, by=officer, reason="It is not eligible.")
    withdraw_clarification(question, by=officer, reason="We found it ourselves.")
    assert exclude_application(application, by=officer, reason="It is not eligible.").status == "INELIGIBLE"


def in_days(number):
    return day_of(clock.now()) + number * DAY


def asked(application, officer, *, days=10, **said):
    said = {"text": "Which of your units does the work?", "due_on": in_days(days), **said}
    return ask_clarification(Clarification(application=application), by=officer, **said)


def answered(row, *, by, uploads=(), **said):
    return answer_clarification(row, uploads, by=by, **{"text": "The second one.", **said})


def at_noon(day):
    return datetime.combine(day, time(12), BRUSSELS)


def mails(beginning):
    return Mail.objects.filter(subject__startswith=beginning)


# who may


WHO_MAY_DO_WHAT = """
           owner  stranger  officer          evaluator  authorising  auditor  national  admin  system
ASKED      reply  -         extend withdraw  -          -            -        -         -      expire fall
ANSWERED   -      -         -                -          -            -        -         -      -
EXPIRED    -      -         extend withdraw  -          -            -        -         -      fall
WITHDRAWN  -      -         -                -          -            -        -         -      -
"""


def test_who_may_do_what_with_a_clarification(application, owner):
    row = Clarification(application=application)
    may_ask = [name for name, one in everybody(owner.organisation).items() if CLARIFICATION.open_to(one, row)]
    assert may_ask == ["officer"]
    row._state.adding = False

    def row_in(status):
        row.status = status
        return row

    table = golden_table(CLARIFICATION, ClarificationStatus, everybody(owner.organisation), row_in)
    assert table == WHO_MAY_DO_WHAT.strip("\n")


def test_who_assesses_it_asks_nothing(judged):
    assessor = an_officer()
    an_assigned(judged, assessor)
    with pytest.raises(NotAllowed):
        asked(judged, assessor)


# asked


def test_asked_it_tells_everybody_of_the_applicant_and_says_nothing_in_the_mail(application, officer, owner):
    row = asked(application, officer, text="A secret question")
    (mail,) = mails("Clarification wanted by")
    assert mail.to == owner.email
    assert "A secret question" not in mail.body
    assert f"/clarifications/{row.pk}/" in mail.body
    assert Promise.objects.get(kind="clarification").due_at == row.until - 2 * DAY
    assert AuditRecord.objects.get(act="clarification.ask").actor_id == str(officer.pk)


@pytest.mark.parametrize("days", [0, -1, LONGEST.days + 1], ids=["today", "yesterday", "too far"])
def test_its_last_day_lies_ahead_and_not_too_far(application, officer, days):
    with pytest.raises(Incomplete) as refusal:
        asked(application, officer, days=days)
    assert "Choose a day from" in refusal.value.gaps["due_on"]
    assert not Clarification.objects.exists()


def test_nothing_is_asked_of_what_is_not_in_the_procedure(application, officer, owner):
    Call.objects.filter(pk=application.call_id).update(status="DECIDED")
    with pytest.raises(WrongState, match="nothing to clarify"):
        asked(Application.objects.get(pk=application.pk), officer)
    Call.objects.filter(pk=application.call_id).update(status="CHECKING")
    open_one = asked(Application.objects.get(pk=application.pk), officer)
    retracted = retract_application(Application.objects.get(pk=application.pk), by=owner, reason="No money.")
    assert Clarification.objects.get(pk=open_one.pk).status == "WITHDRAWN", "nobody waits for its answer"
    with pytest.raises(WrongState, match="nothing to clarify"):
        asked(retracted, officer)


# answered


def test_the_answer_changes_nothing_of_the_application(application, officer, owner):
    before = Application.objects.filter(pk=application.pk).values().get()
    content = digest(content_of(application))
    row = answered(asked(application, officer), by=owner, uploads=[a_file(name="organigram.pdf")])
    assert (row.status, row.answer, row.answered_by) == ("ANSWERED", "The second one.", owner)
    assert Application.objects.filter(pk=application.pk).values().get() == before
    assert digest(content_of(Application.objects.get(pk=application.pk))) == content == application.sent_hash
    file = row.files.get()
    assert (file.name, file.sha256) == ("organigram.pdf", sha256(PDF).hexdigest())
    told = AuditRecord.objects.get(act="clarification.reply")
    assert told.changes["documents"][1] == [{"name": "organigram.pdf", "sha256": file.sha256}]
    assert [mail.to for mail in mails("Clarification received")] == [officer.email]


def test_it_is_answered_once(application, officer, owner):
    row = asked(application, officer)
    answered(row, by=owner)
    with pytest.raises(WrongState, match="not possible now"):
        answered(row, by=owner, text="Another one.")


def test_nobody_else_answers(application, officer):
    row = asked(application, officer)
    for somebody in (officer, an_applicant()):
        with pytest.raises(NotAllowed):
            answered(row, by=somebody)


def test_its_whole_last_day_counts_and_not_a_moment_more(application, officer, owner):
    row = asked(application, officer)
    end = datetime.combine(row.due_on + DAY, time(), BRUSSELS)
    with pytest.raises(WrongState, match="The time to answer ended with"):
        reply_to_clarification(row, by=owner, text="Late.", at=end)
    assert Clarification.objects.get().status == "ASKED"
    taken = reply_to_clarification(row, by=owner, text="In time.", at=end - timedelta(microseconds=1))
    assert taken.status == "ANSWERED"
    assert list(PROOFS["clarifications were answered in time"]()) == []


def test_a_refused_answer_leaves_no_file_behind(application, officer, owner):
    row = asked(application, officer)
    before = set(default_storage.listdir("")[0])
    with pytest.raises(Incomplete):
        answered(row, by=owner, uploads=[a_file(), a_file(b"MZ no document", name="tool.pdf")])
    with pytest.raises(Incomplete):
        answered(row, by=owner, uploads=[a_file()] * (MOST_FILES + 1))
    kept = [
        name for folder in set(default_storage.listdir("")[0]) - before for name in default_storage.listdir(folder)[1]
    ]
    assert kept == []
    assert not ClarificationFile.objects.exists()


def test_the_database_wants_an_answer_and_a_reason(application, officer):
    row = Clarification.objects.filter(pk=asked(application, officer).pk)
    with pytest.raises(IntegrityError, match="an_answered_clarification"), transaction.atomic():
        row.update(status="ANSWERED")
    with pytest.raises(IntegrityError, match="a_withdrawn_clarification"), transaction.atomic():
        row.update(status="WITHDRAWN")


# more time, or none


def test_more_time_has_a_reason_and_is_never_less(application, officer, owner):
    row = asked(application, officer)
    with pytest.raises(Incomplete):
        extend_clarification(row, by=officer, reason="", due_on=in_days(20))
    for days in (9, 10):
        with pytest.raises(Incomplete) as refusal:
            extend_clarification(row, by=officer, reason="Holidays.", due_on=in_days(days))
        assert "never shortened" in refusal.value.gaps["due_on"]
    longer = extend_clarification(row, by=an_officer(), reason="Holidays.", due_on=in_days(20))
    assert (longer.due_on, longer.because) == (in_days(20), "Holidays.")
    assert Promise.objects.get(kind="clarification").due_at == longer.until - 2 * DAY
    assert mails("Clarification wanted by").count() == 2


def test_an_officer_who_saw_an_older_page_moves_nothing(application, officer):
    row = asked(application, officer)
    extend_clarification(row, by=officer, reason="Holidays.", due_on=in_days(20))
    with pytest.raises(Stale):
        withdraw_clarification(row, by=an_officer(), reason="Settled.", base=row.stamp)


def test_withdrawn_it_says_why_and_is_not_answered(application, officer, owner):
    row = withdraw_clarification(asked(application, officer), by=officer, reason="It stands in annex 2.")
    assert mails("No clarification is wanted any more").get().to == owner.email
    with pytest.raises(WrongState):
        answered(row, by=owner)


# the clock


def test_the_clock_reminds_once_and_ends_it_when_its_day_is_over(application, officer, owner):
    row = asked(application, officer)
    for _a_worker_that_died in range(2):
        assert look_at_clarification(row.pk) == over_at(row)
    assert mails("Not answered yet").get().to == owner.email
    Clarification.objects.update(due_on=in_days(-2))
    assert look_at_clarification(row.pk) is None
    row.refresh_from_db()
    assert row.status == "EXPIRED"
    assert [mail.to for mail in mails("No clarification came by")] == [officer.email]
    assert look_at_clarification(row.pk) is None, "there is nothing left to do"
    again = extend_clarification(row, by=officer, reason="They were ill.", due_on=in_days(3))
    assert answered(again, by=owner).status == "ANSWERED"


def test_with_a_day_left_there_is_no_reminder_before_the_end(application, officer):
    row = asked(application, officer, days=1)
    assert Promise.objects.get(kind="clarification").due_at == over_at(row)


def test_only_the_clock_ends_it(application, officer):
    with pytest.raises(NotAllowed):
        expire_clarification(asked(application, officer), by=officer)
    assert expire_clarification(Clarification.objects.get(), by=the_clock()).status == "EXPIRED"


# who reads it


def test_the_applicant_the_commission_and_auditors_read_it(client, application, officer, owner):
    row = answered(asked(application, officer), by=owner, uploads=[a_file(name="organigram.pdf")])
    file = row.files.get()
    for somebody in (owner, officer, an_auditor()):
        client.force_login(somebody)
        shown = client.get(f"/clarifications/{row.pk}/").text
        assert "The second one." in shown
        assert (officer.name in shown) is (somebody != owner), "the applicant reads that the office asked"
        assert f"/clarifications/{row.pk}/" in client.get(f"/applications/{application.pk}/").text
        assert b"".join(client.get(f"/clarification-files/{file.pk}/").streaming_content) == PDF
    client.force_login(an_applicant())
    assert client.get(f"/clarifications/{row.pk}/").status_code == 404
    assert client.get(f"/clarification-files/{file.pk}/").status_code == 404


def test_an_evaluator_reads_neither_question_nor_answer(client, judged, officer):
    evaluator, owner, application = an_open(judged).evaluator, an_applicant(judged.applicant), judged
    row = answered(asked(application, officer, text="A secret"), by=owner, uploads=[a_file()])
    client.force_login(evaluator)
    shown = client.get(f"/applications/{application.pk}/")
    assert shown.status_code == 200
    assert "larification" not in shown.text
    assert client.get(f"/clarifications/{row.pk}/").status_code == 404
    assert client.get(f"/clarification-files/{row.files.get().pk}/").status_code == 404
    assert "A secret" not in client.get(f"/api/applications/{application.pk}/").text
    assert client.get(f"/api/applications/{application.pk}/clarifications/").json() == []


# on the pages, and for programs


def test_by_the_pages_of_both(client, application, officer, owner):
    client.force_login(officer)
    assert "Ask the applicant for a clarification" in client.get(f"/applications/{application.pk}/").text
    url = f"/applications/{application.pk}/ask/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"text": "", "due_on": ""}).status_code == 400
    assert client.post(url, {"text": "Which unit?", "due_on": in_days(0).isoformat()}).status_code == 400
    said = {"text": "Which unit?", "due_on": in_days(10).isoformat(), "key": "k"}
    first, second = client.post(url, said), client.post(url, said)
    assert first["Location"] == second["Location"]
    row = Clarification.objects.get()
    more = client.post(f"{row.get_absolute_url()}extend/", {"due_on": in_days(20).isoformat(), "reason": "Holidays."})
    assert more["Location"] == row.get_absolute_url()
    assert client.get(f"{row.get_absolute_url()}extend/").status_code == 200

    client.force_login(owner)
    assert [one.url for one in waiting_for(owner, clock.now())] == [row.get_absolute_url()]
    assert "Holidays." in client.get(row.get_absolute_url()).text
    assert client.post(row.get_absolute_url(), {"text": ""}).status_code == 400
    sent = client.post(row.get_absolute_url(), {"text": "The second.", "files": [a_file(), a_file(name="b.pdf")]})
    assert sent.status_code == 302
    assert "Send the answer" not in client.get(row.get_absolute_url()).text
    assert Clarification.objects.get().files.count() == 2
    assert client.post(row.get_absolute_url(), {"text": "Again."}).status_code == 409


def test_an_officer_withdraws_by_the_button(client, application, officer):
    row = asked(application, officer)
    client.force_login(officer)
    client.post(f"/clarifications/{row.pk}/withdraw/", {"reason": "Settled.", "stamp": row.stamp})
    row.refresh_from_db()
    assert (row.status, row.because) == ("WITHDRAWN", "Settled.")


def test_programs_ask_answer_extend_and_withdraw(application, officer, owner):
    office, applicant, url = APIClient(), APIClient(), f"/api/applications/{application.pk}/clarifications/"
    office.force_authenticate(officer)
    applicant.force_authenticate(owner)
    said = {"text": "Which unit?", "due_on": in_days(10).isoformat()}
    row = office.post(url, said).json()
    assert row["asked_by"] == officer.name
    assert [one["asked_by"] for one in applicant.get(url).json()] == [""]
    assert applicant.post(url, said).status_code == 403
    later = {"due_on": in_days(20).isoformat(), "reason": "Holidays.", "stamp": row["stamp"]}
    assert office.post(f"{url}{row['id']}/extend/", later).json()["due_on"] == in_days(20).isoformat()
    sent = {"text": "The second.", "files": [a_file()]}
    answer = applicant.post(f"{url}{row['id']}/reply/", sent, format="multipart").json()
    assert (answer["status"], len(answer["files"])) == ("ANSWERED", 1)
    file = f"/api/applications/{application.pk}/clarification-files/{answer['files'][0]['id']}/"
    assert b"".join(office.get(file).streaming_content) == PDF
    other = office.post(url, said).json()
    assert office.post(f"{url}{other['id']}/withdraw/", {}).status_code == 400
    assert office.post(f"{url}{other['id']}/withdraw/", {"reason": "Settled."}).json()["status"] == "WITHDRAWN"


# proved


def test_a_document_that_was_changed_and_an_answer_behind_its_day_are_found(application, officer, owner):
    row = answered(asked(application, officer), by=owner, uploads=[a_file()])
    assert list(PROOFS["attachments have their bytes"]()) == []
    path = row.files.get().path
    default_storage.delete(path)
    (lost,) = PROOFS["attachments have their bytes"]()
    assert "of a clarification has lost its bytes" in lost
    Clarification.objects.update(due_on=in_days(-3))
    (late,) = PROOFS["clarifications were answered in time"]()
    assert "was answered after its last day" in late
