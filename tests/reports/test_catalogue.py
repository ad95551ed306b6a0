"""Rules that every report keeps; a new file of the catalogue is held to them without being named here."""

import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.roles import Role
from programmes.models import Call
from programmes.states import CallStatus
from reports.catalogue import REPORTS
from tests.factories import a_call, a_user, an_auditor, an_organisation

DATA = Path(__file__).parents[2] / "programmes" / "data"
TREE = {"access-log", "access-review", "checkpoints", "evidence-packs", "places-of-records"}  # the auditors' own
READERS = {Role.OFFICER, Role.AUTHORISING, Role.AUDITOR, Role.NATIONAL_AUDITOR}


@pytest.mark.parametrize("slug", REPORTS)
def test_every_report_says_what_it_is(slug):
    report = REPORTS[slug]
    assert report.slug == slug == slug.lower()
    assert report.number.startswith("R")
    assert str(report.title)
    assert str(report.description).endswith(".")
    assert report.first_status in CallStatus
    assert slug not in {"trail", "files"}, "an address of the pages"


@pytest.mark.parametrize("slug", REPORTS)
def test_every_report_has_a_permission(slug, db):
    """Nobody outside the Commission and the auditors reads any report, an inactive account none."""
    allowed = REPORTS[slug].allowed
    for role in Role:
        fields = {"organisation": an_organisation()} if role == Role.APPLICANT else {}
        fields |= {"member_state": "EL"} if role == Role.NATIONAL_AUDITOR else {}
        user = a_user(role, **fields) if role != Role.SYSTEM else None
        if user is None or role not in READERS:
            assert user is None or not allowed(user)
            continue
        user.status = "CLOSED"
        assert not allowed(user), role


@pytest.mark.parametrize("slug", REPORTS)
def test_every_legal_basis_is_data_of_the_funds(slug):
    """The subjects a report names have an article in the regulation of the years of the calls."""
    for path in DATA.glob("*.toml"):
        fund = tomllib.loads(path.read_text())
        articles = next(one for one in fund["financial_regulations"] if "2018/1046" in one["short"])["articles"]
        assert set(REPORTS[slug].basis) <= set(articles), path.name


def test_the_numbers_are_those_of_the_catalogue_of_the_law():
    numbers = [report.number for report in REPORTS.values()]
    assert len(numbers) == len(set(numbers))
    assert {"R2", "R3", "R5", "R6", "R7", "R8", "R10", "R11", "R14", "R28"} <= set(numbers)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.OFFICER, set(REPORTS) - TREE),
        (Role.AUTHORISING, set(REPORTS) - TREE),
        (Role.AUDITOR, set(REPORTS)),
        (Role.NATIONAL_AUDITOR, set(REPORTS) - {"access-review", "committee", "pool", "rulings"}),
        (Role.EVALUATOR, None),
        (Role.ADMIN, None),
        (Role.APPLICANT, None),
    ],
)
def test_who_finds_which_report_on_the_page_and_in_the_api(client, role, expected):
    fields = {"organisation": an_organisation()} if role == Role.APPLICANT else {}
    user = a_user(role, member_state="EL" if role == Role.NATIONAL_AUDITOR else "", **fields)
    client.force_login(user)
    page = client.get(reverse("reports"))
    for slug in REPORTS:
        shown = client.get(reverse("report", args=[slug]))
        assert shown.status_code == (200 if expected and slug in expected else 404), slug
    assert {one["slug"] for one in client.get("/api/reports/").json()} == (expected or set())
    assert page.status_code == (200 if expected else 404)
    assert client.get(reverse("trail")).status_code == (200 if expected else 404)
    trail = client.get("/api/trail/").json()["results"]
    assert expected or trail == []


def test_the_catalogue_opens_on_the_last_call_that_there_is_something_to_report_of(client, decided):
    still_open = a_call(closes_at=decided.call.closes_at + timedelta(days=30))
    client.force_login(an_auditor())
    assert client.get(reverse("reports")).context["call"] == decided.call
    assert client.get(reverse("reports"), {"call": still_open.pk}).context["call"] == still_open


def test_before_anything_was_opened_it_opens_on_the_call_that_closes_last(client, db):
    Call.objects.opened().update(status="PUBLISHED")  # whatever other tests have lived through
    last = a_call(closes_at=a_call().closes_at + timedelta(days=9999))
    client.force_login(an_auditor())
    assert client.get(reverse("reports")).context["call"] == last
