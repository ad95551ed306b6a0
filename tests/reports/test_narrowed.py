"""Filters beyond the call: declared once, obeyed by every report whose rows lead to an application."""

import io
import json

import pytest
from django.db import connection
from django.urls import reverse
from python_calamine import CalamineWorkbook

from audit.models import AuditRecord
from core.days import day_of
from core.errors import Incomplete
from evaluation.models import Ruling
from programmes.models import Passage
from reports.about import APPLICANT, About
from reports.actions import ask_for_report
from reports.catalogue import REPORTS
from reports.documents import draw_file
from reports.models import ReportFile
from tests.factories import NOON, a_call, a_fund, a_national_auditor, an_auditor
from tests.reports.factories import an_application, bytes_of, text_of
from tests.reports.test_rows import FOREIGN, contested

pytestmark = pytest.mark.django_db
NARROWED = [slug for slug, report in REPORTS.items() if APPLICANT in report.asked_of and slug != "statistics"]
HOUSE_WIDE = [slug for slug in NARROWED if REPORTS[slug].house_wide]
ONE_OF_THEM = "SELECT a.reference FROM applications_application a JOIN accounts_organisation o ON o.id = a.applicant_id"


def by_sql(where, *values):
    with connection.cursor() as cursor:
        cursor.execute(f"{ONE_OF_THEM} WHERE {where}", values)
        return {reference for (reference,) in cursor.fetchall()}


@pytest.fixture
def world(decided):
    """Every register of the call has rows; one application has its own action type, one applicant a number."""
    contested(decided)
    first = decided.entries[0]
    action = Passage.objects.filter(fund=decided.call.fund, kind="ACTION").last()
    first.actions.set([action])
    type(first.applicant).objects.filter(pk=first.applicant_id).update(vat_number="EL 094-XYZ-77")
    decided.action = action.code
    Ruling.objects.create(
        application=first, person=decided.evaluators[0], status="LIFTED", grounds=["house"], found="The same name.",
        reason="Another house.", ruled_by=decided.officer, ruled_at=NOON,
    )  # fmt: skip
    return decided


def narrowing(world):
    """{what narrows: the condition in SQL that knows nothing of it}."""
    return [
        ({"member_state": "DE"}, "o.member_state = 'DE'", ()),
        ({"applicant": "authority canaryde"}, "o.name ILIKE 'authority canaryde%%'", ()),
        ({"applicant": "094-xyz"}, "o.vat_number = 'EL 094-XYZ-77'", ()),
        ({"status": "INELIGIBLE"}, "a.status = 'INELIGIBLE'", ()),
        (
            {"action": world.action.lower()},
            "EXISTS (SELECT FROM applications_application_actions x JOIN programmes_passage p ON p.id = x.passage_id"
            " WHERE x.application_id = a.id AND p.code = %s)",
            (world.action,),
        ),
        ({"fund": world.call.fund}, "true", ()),
        ({"closed_from": day_of(world.call.closes_at), "closed_until": day_of(world.call.closes_at)}, "true", ()),
        ({"closed_from": day_of(world.call.closes_at).replace(year=2099)}, "false", ()),
        ({"member_state": "EL", "status": "EVALUATED"}, "o.member_state = 'EL' AND a.status = 'EVALUATED'", ()),
    ]


@pytest.mark.parametrize("slug", NARROWED)
def test_a_filter_keeps_exactly_the_rows_of_the_applications_it_names(world, slug):
    report, user = REPORTS[slug], an_auditor()
    whole = list(report.values(About(call=world.call), user))
    place = report.labels(About(call=world.call)).index(NUMBERED.get(slug, "Number"))
    for filters, condition, values in narrowing(world):
        wanted = by_sql(condition, *values)
        kept = list(report.values(About(call=world.call, **filters), user))
        assert kept == [row for row in whole if row[place] in wanted], filters
    assert whole


NUMBERED = {"clarifications": "Application", "hearings": "Application"}


def test_the_statistics_count_what_is_left_and_show_no_figure_of_the_whole(world):
    report, user = REPORTS["statistics"], an_auditor()
    wanted = About(call=world.call, member_state="DE")
    assert next(report.rows(wanted, user)).applications == 2
    assert report.figures_of(wanted, user) == report.charts_of(wanted, user) == []
    assert report.figures_of(About(call=world.call), user)


