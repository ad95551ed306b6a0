"""A finding from its draft to its end: who writes, who reads, who answers, and what nobody changes."""

import csv
import io
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import AuditRecord
from core import clock
from core.days import day_of
from core.errors import Incomplete, NotAllowed, Stale, WrongState
from core.past import as_of
from promises.models import Mail, Promise
from reports.actions import ask_for_report
from reports.catalogue import REPORTS
from reports.desk import waiting_for
from reports.documents import draw_file
from reports.models import Finding, ReportFile, TrailRecord
from reports.schedule import look_at_a_finding
from reports.states import FINDING
from tests.accounts.test_api import program_of
from tests.factories import (
    a_national_auditor,
    an_admin,
    an_applicant,
    an_auditor,
    an_evaluator,
    an_officer,
)
from tests.findings import SAID, a_finding, a_sent_finding
from tests.past import long_ago
from tests.reports.factories import about

pytestmark = pytest.mark.django_db


def run(name, row, by, **said):
    return FINDING.run(name, row, by=by, **said)


def seen_by(user):
    return {str(one) for one in Finding.objects.visible_to(user)}


def mails_about(row):
    return list(Mail.objects.filter(scope__finding=str(row.pk)).order_by("written_at", "to"))


@contextmanager
def missing(field, sentence=""):
    """The act is refused, and says at this field what is wrong."""
    with pytest.raises(Incomplete) as refusal:
        yield
    assert sentence in str(refusal.value.gaps[field])


def pages_of(client, user, row):
    client.force_login(user)
    return client.get(row.get_absolute_url()).status_code


# a life


def test_a_finding_is_written_sent_accepted_implemented_and_closed():
    auditor, officer = an_auditor(), an_officer()
    row = run("send", a_finding(by=auditor), auditor)
    assert officer.email in {mail.to for mail in mails_about(row)}
    row = run("accept", row, officer, reason="A second person checks from May.")
    row = run("claim", row, officer, reason="The manual says so since 3 May.")
    row = run("close", row, auditor, reason="Seen in ten files of June.")
    assert (row.status, row.reply, row.done, row.because) == (
        "CLOSED", "A second person checks from May.", "The manual says so since 3 May.", "Seen in ten files of June.",
    )  # fmt: skip
    acts = [one.act for one in AuditRecord.objects.of_chain(row.chain)]
    assert acts == [f"finding.{one}" for one in ("draft", "send", "accept", "claim", "close")]
    told = [(mail.to, mail.subject.split(":")[0]) for mail in mails_about(row)]
    assert told.count((auditor.email, "Answered")) == 2
    assert told.count((officer.email, "Closed")) == 1
    assert not any(SAID["text"] in mail.body for mail in mails_about(row))


def test_what_is_not_accepted_or_not_implemented_is_opened_again_and_so_is_what_was_closed():
    auditor, officer = an_auditor(), an_officer()
    row = run("contest", a_sent_finding(by=auditor), officer, reason="Both checks are there.")
    row = run("reopen", row, auditor, reason="Not in file 4.")
    row = run("claim", row, officer, reason="Now they are.")
    row = run("close", row, auditor, reason="Seen.")
    row = run("reopen", row, auditor, reason="File 7 lacks it again.")
    assert (row.status, row.closed_at, row.reply) == ("REOPENED", None, "Both checks are there.")


@pytest.mark.parametrize("step", ["accept", "contest", "claim", "close"])
def test_each_answer_and_each_end_says_why(step):
    auditor, officer = an_auditor(), an_officer()
    row = a_sent_finding(by=auditor)
    with missing("reason"):
        run(step, row, auditor if step == "close" else officer)


def test_a_finding_that_was_sent_is_not_edited_another_takes_its_place():
    auditor = an_auditor()
    row = a_sent_finding(by=auditor)
    with pytest.raises(WrongState):
        run("correct", row, auditor, said=SAID)
    other = a_finding(by=auditor, replaces=row, title="Three of five files hold one check")
    assert Finding.objects.get(pk=row.pk).status == "SENT", "a draft replaces nothing yet"
    run("send", other, auditor)
    row.refresh_from_db()
    assert (row.status, row.because) == ("REPLACED", f"Replaced by {other}.")
    with pytest.raises(WrongState, match="not one that another finding can replace"):
        a_finding(by=auditor, replaces=row)


