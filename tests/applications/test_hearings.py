"""Before an adverse decision: what is intended is told, observations come in time, and the office answers in words."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from rest_framework.test import APIClient

from applications.actions import (
    accept_application,
    add_condition,
    close_notice,
    consider_observations,
    exclude_application,
    extend_notice,
    observe,
    override_check,
    put_back_application,
    retract_application,
    submit_observations,
    withdraw_notice,
)
from applications.actions.asked import over_at
from applications.desk import waiting_for
from applications.models import Application, Hearing
from applications.schedule import look_at_hearing
from applications.states import HEARING, HearingStatus
from audit.models import AuditRecord
from core import clock
from core.days import day_of
from core.errors import Incomplete, NotAllowed, Stale, WrongState
from programmes.models import Call
from promises.models import Mail, Promise
from reports.proofs import PROOFS
from tests.applications.factories import PDF, a_file, a_notice, a_submitted, an_owner, heard
from tests.evaluation.factories import a_call_under_evaluation, an_assigned, an_eligible_application, an_open
from tests.factories import an_applicant, an_auditor, an_officer, everybody, golden_table

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHO_MAY_DO_WHAT = """
            owner  stranger  officer                evaluator  authorising  auditor  national  admin  system
SENT        reply  -         extend withdraw        -          -            -        -         -      expire fall
OBSERVED    -      -         consider               -          -            -        -         -      fall
SILENT      -      -         extend close withdraw  -          -            -        -         -      fall
CONSIDERED  -      -         -                      -          -            -        -         -      -
CLOSED      -      -         -                      -          -            -        -         -      -
WITHDRAWN   -      -         -                      -          -            -        -         -      -
"""


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


def in_days(number):
    return day_of(clock.now()) + number * DAY


def mails(subject):
    return Mail.objects.filter(subject__startswith=subject)


def found_by_hand(application, officer):
    return add_condition(application, criterion="Every partner is public", found="One is a company.", by=officer)


def exclude(application, officer):
    return exclude_application(application, by=officer, reason="Not public.")


def fresh(row):
    return type(row).objects.get(pk=row.pk)


# who may


def test_who_may_do_what(application, owner):
    row = Hearing(application=application)
    assert [name for name, one in everybody(owner.organisation).items() if HEARING.open_to(one, row)] == ["officer"]
    row._state.adding = False

    def row_in(status):
        row.status = status
        return row

    table = golden_table(HEARING, HearingStatus, everybody(owner.organisation), row_in)
    assert table == WHO_MAY_DO_WHAT.strip("\n")


def test_who_assesses_it_sends_no_notice():
    judged, assessor = an_eligible_application(a_call_under_evaluation()), an_officer()
    an_assigned(judged, assessor)
    with pytest.raises(NotAllowed):
        a_notice(judged, by=assessor)


# what needs one


def test_what_the_office_found_itself_excludes_nobody_unheard(application, officer, owner):
    found_by_hand(application, officer)
    with pytest.raises(Incomplete, match="heard first"):
        exclude(application, officer)
    row = a_notice(application, by=officer)
    with pytest.raises(WrongState, match="is open on"):
        exclude(application, officer)
    row = submit_observations(row, by=owner, text="It is public.")
    with pytest.raises(WrongState, match="observations received"):
        exclude(application, officer)
    with pytest.raises(Incomplete):
        consider_observations(row, by=officer, reason=" ")
    settled = consider_observations(row, by=officer, reason="Its statutes say otherwise.")
    assert (settled.status, settled.considered, settled.settled_by) == (
        "CONSIDERED", "Its statutes say otherwise.", officer,
    )  # fmt: skip
    assert exclude(fresh(application), officer).status == "INELIGIBLE"
    assert mails("Notice before a decision settled").get().to == owner.email


def test_a_ground_found_after_the_notice_needs_another_one(application, officer):
    found_by_hand(application, officer)
    heard(application, by=officer)
    add_condition(application, criterion="In two States", found="In one.", by=officer)
    with pytest.raises(Incomplete) as refusal:
        exclude(application, officer)
    assert list(refusal.value.gaps.values()) == ["In two States In one."]


def test_a_finding_turned_by_hand_needs_one_and_what_the_system_found_needs_none(application, officer):
    check = application.checks.create(
        status="PROPOSED", kind="ELIGIBILITY", code="X", criterion="C", found="f", passed_by_system=True, passed=True
    )
    override_check(check, by=officer, reason="Not so.")
    with pytest.raises(Incomplete, match="heard first"):
        exclude(application, officer)
    application.checks.filter(pk=check.pk).update(passed_by_system=False)
    assert exclude(fresh(application), officer).status == "INELIGIBLE"


def test_nothing_is_confirmed_as_eligible_that_a_notice_says_is_to_go_out_and_there_is_one_at_a_time(
    application, officer
):
    row = a_notice(application, by=officer)
    with pytest.raises(WrongState, match="open already"):
        a_notice(application, by=officer)
    with pytest.raises(WrongState, match=f"The notice {row.reference}.*Withdraw it"):
        accept_application(application, by=officer)
    withdraw_notice(row, by=officer, reason="It was our error.")
    again = a_notice(application, by=officer)
    assert (row.reference[-3:], again.reference[-3:]) == ("/N1", "/N2")
    withdraw_notice(again, by=officer, reason="Again.")
    assert accept_application(application, by=officer).status == "ELIGIBLE"


def test_a_measure_is_intended_only_while_it_can_be_decided(application, officer):
    ranked = an_eligible_application(a_call_under_evaluation())
    for one, measure, why in [
        (application, "LESS", "No award is in force"), (application, "REJECTION", "in the checks"),
        (ranked, "EXCLUSION", "back to the checks first"), (ranked, "REJECTION", "not signed yet"),
    ]:  # fmt: skip
        with pytest.raises(Incomplete) as refusal:
            a_notice(one, by=officer, measure=measure)
        assert why in refusal.value.gaps["measure"]


@pytest.mark.parametrize("observed", [False, True])
def test_what_leaves_the_procedure_is_asked_for_nothing_any_more(application, officer, owner, observed):
    row = a_notice(application, by=officer)
    if observed:
        row = submit_observations(row, by=owner, text="No.")
    retract_application(fresh(application), by=owner, reason="We have no money.")
    row = fresh(row)
    assert (row.status, row.because) == ("WITHDRAWN", "Its applicant withdrew the application from the procedure.")
    assert AuditRecord.objects.get(act="hearing.fall").reason == row.because
    assert [*waiting_for(owner, clock.now()), *waiting_for(officer, clock.now())] == []
    assert Promise.objects.get(kind="hearing").due_at <= clock.now()
    assert look_at_hearing(row.pk) is None
    with pytest.raises(WrongState):
        submit_observations(row, by=owner, text="More.")


def test_nothing_is_intended_against_what_is_out(application, officer):
    Application.objects.filter(pk=application.pk).update(status="INELIGIBLE")
    with pytest.raises(WrongState, match="not in the procedure"):
        a_notice(fresh(application), by=officer)
    put_back_application(fresh(application), by=officer, reason="Look again.")
    assert a_notice(fresh(application), by=officer).status == "SENT"


# its days


@pytest.mark.parametrize("days", [0, 14, 61])
def test_nobody_is_given_less_time_than_a_notice_needs_to_count_as_read(application, officer, days):
    with pytest.raises(Incomplete) as refusal:
        a_notice(application, by=officer, days=days)
    assert "Choose a day from" in refusal.value.gaps["due_on"]
    assert a_notice(application, by=officer, days=15).due_on == in_days(15)


def test_however_late_a_notice_counts_as_read_there_is_a_day_to_choose(application, officer):
    Call.objects.update(read_after_days=80)
    with pytest.raises(Incomplete, match="missing or wrong"):
        a_notice(fresh(application), by=officer, days=84)
    row = a_notice(fresh(application), by=officer, days=85)
    assert extend_notice(row, by=officer, reason="Ill.", due_on=in_days(90)).due_on == in_days(90)


def test_late_and_second_observations_are_refused_with_a_sentence(application, officer, owner):
    row = a_notice(application, by=officer)
    Hearing.objects.update(due_on=in_days(-1))
    with pytest.raises(WrongState, match="The time to answer ended"):
        observe(row, [a_file()], by=owner, text="Late.")
    assert not fresh(row).files.exists()
    Hearing.objects.update(due_on=in_days(1))
    observe(row, [a_file()], by=owner, text="In time.")
    with pytest.raises(WrongState, match="not possible now"):
        observe(row, [], by=an_applicant(owner.organisation), text="Me too.")


def test_the_clock_reminds_once_and_ends_it_and_silence_closes_it(application, officer, owner):
    found_by_hand(application, officer)
    row = a_notice(application, by=officer)
    assert Promise.objects.get(kind="hearing").due_at == row.until - 2 * DAY
    for _a_worker_that_died in range(2):
        assert look_at_hearing(row.pk) == over_at(row)
    assert mails("No observations yet").get().to == owner.email
    with pytest.raises(WrongState):
        close_notice(row, by=officer)
    Hearing.objects.update(due_on=in_days(-2))
    assert look_at_hearing(row.pk) is None
    assert mails("No observations came by").get().to == officer.email
    assert next(one.url for one in waiting_for(officer, clock.now())) == row.get_absolute_url()
    longer = extend_notice(row, by=officer, reason="They were ill.", due_on=in_days(3))
    assert longer.status == "SENT"
    Hearing.objects.update(due_on=in_days(-2))
    look_at_hearing(row.pk)
    assert close_notice(row, by=officer).status == "CLOSED"
    assert exclude(fresh(application), officer).status == "INELIGIBLE"


def test_an_officer_who_saw_an_older_page_settles_nothing(application, officer):
    row = a_notice(application, by=officer)
    extend_notice(row, by=officer, reason="Holidays.", due_on=in_days(30))
    with pytest.raises(Stale):
        withdraw_notice(row, by=an_officer(), reason="Settled.", base=row.stamp)


def test_an_applicant_who_saw_an_older_page_reads_what_is_different_and_no_name(client, application, officer, owner):
    row = a_notice(application, by=officer)
    client.force_login(officer)
    page = row.get_absolute_url()
    assert client.get(page).text.count("The applicant reads it, word for word.") == 1, "beside the reason to withdraw"
    assert f'href="{page}"' in client.get(f"{page}extend/").text.split("<h1")[0], "the way back"
    later = {"due_on": in_days(30), "reason": "Holidays.", "stamp": row.stamp}
    assert client.post(f"{page}extend/", later).status_code == 302
    stale = client.post(f"{page}extend/", {**later, "due_on": in_days(31)}).text
    assert "To be answered by: was" in stale
    assert "To be answered by: To be answered by" not in stale
    assert "right and send again" not in stale
    client.force_login(owner)
    refused = client.post(page, {"text": "No.", "stamp": row.stamp})
    assert refused.status_code == 409
    assert "The programme office changed" in refused.text
    assert officer.name not in refused.text
    assert officer.name not in client.get(f"/applications/{application.pk}/").text


# on the pages, and for programs


def test_an_officer_sends_one_by_the_page(client, application, officer):
    client.force_login(officer)
    url = f"/applications/{application.pk}/notice/"
    assert url in client.get(f"/applications/{application.pk}/").text
    assert "Not before" in client.get(url).text
    said = {
        "measure": "EXCLUSION",
        "text": "A secret fact.",
        "intended": "Exclusion.",
        "due_on": in_days(20),
        "key": "k",
    }
    short = client.post(url, {**said, "due_on": in_days(3)})
    assert short.status_code == 400
    assert "A secret fact." in short.text, "nothing typed is lost"
    first, second = client.post(url, said), client.post(url, said)
    assert first["Location"] == second["Location"]
    assert Hearing.objects.get().asked_by == officer
    assert "A secret" not in mails("Notice before a decision, observations by").get().body


def test_its_people_answer_by_the_page_and_read_what_came_of_it(client, application, officer, owner):
    row = a_notice(application, by=officer, text="A secret fact.")
    client.force_login(owner)
    page = row.get_absolute_url()
    assert [one.url for one in waiting_for(owner, clock.now())] == [page]
    assert page in client.get(f"/applications/{application.pk}/").text
    shown = client.get(page).text
    assert "A secret fact." in shown
    assert officer.name not in shown
    sent = client.post(page, {"text": "The second.", "files": [a_file(), a_file(name="b.pdf")], "stamp": row.stamp})
    assert sent.status_code == 302
    colleague = client.post(page, {"text": "What my colleague typed.", "stamp": row.stamp})
    assert colleague.status_code == 409
    assert "What my colleague typed." in colleague.text
    assert "not possible now" in colleague.text

    client.force_login(officer)
    assert "say how the observations" in waiting_for(officer, clock.now())[0].sentence
    assert client.post(f"{page}consider/", {"reason": ""}).status_code == 400
    client.post(f"{page}consider/", {"reason": "They do not change it.", "stamp": fresh(row).stamp})
    client.force_login(owner)
    assert "They do not change it." in client.get(page).text


def test_a_late_page_keeps_what_was_typed(client, application, officer, owner):
    row = a_notice(application, by=officer)
    Hearing.objects.update(due_on=in_days(-1))
    client.force_login(owner)
    late = client.post(row.get_absolute_url(), {"text": "Ten pages of it.", "stamp": row.stamp})
    assert late.status_code == 409
    assert "Ten pages of it." in late.text
    assert "The time to answer ended" in late.text


def test_the_applicant_the_commission_and_auditors_read_it_and_no_evaluator(client):
    judged, officer = an_eligible_application(a_call_under_evaluation()), an_officer()
    evaluator, owner = an_open(judged).evaluator, an_applicant(judged.applicant)
    Application.objects.update(status="CHECKING")
    row = a_notice(fresh(judged), by=officer, text="A secret")
    row = observe(row, [a_file()], by=owner, text="Not so.")
    file = row.files.get()
    for somebody in (owner, officer, an_auditor()):
        client.force_login(somebody)
        assert "A secret" in client.get(row.get_absolute_url()).text
        assert b"".join(client.get(f"/hearing-files/{file.pk}/").streaming_content) == PDF
    for somebody in (evaluator, an_applicant()):
        client.force_login(somebody)
        assert client.get(row.get_absolute_url()).status_code == 404
        assert client.get(f"/hearing-files/{file.pk}/").status_code == 404
    client.force_login(evaluator)
    assert "Notices before" not in client.get(f"/applications/{judged.pk}/").text
    assert client.get(f"/api/applications/{judged.pk}/hearings/").json() == []


def test_programs_send_observe_and_settle(application, officer, owner):
    office, applicant, url = APIClient(), APIClient(), f"/api/applications/{application.pk}/hearings/"
    office.force_authenticate(officer)
    applicant.force_authenticate(owner)
    said = {"measure": "EXCLUSION", "text": "x", "intended": "y", "due_on": in_days(20).isoformat()}
    assert applicant.post(url, said).status_code == 403
    row = office.post(url, said).json()
    one = f"{url}{row['id']}/"
    assert [each["asked_by"] for each in applicant.get(url).json()] == [""]
    later = {"due_on": in_days(30).isoformat(), "reason": "Holidays.", "stamp": row["stamp"]}
    assert office.post(f"{one}extend/", later).json()["due_on"] == in_days(30).isoformat()
    assert office.post(f"{one}close/", {}).status_code == 409
    answer = applicant.post(f"{one}reply/", {"text": "No.", "files": [a_file()]}, format="multipart").json()
    assert (answer["status"], len(answer["files"])) == ("OBSERVED", 1)
    file = applicant.get(f"/api/applications/{application.pk}/hearing-files/{answer['files'][0]['id']}/")
    assert b"".join(file.streaming_content) == PDF
    assert office.post(f"{one}consider/", {}).status_code == 400
    assert office.post(f"{one}consider/", {"reason": "Yes."}).json()["settled_by"] == officer.name
    other = office.post(url, said).json()
    assert office.post(f"{url}{other['id']}/withdraw/", {"reason": "Error."}).json()["status"] == "WITHDRAWN"


# proved


def test_what_came_late_was_changed_or_decided_meanwhile_is_found(application, officer, owner):
    row = observe(a_notice(application, by=officer), [a_file()], by=owner, text="No.")
    name = "observations came in time, before what was decided"
    assert list(PROOFS[name]()) == []
    default_storage.delete(row.files.get().path)
    (lost,) = PROOFS["attachments have their bytes"]()
    assert "of observations has lost its bytes" in lost
    Hearing.objects.update(due_on=in_days(-3))
    Application.objects.filter(pk=application.pk).update(status="INELIGIBLE")
    late, unheard = PROOFS[name]()
    assert "came after their last day" in late
    assert "is excluded, but" in unheard
