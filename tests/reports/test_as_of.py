"""What a report said on a day, it says of that day for ever: the file, the page, the API, the record."""

import json
from datetime import timedelta

import pytest
from django.db.models import Value
from django.db.models.functions import Concat
from django.urls import reverse
from python_calamine import CalamineWorkbook

from accounts.models import Organisation, User
from audit.checkpoints import place_records
from audit.models import AuditRecord, Checkpoint
from audit.record import record
from core import clock
from core.errors import Incomplete, NotAllowed, WrongState
from core.past import as_of
from programmes.models import Call
from reports.about import About
from reports.actions import ask_for_report, fetch_report
from reports.catalogue import REPORTS
from reports.documents import draw_file
from reports.models import ReportFile
from tests.evaluation.factories import an_assigned
from tests.factories import a_call, a_national_auditor, an_auditor, an_authorising_officer, an_officer
from tests.past import long_ago
from tests.reports.factories import about, an_application, bytes_of, text_of

pytestmark = pytest.mark.django_db
FORMS = ("csv", "xlsx", "pdf")


def asked(report, call, form="csv", *, by=None, at=None):
    file = ReportFile(report=report, about=about(call).as_data(), form=form, at=at)
    return ask_for_report(file, by=by or an_auditor())


def drawn(*args, **options):
    file = asked(*args, **options)
    draw_file(file)
    file.refresh_from_db()
    return file


@pytest.fixture
def yesterday(reviewed):
    """All of the decided call lies an hour back; the name of two applicants, the same, was corrected since."""
    decided, applicant = reviewed, reviewed.entries[0].applicant
    both = Organisation.objects.filter(pk__in=[applicant.pk, reviewed.entries[2].applicant_id])
    both.update(name=applicant.name)
    then = long_ago()
    both.update(name="Corrected since")
    decided.old_name = applicant.name
    decided.then = then
    return decided


@pytest.mark.parametrize("slug", [slug for slug in REPORTS if "applicant" in (REPORTS[slug].paper or ())])
def test_a_report_as_of_then_has_the_names_of_then(yesterday, slug):
    today, of_then = drawn(slug, yesterday.call), drawn(slug, yesterday.call, at=yesterday.then)
    assert "Corrected since" in bytes_of(today).decode()
    assert "Corrected since" not in bytes_of(of_then).decode()
    assert yesterday.old_name in bytes_of(of_then).decode()


@pytest.mark.parametrize("slug", [slug for slug in REPORTS if slug not in {"checkpoints", "access-log"}])
def test_every_report_has_a_past(yesterday, slug):
    """As of then it says what it said then, though since then everybody got another name."""
    report, user = REPORTS[slug], an_auditor()
    then = long_ago()
    place_records()
    said = list(report.values(about(yesterday.call), user))
    Organisation.objects.update(name=Concat("name", Value(" renamed")))
    User.objects.update(name=Concat("name", Value(" renamed")))
    yesterday.call.criteria.update(title="renamed")
    yesterday.decision.letters.filter(status="SENT").update(status="READ", read_at=clock.now())
    with as_of(then):
        assert list(report.values(about(yesterday.call), user)) == said
    assert said


def test_of_the_checkpoints_those_that_stood_then(yesterday):
    place_records()
    then = Checkpoint.objects.newest()
    record("call.note", yesterday.call, by=an_officer(), at=clock.now())
    place_records()
    reader = an_auditor()
    with as_of(then.at):
        sizes = [row[0] for row in REPORTS["checkpoints"].values(about(yesterday.call), reader)]
    assert sizes == list(range(1, then.size + 1))
    assert Checkpoint.objects.newest().size == then.size + 1


@pytest.mark.parametrize("form", FORMS)
def test_the_file_says_as_of_when_it_tells(yesterday, form):
    file = drawn("award-decision", yesterday.call, form, at=yesterday.then)
    stamp = f"{yesterday.then:%Y%m%dT%H%M%SZ}"
    assert f"_as-of-{stamp}_" in file.name
    if form == "xlsx":
        import io

        book = CalamineWorkbook.from_filelike(io.BytesIO(bytes_of(file)))
        assert "Brussels time" in dict(book.get_sheet_by_name("Source").to_python())["As of"]
    if form == "pdf":
        assert "as of 20" in text_of(file).replace("\n", " ")
    today = drawn("award-decision", yesterday.call, form)
    assert "as-of" not in today.name