def test_two_who_edit_one_draft_do_not_write_over_each_other():
    auditor, colleague = an_auditor(), an_auditor()
    row = a_finding(by=auditor)
    seen = row.stamp
    run("correct", row, auditor, base=seen, said={**SAID, "severity": "LOW"})
    with pytest.raises(Stale):
        run("correct", row, colleague, base=seen, said={**SAID, "severity": "MEDIUM"})


def test_a_draft_is_discarded_not_deleted_and_numbers_go_on():
    auditor = an_auditor(email="a@example.eu")
    first = run("discard", a_finding(by=auditor), auditor)
    second = a_finding(by=auditor)
    start = first.reference.rpartition("-")[0]
    assert start.startswith("F-ECA-")
    assert int(second.reference.rpartition("-")[2]) == int(first.reference.rpartition("-")[2]) + 1


# what it is about, and to whom


def test_evidence_is_what_the_auditor_may_read_and_nothing_else(decided):
    auditor, entry = an_auditor(), decided.entries[0]
    file = ask_for_report(ReportFile(report="checks", about=about(decided.call).as_data(), form="csv"), by=auditor)
    draw_file(file)
    file.refresh_from_db()
    row = a_finding(by=auditor, application=entry.reference, decision=decided.decision.number, file=file.sha256)
    assert (row.application, row.decision, row.file, row.call) == (entry, decided.decision, file, decided.call)
    for field in ("application", "decision"):
        with missing(field, "may read"):
            a_finding(by=auditor, **{field: "ISFP-NONE"})
    with missing("file", "may read"):
        a_finding(by=an_auditor(), file=file.sha256)  # a file of somebody else
    with missing("application", "may read"):
        a_finding(by=a_national_auditor("PT"), application=entry.reference)


def test_an_authority_is_addressed_through_its_application_and_reads_that_finding_alone(client, decided):
    entry = decided.entries[0]
    person, stranger, officer, auditor = entry.applicant.users.get(), an_applicant(), an_officer(), an_auditor()
    with missing("application", "Name the application"):
        a_finding(by=auditor, owner="AUTHORITY")
    row = a_sent_finding(by=auditor, owner="AUTHORITY", application=entry.reference)
    a_sent_finding(by=auditor, application=entry.reference)
    assert seen_by(person) == {str(row)}
    assert [pages_of(client, one, row) for one in (person, stranger, officer)] == [200, 404, 404]
    assert person.email in {mail.to for mail in mails_about(row)}
    client.force_login(person)
    page = client.get(row.get_absolute_url()).text
    assert auditor.name not in page, "an applicant reads no official's name"
    assert entry.reference in page
    row = run("accept", row, person, reason="We shall.")
    with pytest.raises(NotAllowed):
        run("claim", row, officer, reason="They did.")


@pytest.mark.parametrize("gone", [0, -1, -4000])
def test_its_day_lies_ahead(gone):
    with missing("due_on", "Choose a day after"):
        a_finding(due_on=day_of(clock.now()) + timedelta(days=gone))


# who reads it


def test_a_draft_is_its_bodys_alone(client):
    auditor, colleague, other = an_auditor(), an_auditor(), an_auditor()
    other.memberships.update(entity="IAS")
    other.refresh_from_db()
    row = a_finding(by=auditor)
    for person in (an_officer(), an_applicant(), an_admin(), an_evaluator(), a_national_auditor(), other):
        assert seen_by(person) == set()
        assert pages_of(client, person, row) == 404
        assert not TrailRecord.objects.visible_to(person).filter(chain=row.chain).exists()
    assert seen_by(colleague) == {str(row)}
    assert TrailRecord.objects.visible_to(colleague).filter(chain=row.chain).exists()
    row = run("send", row, colleague)
    assert pages_of(client, an_officer(), row) == 200
    assert seen_by(other) == set()


def test_a_national_auditor_sees_the_own_states_findings_and_no_others():
    greek, portuguese = a_national_auditor("EL"), a_national_auditor("PT")
    row = a_sent_finding(by=greek)
    assert row.reference.startswith("F-EL-")
    assert (seen_by(greek), seen_by(a_national_auditor("EL"))) == ({str(row)}, {str(row)})
    assert seen_by(portuguese) == seen_by(an_auditor()) == set()
    with pytest.raises(NotAllowed):
        run("close", row, portuguese, reason="Mine.")


