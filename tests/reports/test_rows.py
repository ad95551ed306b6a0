"""What each report says of a decided call, and to whom."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest

from audit.checkpoints import place_records
from awards.models import Redress
from reports.catalogue import REPORTS
from reports.catalogue.notifications import kept_in_time
from reports.querysets import on_the_register, places_on_the_list
from tests.downloads import csv_bytes
from tests.factories import a_call, a_national_auditor, an_applicant, an_auditor, an_evaluator, an_officer
from tests.findings import a_sent_finding
from tests.reports.factories import REASON, a_closed_call, about, clarified, handed_in, noticed

pytestmark = pytest.mark.django_db
NOT_BY_STATE = {"access-review", "committee", "questions", "pool", "rulings", "evidence-packs"}
PUBLIC = {"call-file"}  # says nothing of an application
FOREIGN = ("CANARY", "Authority CANARY")


def told(slug, call, user):
    """The rows as dictionaries by column name."""
    report, asked = REPORTS[slug], about(call)
    names = [column.name for column in report.columns_for(asked)]
    return [dict(zip(names, row, strict=True)) for row in report.values(asked, user)]


def everything(slug, call, user):
    """All that a report says in any of its forms, as one text."""
    report, asked = REPORTS[slug], about(call)
    charts = report.charts(asked, user)
    parts = [
        csv_bytes(report.labels(asked), report.values(asked, user)).decode(),
        *(" ".join(row) for row in report.texts(asked, user)),
        *(f"{label} {text}" for label, text in report.figures(asked, user)),
        *(f"{chart.svg}{chart.rows}" for chart in charts),
    ]
    return "\n".join(map(str, parts))


def test_ranked_list(decided):
    rows = told("ranked-list", decided.call, an_auditor())
    assert [(row["rank"], row["acronym"], row["place"]) for row in rows] == [
        (1, "GRIFON", "main list"),
        (2, "CANARYDE", "main list"),
        (3, "CANARYFR", "reserve list"),
        (None, "HERMES", "rejected"),
    ]
    assert rows[0]["points_REL"] == Decimal(38)
    assert [row["cumulative"] for row in rows] == [Decimal("288900.00")] + 3 * [Decimal("577800.00")]
    assert "threshold of 25" in rows[3]["reason"]


def test_award_decision_with_its_departure(decided):
    rows = told("award-decision", decided.call, an_auditor())
    assert len(rows) == 5
    (departure,) = [row for row in rows if row["deviates"] == "yes"]
    assert (departure["acronym"], departure["proposed"], departure["deviation_reason"]) == (
        "CANARYDE", "main list", "Less travel.",
    )  # fmt: skip
    assert departure["contribution"] == Decimal("287900.00")
    figures = dict(REPORTS["award-decision"].figures(about(decided.call), an_auditor()))
    assert figures["Departures from the list"] == "1"
    assert figures["Prepared by"] != figures["Decided by"]


def test_score_matrix_sets_each_evaluator_beside_what_was_agreed(decided):
    rows = told("score-matrix", decided.call, an_auditor())
    assert len(rows) == 4 * 3 * 2
    first = rows[0]
    assert (first["acronym"], first["criterion"], first["evaluator"]) == ("GRIFON", "REL Relevance", "Evaluator Α")
    assert (first["points"], first["agreed"], first["deviation"]) == (Decimal(38), Decimal(38), Decimal(0))
    assert first["history"] == "38.00"


def test_register_of_submissions_keeps_what_was_withdrawn(decided):
    rows = told("submissions", decided.call, an_auditor())
    assert [row["acronym"] for row in rows] == ["GRIFON", "CANARYDE", "CANARYFR", "HERMES", "BACK", "CANARYX"]
    assert [row["standing"] for row in rows] == [*4 * ["in force"], "withdrawn", "in force"]
    assert rows[0]["door"] == "command"
    assert len(rows[0]["sha256"]) == 64
    assert "description.pdf (SHA-256 " in rows[0]["files"]


def test_checks_name_who_overrode_and_why(decided):
    rows = told("checks", decided.call, an_auditor())
    (overridden,) = [row for row in rows if row["status"] == "overridden"]
    assert (overridden["acronym"], overridden["reason"]) == ("CANARYX", REASON)
    assert (overridden["passed_by_system"], overridden["passed"]) == ("yes", "no")
    assert overridden["officer"] == decided.officer.name


def test_conflicts_and_committee_keep_the_declarations(decided):
    declared = told("conflicts", decided.call, an_auditor())
    assert len(declared) == 8
    assert all(row["declared_at"] and row["version"] and row["declaration"] for row in declared)
    seats = told("committee", decided.call, an_auditor())
    assert {row["entity"] for row in seats} == {"HOME.E.1", "JUST.B.3", "HOME.D.2"}
    assert {row["signed_sha256"] for row in seats} == {decided.ranked_list.sha256}


def test_notifications_count_the_days_of_the_law(decided):
    rows = {row["acronym"]: row for row in told("notifications", decided.call, an_auditor())}
    assert (rows["GRIFON"]["how_read"], rows["CANARYDE"]["how_read"]) == ("opened", "not yet")
    assert (rows["GRIFON"]["reject_by"], rows["GRIFON"]["in_time"]) == (None, "")
    assert rows["CANARYFR"]["in_time"] == "yes"
    assert (rows["CANARYFR"]["reject_by"] - rows["CANARYFR"]["sent_at"].date()).days == 15
    assert (rows["GRIFON"]["redress_by"] - rows["GRIFON"]["read_at"].date()).days == decided.call.redress_days
    assert rows["CANARYFR"]["redress_by"] is None
    late = decided.decision.letters.get(application=decided.entries[2])
    late.informed_at, late.sent_at = late.sent_at, late.sent_at + timedelta(days=16)
    assert kept_in_time(late) == "no"


def test_statistics(decided):
    rows = told("statistics", decided.call, an_auditor())
    whole = rows[0]
    assert (whole["applications"], whole["successful"], whole["success_rate"]) == (5, 2, Decimal("40.00"))
    assert whole["requested"] == 5 * Decimal("288900.00")
    assert whole["awarded"] == Decimal("288900.00") + Decimal("287900.00")
    states = [row for row in rows if row["group"] == "Member State"]
    assert {row["name"]: (row["applications"], row["successful"]) for row in states} == {
        "Germany": (2, 1), "Greece": (2, 1), "France": (1, 0),
    }  # fmt: skip
    figures = dict(REPORTS["statistics"].figures(about(decided.call), an_auditor()))
    assert figures["Days from closing to the award decision"] == "15"
    assert figures["Days from closing to informing applicants, on average"] == "15"
    assert figures["Requested for each euro available"] == "2.41"
    assert len(REPORTS["statistics"].charts(about(decided.call), an_auditor())) == 5


def test_statistics_of_a_call_nobody_applied_to():
    call = a_call(status="CHECKING")
    rows = told("statistics", call, an_auditor())
    assert [(row["name"], row["applications"], row["success_rate"]) for row in rows] == [("All applications", 0, None)]
    assert REPORTS["statistics"].charts(about(call), an_auditor()) == []


# who sees what


def contested(decided):
    """A request for review of every letter of the call, a clarification and a notice on every application."""
    for letter in decided.decision.letters.all():
        Redress.objects.create(
            letter=letter, application=letter.application, status="FILED", ground="FACTS", text="An error of fact.",
            filed_by=letter.application.applicant.users.first(), filed_at=letter.sent_at,
        )  # fmt: skip
        clarified(letter.application, by=decided.officer, text=f"About {letter.application.acronym}?")
        noticed(letter.application, by=decided.officer)
    a_sent_finding(application=decided.entries[1].reference, text="CANARY of a finding")


@pytest.mark.parametrize(
    "slug",
    [slug for slug in REPORTS if slug not in NOT_BY_STATE | PUBLIC],
)
def test_a_national_auditor_reads_nothing_of_other_member_states(decided, slug):
    contested(decided)
    place_records()
    said = everything(slug, decided.call, a_national_auditor("EL"))
    assert not [word for word in FOREIGN if word in said]
    if slug == "places-of-records":
        assert decided.entries[0].chain in said
        assert decided.entries[1].chain not in said
    elif slug not in {"statistics", "checkpoints", "evidence-packs", "access-log", "findings"}:  # tested apart
        assert "GRIFON" in said or decided.entries[0].reference in said


@pytest.mark.parametrize("slug", [slug for slug in REPORTS if slug not in {"checkpoints", *PUBLIC}])
def test_one_from_a_state_without_applications_reads_no_row(decided, slug):
    place_records()
    if slug == "statistics":
        assert told(slug, decided.call, a_national_auditor("MT"))[0]["applications"] == 0
    else:
        assert told(slug, decided.call, a_national_auditor("MT")) == []


@pytest.mark.parametrize("slug", list(REPORTS))
@pytest.mark.parametrize("somebody", [an_applicant, an_evaluator])
def test_even_past_the_permission_the_rows_of_others_stay_empty(decided, slug, somebody):
    """Two locks: the predicate of the report, and `visible_to` beneath."""
    user = somebody()
    assert not REPORTS[slug].allowed(user)
    assert "GRIFON" not in everything(slug, decided.call, user)


@pytest.mark.parametrize("slug", list(REPORTS))
def test_nothing_of_an_application_is_read_before_the_call_is_opened(slug):
    """FR Art. 149(3)(c), also by those who know the address of the report."""
    call = a_call()
    handed_in(call, 1, "EL", "SECRET", "SECRET title")
    for user in (an_officer(), an_auditor(), a_national_auditor("EL")):
        said = everything(slug, call, user)
        assert "SECRET" not in said
        if slug == "statistics":
            assert told(slug, call, user)[0]["applications"] == 0
        else:
            assert all("application" not in str(row.get("subject_type", "")) for row in told(slug, call, user))


def test_drafts_that_were_never_sent_stay_their_owners():
    made = a_closed_call()
    from tests.applications.factories import a_draft  # a draft in a call already closed cannot be started by the act

    draft = a_draft(call=a_call())
    assert not on_the_register(an_auditor()).filter(pk=draft.pk).exists()
    assert on_the_register(an_auditor()).filter(pk=made.withdrawn.pk).exists()
    assert on_the_register(a_national_auditor("EL")).filter(pk=made.withdrawn.pk).exists()
    assert not on_the_register(a_national_auditor("DE")).filter(pk=made.withdrawn.pk).exists()
    assert not on_the_register(an_evaluator()).filter(pk=made.withdrawn.pk).exists()


def test_an_unsigned_list_is_no_place_on_the_list(decided):
    decided.call.ranked_lists.update(status="DRAWN")
    assert not places_on_the_list(decided.call, an_auditor()).exists()
    assert not places_on_the_list(decided.call, a_national_auditor("EL")).exists()


# questions to the database


@pytest.mark.parametrize("slug", list(REPORTS))
def test_the_number_of_questions_does_not_grow_with_the_rows(decided, slug, django_assert_max_num_queries):
    """At the rows of one Member State and at all rows the same: literal for each report."""
    asked = {
        "submissions": 1, "checks": 1, "conflicts": 1, "committee": 1, "score-matrix": 2, "ranked-list": 2,
        "award-decision": 1, "notifications": 1, "statistics": 4, "audit-trail": 1, "redress": 1,
        "attempts": 1, "questions": 1, "clarifications": 2, "hearings": 2,
        "checkpoints": 1, "places-of-records": 3, "pool": 1,
        "rulings": 1, "evidence-packs": 1, "access-log": 3,
        "call-file": 6, "time-limits": 3, "grants": 3, "exclusion": 2,
        "population": 1, "access-review": 1, "findings": 1,
    }  # fmt: skip
    contested(decided)
    place_records()
    of_call = about(decided.call)
    for user in (a_national_auditor("FR"), an_auditor()):
        with django_assert_max_num_queries(asked[slug]):
            list(REPORTS[slug].values(of_call, user))


def test_csv_keeps_every_alphabet_and_no_formula(decided):
    report = REPORTS["ranked-list"]
    content = csv_bytes(report.labels(about(decided.call)), report.values(about(decided.call), an_auditor()))
    cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
    assert "'=cmd()|'/c calc'!A0" in cells
    assert "'@SUM(1+1)*cmd" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