@pytest.mark.parametrize("slug", HOUSE_WIDE)
def test_of_all_calls_at_once_a_report_says_what_it_says_of_each(world, slug):
    report, user = REPORTS[slug], an_auditor()
    an_application(a_call(status="CHECKING"))
    whole = list(report.values(About(), user))
    of_call = list(report.values(About(call=world.call), user))
    assert [row for row in whole if row in of_call] == of_call
    assert slug != "time-limits" or len(whole) > len(of_call)


@pytest.mark.parametrize("slug", HOUSE_WIDE)
def test_over_all_calls_a_national_auditor_reads_the_own_member_state(world, slug):
    report, user = REPORTS[slug], a_national_auditor("EL")
    if not report.allowed(user):
        return
    for wanted in (
        About(),
        About(member_state="DE"),
        About(applicant="Authority CANARYDE"),
        About(fund=world.call.fund),
    ):
        said = "\n".join(str(row) for row in report.values(wanted, user))
        assert not [word for word in FOREIGN if word in said]


def narrowed_file(report, form, *, by=None, **filters):
    file = ask_for_report(ReportFile(report=report, about=About(**filters).as_data(), form=form), by=by or an_auditor())
    draw_file(file)
    file.refresh_from_db()
    return file


def test_the_filters_stand_in_the_head_of_the_file_in_its_digest_and_in_the_record(world):
    filters = {"call": world.call, "member_state": "DE", "applicant": "Authority", "status": "EVALUATED"}
    auditor = an_auditor()
    book = narrowed_file("checks", "xlsx", by=auditor, **filters)
    source = dict(CalamineWorkbook.from_filelike(io.BytesIO(bytes_of(book))).get_sheet_by_name("Source").to_python())
    assert source["Member State"] == "Germany"
    assert (source["Applicant"], source["Status of the application"]) == ("Authority", "evaluated")
    paper = narrowed_file("checks", "pdf", by=auditor, **filters)
    assert "Status of the application" in text_of(paper).replace("\n", " ")
    assert "Germany" in paper.name
    assert paper.rows_sha256 == book.rows_sha256
    asked = AuditRecord.objects.filter(act="reportfile.ask", actor_id=str(auditor.pk)).first()
    assert asked.changes["about"][1] == About(**filters).as_data()
    # the same rows under other words are another file
    others = narrowed_file("checks", "xlsx", by=auditor, **{**filters, "applicant": "authority"})
    assert (others.rows_sha256, others.sha256 == book.sha256) == (book.rows_sha256, False)
    assert narrowed_file("checks", "xlsx", by=auditor, **filters).sha256 == book.sha256


def test_the_data_of_a_narrowed_report_are_as_new_as_the_whole_calls(world):
    """An act on the whole call, as a decision, changes rows of one Member State too."""
    whole = narrowed_file("award-decision", "csv", call=world.call)
    assert narrowed_file("award-decision", "csv", call=world.call, member_state="DE").data_at == whole.data_at


def test_what_needs_a_call_says_so_however_it_is_narrowed(world):
    with pytest.raises(Incomplete) as refused:
        narrowed_file("ranked-list", "csv", member_state="DE")
    assert set(refused.value.gaps) == {"call"}
    with pytest.raises(Incomplete) as refused:
        narrowed_file("committee", "csv", call=world.call, status="EVALUATED")
    assert set(refused.value.gaps) == {"about"}


# page and API


def test_the_page_narrows_and_carries_it_to_the_file(client, world):
    auditor = an_auditor()
    client.force_login(auditor)
    chosen = {"call": str(world.call.pk), "member_state": "DE", "applicant": "CANARYDE"}
    page = client.get(reverse("report", args=["checks"]), chosen).content.decode()
    assert world.entries[1].reference in page
    assert world.entries[0].reference not in page
    assert '<input type="hidden" name="member_state" value="DE">' in page
    client.post(reverse("report", args=["checks"]), {**chosen, "form": "csv"})
    assert ReportFile.objects.get(asked_by=auditor).about == chosen
    shelf = client.get(reverse("reports"), chosen).content.decode()
    assert "member_state=DE" in shelf
    assert "Not about this" in shelf, "the committee is of a whole call"
    wide = client.get(reverse("report", args=["population"]), {"call": "", "member_state": "DE"}).content.decode()
    assert "drawn as a file" in wide
    wrong = client.post(reverse("report", args=["checks"]), {**chosen, "closed_from": "soon", "form": "csv"})
    assert wrong.status_code == 400