def test_whoever_is_in_conflict_with_the_call_reads_and_answers_nothing(decided):
    entry, officer = decided.entries[0], an_officer()
    row = a_sent_finding(application=entry.reference)
    assert seen_by(officer) == {str(row)}
    entry.assessments.create(
        round=entry.assessments.first().round, evaluator=officer, status="CONFLICT", assigned_by=officer,
        assigned_at=clock.now(), due_at=clock.now(),
    )  # fmt: skip
    assert seen_by(officer) == set()
    assert officer.email not in {mail.to for mail in mails_about(a_sent_finding(application=entry.reference))}
    assert not Promise.objects.visible_to(officer).filter(subject_name=str(row)).exists()


def test_auditors_write_findings_and_nothing_of_the_procedure(client, decided):
    """Every form on the pages of what is audited is one that records a finding or asks for a file."""
    auditor = an_auditor()
    row = a_sent_finding(by=auditor, application=decided.entries[0].reference)
    for step in ("accept", "contest", "claim"):
        with pytest.raises(NotAllowed):
            run(step, row, auditor, reason="Done.")
    before = {
        one: one.objects.count() for one in (type(decided.call), type(decided.entries[0]), type(decided.decision))
    }
    run("close", row, auditor, reason="Seen.")
    assert {one: one.objects.count() for one in before} == before
    changed = AuditRecord.objects.filter(actor_id=str(auditor.pk)).values_list("subject_type", flat=True)
    assert set(changed) == {"reports.finding"}


# its day


def test_the_clock_notes_once_that_its_day_has_passed_and_tells_both_sides():
    auditor, officer = an_auditor(), an_officer()
    row = a_sent_finding(by=auditor)
    owed = Promise.objects.get(kind="finding_due", subject_id=row.pk)
    assert day_of(owed.due_at) == row.due_on + timedelta(days=1)
    look_at_a_finding(row.pk)
    assert not Finding.objects.overdue().exists(), "its day has not passed"
    Finding.objects.filter(pk=row.pk).update(due_on=day_of(clock.now()) - timedelta(days=1))
    for _again in range(2):
        look_at_a_finding(row.pk)
    row.refresh_from_db()
    assert row.is_overdue
    late = [mail.to for mail in mails_about(row) if mail.subject.startswith("Overdue")]
    assert {auditor.email, officer.email} <= set(late)
    assert len(late) == len(set(late)), "each of them once"
    for person in (auditor, officer):
        assert ("1", "bad") in [(str(one.count), one.tone) for one in waiting_for(person, clock.now())]
    moved = run("extend", row, auditor, reason="The manual is being written.", due_on=SAID["due_on"])
    assert not moved.is_overdue
    with missing("due_on", "never shortened"):
        run("extend", moved, auditor, reason="Sooner.", due_on=SAID["due_on"] - timedelta(days=1))


def test_what_was_answered_in_time_is_not_overdue():
    auditor, officer = an_auditor(), an_officer()
    row = run("claim", a_sent_finding(by=auditor), officer, reason="It is.")
    Finding.objects.filter(pk=row.pk).update(due_on=day_of(clock.now()) - timedelta(days=1))
    look_at_a_finding(row.pk)
    assert not Finding.objects.get(pk=row.pk).is_overdue


def test_the_desk_says_whose_turn_it_is():
    auditor, officer = an_auditor(), an_officer()
    row = a_sent_finding(by=auditor)
    assert any("waits to be answered" in one.sentence for one in waiting_for(officer, clock.now()))
    run("claim", row, officer, reason="It is.")
    assert not any("finding" in one.sentence for one in waiting_for(officer, clock.now()))
    assert any("was answered" in one.sentence for one in waiting_for(auditor, clock.now()))


# pages, programs, the report


def typed(**said):
    return {**SAID, "due_on": "30/06/2090", **said}