@pytest.mark.parametrize("form", FORMS)
def test_the_same_moment_gives_the_same_bytes_whatever_happened_since(yesterday, form):
    first = drawn("ranked-list", yesterday.call, form, at=yesterday.then)
    Call.objects.filter(pk=yesterday.call.pk).update(title="Renamed")
    Organisation.objects.update(latin_name="x")
    yesterday.call.criteria.update(title="Renamed")
    second = drawn("ranked-list", yesterday.call, form, at=yesterday.then)
    assert bytes_of(first) == bytes_of(second)
    assert bytes_of(first) != bytes_of(drawn("ranked-list", yesterday.call, form))


def test_the_state_of_the_data_is_that_of_then(yesterday):
    from awards.actions import confirm_letter_read

    before = drawn("notifications", yesterday.call, at=yesterday.then)
    letter = yesterday.decision.letters.get(application=yesterday.entries[1])
    confirm_letter_read(letter, by=letter.application.applicant.users.get())
    after = drawn("notifications", yesterday.call, at=yesterday.then)
    assert before.data_at == after.data_at < drawn("notifications", yesterday.call).data_at
    assert b"opened" in bytes_of(after)
    assert bytes_of(after).count(b"not yet") == bytes_of(drawn("notifications", yesterday.call)).count(b"not yet") + 1


def test_asking_and_taking_are_recorded_with_the_moment(yesterday):
    auditor = an_auditor()
    file = drawn("checks", yesterday.call, at=yesterday.then, by=auditor)
    fetch_report(file, by=auditor)
    ask, fetch = AuditRecord.objects.filter(actor_id=str(auditor.pk)).order_by("pk")
    assert ask.changes["at"][1] == fetch.changes["at"][1]
    assert ask.changes["at"][1].startswith(f"{yesterday.then:%Y-%m-%dT%H:%M}")
    assert ask.changes["about"][1] == {"call": str(yesterday.call.pk)}


def test_a_national_auditor_of_then_sees_the_own_member_state_only(yesterday):
    auditor = a_national_auditor("FR")
    for slug in ("checks", "ranked-list", "submissions", "audit-trail"):
        content = bytes_of(drawn(slug, yesterday.call, at=yesterday.then, by=auditor)).decode()
        assert yesterday.entries[2].reference in content
        for other in (yesterday.entries[0], yesterday.entries[1], yesterday.excluded):
            assert other.reference not in content


# refusals


def test_what_has_no_past_is_refused_in_words(yesterday):
    now = clock.now()
    for moment, said in [
        (now + timedelta(days=1), "The past ends a minute ago"),
        (now, "The past ends a minute ago"),
        (now - timedelta(days=4000), "Nothing is known of what was before"),
    ]:
        with pytest.raises(Incomplete) as refused:
            asked("checks", yesterday.call, at=moment)
        assert said in refused.value.gaps["at"]
    assert not ReportFile.objects.exists()


def test_a_call_that_was_not_there_yet_or_not_far_enough_is_refused(yesterday):
    young = a_call(status="CHECKING")
    with pytest.raises(WrongState, match="was not there yet at that moment"):
        asked("checks", young, at=yesterday.then)
    yesterday.call.refresh_from_db()
    Call.objects.filter(pk=young.pk).update(status="EVALUATION")
    then = long_ago()
    Call.objects.filter(pk=young.pk).update(status="RANKED")
    with pytest.raises(WrongState, match="nothing to say yet"):
        asked("ranked-list", young, at=then)
    assert asked("ranked-list", young)


def test_who_is_kept_from_an_application_today_may_not_look_into_its_past(yesterday):
    """The past would show what the own conflict hides; as of now it stays hidden, as ever."""
    officer = an_officer()
    asked("ranked-list", yesterday.call, at=yesterday.then, by=officer)
    call = a_call(status="EVALUATION")
    assessment = an_assigned(an_application(call, status="ELIGIBLE"), evaluator=officer)
    then = long_ago()
    for status in ("ASSIGNED", "CONFLICT"):
        type(assessment).objects.filter(pk=assessment.pk).update(status=status)
        with pytest.raises(NotAllowed, match="ask for the report as of now"):
            asked("checks", call, at=then, by=officer)
        with pytest.raises(NotAllowed):
            asked("audit-trail", None, at=then, by=officer)
        assert asked("checks", call, by=officer)
        assert asked("checks", yesterday.call, at=yesterday.then, by=officer), "another call is another matter"


def test_a_report_is_asked_only_of_what_it_knows(decided):
    fund = decided.call.fund
    for wanted in (About(fund=fund), About(call=decided.call, fund=fund), About(member_state="EL")):
        with pytest.raises(Incomplete) as refused:
            ask_for_report(ReportFile(report="committee", about=wanted.as_data(), form="csv"), by=an_auditor())
        assert refused.value.gaps == {"about": "“Evaluation committee” can be asked about: a call. Choose one of them."}
    assert not ReportFile.objects.exists()