def test_what_can_be_about_nothing_is_refused_by_page_and_program_alike(client, world):
    client.force_login(an_auditor())
    other = a_fund(code="isf-borders", name="Borders")
    for field, wanted in {
        "closed_until": {"closed_from": "2027-01-01", "closed_until": "2020-01-01"},
        "fund": {"call": str(world.call.pk), "fund": str(other.pk)},
        "action": {"action": "zz"},
    }.items():
        page = client.get(reverse("report", args=["population"]), {"call": "", **wanted})
        assert (page.status_code, list(page.context["choice"].errors)) == (200, [field])
        body = {"report": "population", "form": "csv", **wanted}
        told = client.post("/api/report-files/", json.dumps(body), content_type="application/json")
        assert (told.status_code, field in told.content.decode()) == (400, True)
    far = {"report": "population", "form": "csv", "closed_until": "9999-12-31"}
    assert client.post("/api/report-files/", json.dumps(far), content_type="application/json").status_code == 400
    assert not ReportFile.objects.exists()
    assert str(About(closed_until=NOON.date())).startswith("Calls that closed until: ")


def test_the_api_takes_the_same_filters(client, world):
    client.force_login(an_auditor())

    def post(**wanted):
        body = {"report": "population", "form": "csv", **wanted}
        return client.post("/api/report-files/", json.dumps(body), content_type="application/json")

    made = post(closed_from="2020-01-01", status="EVALUATED", action="A", applicant="Authority")
    assert made.status_code == 201, made.content
    assert made.json()["about"] == {
        "closed_from": "2020-01-01", "applicant": "Authority", "status": "EVALUATED", "action": "A",
    }  # fmt: skip
    assert post(status="DRAFT").status_code == 400
    assert post(closed_until="tomorrow").status_code == 400
    (told,) = [one for one in client.get("/api/reports/").json() if one["slug"] == "population"]
    assert {"house", "call", "fund", "applicant", "status", "action"} <= set(told["kinds"])


# R39


def test_the_population_adds_up_to_the_truth(world):
    """Amounts of an application stand once, however many organisations it has; each organisation has its numbers."""
    report = REPORTS["population"]
    names = [column.name for column in report.columns]
    rows = [dict(zip(names, row, strict=True)) for row in report.values(About(call=world.call), an_auditor())]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(requested), (SELECT sum(contribution) FROM awards_decisionline l JOIN applications_application"
            " b ON b.id = l.application_id WHERE b.call_id = %s) FROM applications_application a WHERE call_id = %s"
            " AND status NOT IN ('DRAFT', 'WITHDRAWN', 'UNSENT')", [world.call.pk, world.call.pk],
        )  # fmt: skip
        requested, awarded = cursor.fetchone()
        cursor.execute(
            "SELECT p.registration_number, sum(b.amount) FROM applications_partner p JOIN applications_application a ON"
            " a.id = p.application_id LEFT JOIN applications_budgetline b ON b.partner_id = p.id WHERE a.call_id = %s"
            " AND a.status NOT IN ('DRAFT', 'WITHDRAWN', 'UNSENT') GROUP BY p.id", [world.call.pk],
        )  # fmt: skip
        organisations = cursor.fetchall()
    assert sum(row["requested"] or 0 for row in rows) == requested
    assert sum(row["contribution"] or 0 for row in rows) == awarded
    key = lambda one: (one[0], one[1] or 0)  # noqa: E731
    assert sorted(((row["registration_number"], row["costs"]) for row in rows), key=key) == sorted(
        organisations, key=key
    )
    assert {row["role"] for row in rows} == {"coordinator", "partner"}