def test_written_corrected_and_sent_from_the_pages(client):
    auditor = an_auditor()
    client.force_login(auditor)
    refused = client.post(reverse("finding_new"), typed(application="ISFP-NONE"))
    assert refused.status_code == 400
    assert "is not among what you may read" in refused.text
    assert SAID["text"] in refused.text, "nothing that was typed is lost"
    page = client.post(reverse("finding_new"), typed(), follow=True)
    assert "kept as a draft" in page.text
    row = page.context["finding"]
    form = client.get(reverse("finding_edit", args=[row.pk]))
    said = form.context["form"].initial
    assert (said["title"], said["owner"]) == (SAID["title"], "OFFICE")
    client.post(reverse("finding_edit", args=[row.pk]), typed(title="Shorter", stamp=row.stamp))
    row.refresh_from_db()
    assert row.title == "Shorter"
    client.post(f"{row.get_absolute_url()}send/", {"stamp": row.stamp})
    row.refresh_from_db()
    assert row.status == "SENT"
    page = client.get(row.get_absolute_url()).text
    assert "Write another in its place" in page
    address = reverse("finding_replace", args=[row.pk])
    assert client.get(address).context["form"].initial["title"] == "Shorter"
    other = client.post(address, typed(title="Shorter still"), follow=True).context["finding"]
    assert other.replaces == row


def test_the_other_side_reads_the_story_from_the_sending_on(client):
    auditor = an_auditor()
    row = run("correct", a_finding(by=auditor), auditor, said=SAID)
    row = run("send", row, auditor)
    client.force_login(an_officer())
    assert [one["title"] for one in client.get(row.get_absolute_url()).context["timeline"]] == ["Send"]
    client.force_login(auditor)
    assert len(client.get(row.get_absolute_url()).context["timeline"]) == 3


def test_a_program_does_the_same():
    auditor, officer = an_auditor(), an_officer()
    program, answers = program_of(auditor), program_of(officer)
    made = program.post("/api/findings/", {**SAID, "due_on": "2090-06-30"}, format="json")
    assert made.status_code == 201, made.json()
    row = made.json()
    at = f"/api/findings/{row['id']}/"
    assert row["status_label"] == "draft"
    assert set(row["steps"]) == {"send", "correct", "discard"}
    refused = program.post(f"{at}correct/", {**SAID, "due_on": "2020-01-01", "stamp": 0}, format="json")
    assert refused.status_code == 400
    assert program.post(f"{at}steps/send/", {}, format="json").json()["status"] == "SENT"
    said = answers.post(f"{at}steps/contest/", {"reason": "It is on file."}, format="json").json()
    assert (said["status"], said["reply"]) == ("CONTESTED", "It is on file.")
    assert answers.post(f"{at}extend/", {}, format="json").status_code == 403
    assert [one["reference"] for one in program.get("/api/findings/").json()["results"]] == [row["reference"]]
    assert answers.post("/api/findings/", {}, format="json").status_code == 403


def test_the_report_says_of_then_what_it_said_then(decided):
    auditor, officer = an_auditor(), an_officer()
    row = a_sent_finding(by=auditor, application=decided.entries[0].reference)
    then = long_ago()
    report, asked = REPORTS["findings"], about(decided.call)
    said = list(report.values(asked, auditor))
    run("accept", row, officer, reason="We shall.")
    assert list(report.values(asked, auditor)) != said
    with as_of(then):
        assert list(report.values(asked, auditor)) == said
    names = [column.name for column in report.columns]
    (told,) = [dict(zip(names, one, strict=True)) for one in said]
    assert (told["status"], told["overdue"], told["application"]) == (
        "waits for a reply", "no", decided.entries[0].reference,
    )  # fmt: skip
    assert list(report.values(asked, a_national_auditor("EL"))) == []


def test_the_list_is_narrowed_and_taken_away(client):
    auditor = an_auditor()
    late = a_sent_finding(by=auditor, severity="LOW")
    a_sent_finding(by=auditor)
    Finding.objects.filter(pk=late.pk).update(overdue_at=clock.now())
    client.force_login(auditor)
    address = reverse("findings")
    for asked in ({"overdue": "yes"}, {"severity": "LOW"}, {"q": late.reference}):
        rows = client.get(address, asked | {"sort": "-found_at"}).context["list"].objects
        assert str(late) in map(str, rows)
        assert all(one.severity == "LOW" for one in rows) or "q" in asked
    taken = b"".join(client.get(address, {"format": "csv"}).streaming_content).decode("utf-8-sig")
    assert late.reference in {one["Number"] for one in csv.DictReader(io.StringIO(taken))}