def test_the_trail_can_be_asked_of_a_member_state(decided):
    wanted = About(member_state="FR")
    file = ask_for_report(ReportFile(report="audit-trail", about=wanted.as_data(), form="xlsx"), by=an_auditor())
    draw_file(file)
    file.refresh_from_db()
    assert file.about_name == "France"
    assert "_France_" in file.name
    rows = list(REPORTS["audit-trail"].rows(wanted, an_auditor()))
    assert {row.scope["member_state"] for row in rows} == {"FR"}
    assert "member_state" not in AuditRecord.objects.get(act="reportfile.ask").scope, "who asks is not that State's"


# pages and API


def test_the_page_shows_and_asks_as_of_then(client, yesterday):
    auditor = an_auditor()
    client.force_login(auditor)
    moment = f"{yesterday.then.astimezone():%Y-%m-%dT%H:%M:%S}"
    address = reverse("report", args=["ranked-list"])
    today = client.get(address, {"call": yesterday.call.pk}).content.decode()
    then = client.get(address, {"call": yesterday.call.pk, "at": moment}).content.decode()
    assert "Corrected since" in today
    assert "Corrected since" not in then
    assert f'name="at" value="{moment}"' in then
    client.post(address, {"call": yesterday.call.pk, "at": moment, "form": "csv"})
    file = ReportFile.objects.get(asked_by=auditor)
    assert abs(file.at - yesterday.then) < timedelta(seconds=1)
    draw_file(file)
    page = client.get(file.get_absolute_url()).content.decode()
    assert "As of" in page
    assert "As of" in client.get(reverse("reports")).content.decode()


def test_the_page_refuses_a_moment_in_words(client, yesterday):
    client.force_login(an_auditor())
    address = reverse("report", args=["ranked-list"])
    for moment, said in [("2099-01-01T00:00:00", "The past ends a minute ago"), ("yesterday", "Write the day")]:
        shown = client.get(address, {"call": yesterday.call.pk, "at": moment})
        assert said in shown.content.decode()
        assert "GRIFON" not in shown.content.decode()
        asked = client.post(address, {"call": yesterday.call.pk, "at": moment, "form": "csv"})
        assert asked.status_code == 400
        assert said in asked.content.decode()


def test_the_page_of_a_call_that_was_not_far_enough_then_says_so(client, yesterday):
    call = a_call(status="EVALUATION")
    then = long_ago()
    Call.objects.filter(pk=call.pk).update(status="RANKED")
    client.force_login(an_authorising_officer())
    page = client.get(
        reverse("report", args=["ranked-list"]),
        {"call": call.pk, "at": f"{then.astimezone():%Y-%m-%dT%H:%M:%S}"},
    )
    assert "nothing to report on this call yet" in page.content.decode()


def test_the_api_asks_as_of_then_and_about_what(client, yesterday):
    client.force_login(an_auditor())
    wanted = {"report": "ranked-list", "call": str(yesterday.call.pk), "form": "csv", "at": yesterday.then.isoformat()}

    def post(**changes):
        return client.post("/api/report-files/", json.dumps(wanted | changes), content_type="application/json")

    made = post().json()
    assert (made["call"], made["about"]) == (str(yesterday.call.pk), {"call": str(yesterday.call.pk)})
    assert made["at"].startswith(f"{yesterday.then.astimezone():%Y-%m-%dT%H:%M}")
    assert post(at="2199-01-01T00:00:00Z").json()["gaps"]["at"].startswith("The past ends")
    assert post(fund=str(yesterday.call.fund_id), call=None).json()["gaps"]["call"]
    assert post(report="committee", fund=str(yesterday.call.fund_id)).json()["gaps"]["about"]
    assert post(member_state="XX").status_code == 400
    assert post(fund=str(yesterday.call.pk)).status_code == 404
    assert post(report="audit-trail", call=None, at=None, member_state="EL").status_code == 201


def test_the_page_and_the_file_read_the_same_past(yesterday):
    """One mechanism beneath both: what a page shows first, the file holds first."""
    report, user = REPORTS["checks"], an_auditor()
    with as_of(yesterday.then):
        shown = next(report.texts(about(yesterday.call), user))
    assert shown[0] in bytes_of(drawn("checks", yesterday.call, at=yesterday.then, by=user)).decode().splitlines()[1]
