"""Who reads the access log and what each is told: auditors all of it, an authority roles, officers a person's looks."""

import csv
import io

import pytest
from django.urls import reverse

from audit.looks import note
from audit.models import Look
from awards.shown.looks import who_looked
from core.days import day_of
from evaluation.shown.opened import opened
from reports.catalogue import REPORTS
from reports.models import AccessEntry
from reports.shown.looks import who_looked as chapter
from tests.downloads import csv_bytes
from tests.factories import a_call, a_national_auditor, an_auditor, an_evaluator, an_officer
from tests.reports.factories import about, an_application

pytestmark = pytest.mark.django_db


def looked(application, role, times=1, name="Somebody", person=None):
    for _ in range(times):
        scope = {kind: str(one) for kind, one in application.audit_scope().items()}
        note([{
            "kind": Look.Kind.VIEW, "status": 200, "chain": application.chain, "subject_name": str(application),
            "person_role": role, "person_name": name, "person_id": str(person.pk) if person else name,
            "scope": scope, "member_state": scope["member_state"], "request_id": str(Look.objects.count()),
        }])  # fmt: skip


# auditors


@pytest.fixture
def foreign_and_own(decided):
    own, other = decided.entries[0], next(one for one in decided.entries if one.applicant.member_state != "EL")
    looked(own, "OFFICER", 2, name="Ελένη")
    looked(other, "OFFICER")
    looked(own, "AUDITOR", name="Of the whole")
    return own, other


def test_auditors_see_all_and_national_ones_their_member_states_without_the_others(client, decided, foreign_and_own):
    own, _other = foreign_and_own
    assert AccessEntry.objects.visible_to(an_auditor()).count() == 4
    mine = AccessEntry.objects.visible_to(a_national_auditor("EL"))
    assert [(one.chain, one.person_name) for one in mine] == 2 * [(own.chain, "Ελένη")]
    assert not AccessEntry.objects.visible_to(decided.officer).exists()
    client.force_login(decided.officer)
    assert client.get(reverse("looks")).status_code == 404


def test_what_is_not_opened_yet_shows_no_looks():
    looked(an_application(a_call("PUBLISHED"), status="SUBMITTED"), "APPLICANT")
    assert not AccessEntry.objects.visible_to(an_auditor()).exists()


def test_the_list_is_narrowed_by_person_application_kind_door_and_day(client, foreign_and_own):
    own, _other = foreign_and_own
    officer = an_officer(name="Zeljka Canary")
    looked(own, "OFFICER", person=officer, name=officer.name)
    client.force_login(an_auditor())
    today = str(day_of(Look.objects.last().at))
    asked = {"person": "canary", "number": own.reference.lower(), "kind": "VIEW", "since": today, "until": today}
    page = client.get(reverse("looks"), asked)
    assert [one.person_name for one in page.context["list"].objects] == ["Zeljka Canary"]
    assert client.get(reverse("looks"), {"number": "NONE"}).context["list"].objects == []
    assert client.get(reverse("looks"), {"door": "API"}).context["list"].objects == []


def test_the_report_has_every_column_that_is_sealed(decided, foreign_and_own):
    report, asked = REPORTS["access-log"], about(decided.call)
    rows = list(csv.DictReader(io.StringIO(
        csv_bytes(report.labels(asked), report.values(asked, an_auditor())).decode("utf-8-sig"))))  # fmt: skip
    assert len(rows) == 4
    assert {"id", "at", "kind", "person_name", "mark", "scope"} <= set(rows[0])


def test_the_life_of_an_application_tells_who_looked(client, foreign_and_own):
    own, _other = foreign_and_own
    auditor = an_auditor()
    names = [(row[0].text, row[3]) for row in chapter(own, auditor).rows]
    assert sorted(names) == [("Of the whole", 1), ("Ελένη", 2)]
    assert chapter(own, an_officer()).rows == []
    client.force_login(auditor)
    assert "Who looked" in client.get(reverse("application_life", args=[own.pk])).content.decode()


# a conflict found late


def test_whether_somebody_opened_it_is_told_where_a_conflict_is_ruled_on(client, decided):
    application, person = decided.entries[0], an_evaluator(name="Late Conflict")
    assert opened(application, person) == "The access log holds nothing yet."
    looked(application, "OFFICER")
    assert opened(application, person).startswith("Late Conflict never opened it since the access log began on ")
    looked(application, "EVALUATOR", 3, person=person)
    assert "3 times, last on" in opened(application, person)


# the authority itself, once the letter was sent


def test_an_authority_is_told_roles_and_nobody_who_evaluated(client, decided):
    letter = decided.decision.letters.filter(sent_at__isnull=False).first()
    looked(letter.application, "OFFICER", 3, name="Officer Canary")
    looked(letter.application, "EVALUATOR", 1, name="Evaluator Canary")
    one = who_looked(letter)
    looked(letter.application, "EVALUATOR", 7, name="Another Canary")
    looked(letter.application, "AUDITOR", 2, name="Auditor Canary")
    assert who_looked(letter) == one  # neither how often, nor how many, nor any auditor
    client.force_login(letter.application.applicant.users.get())
    text = client.get(reverse("letter", args=[letter.pk])).content.decode()
    told = text.partition('id="looks"')[2].partition("</section>")[0]
    assert "3 times" in told
    assert "Canary" not in told
    client.force_login(decided.officer)
    assert 'id="looks"' not in client.get(reverse("letter", args=[letter.pk])).content.decode()
    letter.sent_at = None
    assert who_looked(letter) == []
