"""The reports that auditors ask for, each figure recomputed by SQL that knows nothing of the report."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from awards.models import DecisionLine
from programmes.models import Call, Corrigendum, Round
from reports.about import About
from reports.catalogue import REPORTS
from tests.factories import NOON, a_national_auditor, an_auditor, an_officer
from tests.reports.factories import about, an_application, clarified
from tests.reports.test_rows import told

pytestmark = pytest.mark.django_db


def by_sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def figures(slug, call, user=None):
    return dict(REPORTS[slug].figures(about(call), user or an_auditor()))


# R1


def test_the_call_file_says_what_stands_and_what_it_said_before(decided):
    call, officer, other = decided.call, decided.officer, an_officer()
    Corrigendum.objects.create(
        call=call, number=1, reason="More money came.", changes={"budget": ["500000.00", "600000.00"]},
        proposed_by=officer, proposed_at=NOON, published_by=other, published_at=NOON,
    )  # fmt: skip
    rows = told("call-file", call, an_auditor())
    said = {row["item"]: row for row in rows}
    [(budget, closes)] = by_sql("SELECT budget, closes_at FROM programmes_call WHERE id = %s", call.pk)
    assert budget == Decimal(600_000)
    changed = said["Budget (EUR)"]
    assert (changed["before"], changed["text"]) == ("EUR\u00a0500\u00a0000.00", "EUR\u00a0600\u00a0000.00")
    assert (changed["proposed_by"], changed["published_by"]) == (officer.name, other.name)
    assert changed["reason"] == "More money came."
    criteria = by_sql("SELECT code, maximum, threshold FROM programmes_criterion WHERE call_id = %s", call.pk)
    for code, maximum, threshold in criteria:
        (row,) = [row for row in rows if row["group"] == "award criteria" and row["item"].startswith(f"{code} ")]
        assert f"maximum {maximum}" in row["text"]
        assert f"threshold {threshold}" in row["text"] or "threshold none" in row["text"]
    assert f"{closes:%Y}" in said["Closes"]["text"]
    assert figures("call-file", call)["Corrigenda"] == "1"


def test_who_published_is_named_to_whoever_may_read_the_record(decided):
    """A national auditor reads the announcement, which everybody may, and no name of the office beside it."""
    for row in told("call-file", decided.call, a_national_auditor("EL")):
        assert (row["proposed_by"], row["published_by"]) == ("", "")


# R13

WAITS = """
    SELECT a.reference, (min(l.sent_at) AT TIME ZONE 'Europe/Brussels')::date
           - (c.closes_at AT TIME ZONE 'Europe/Brussels')::date,
           ((c.closes_at AT TIME ZONE 'Europe/Brussels')::date + interval '6 months')::date
    FROM applications_application a JOIN programmes_call c ON c.id = a.call_id
    JOIN awards_letter l ON l.application_id = a.id WHERE c.id = %s GROUP BY a.id, c.id
"""


def test_days_to_inform_are_counted_by_the_days_of_brussels(decided):
    rows = {row["number"]: row for row in told("time-limits", decided.call, an_auditor())}
    found = by_sql(WAITS, decided.call.pk)
    assert len(found) == 5
    for number, days, last in found:
        assert (rows[number]["days_to_inform"], rows[number]["inform_by"]) == (days, last)
        assert (rows[number]["standing"], rows[number]["days_over"], rows[number]["on_record"]) == ("in time", 0, "")
    awarded = rows[decided.entries[0].reference]
    assert isinstance(awarded["sign_by"], date)
    assert rows[decided.entries[3].reference]["sign_by"] is None
    assert figures("time-limits", decided.call)["Days to inform, at most"] == str(max(days for _n, days, _l in found))


@pytest.fixture
def late(decided):
    """Everybody was informed a year after the closing."""
    year = timedelta(days=365)
    times = {"opens_at": decided.call.opens_at - year, "closes_at": decided.call.closes_at - year}
    Call.objects.filter(pk=decided.call.pk).update(**times)
    return decided


def test_each_excess_has_its_reason_or_says_that_none_is_on_record(late):
    asked, again, nothing = late.entries[:3]
    clarified(asked, by=late.officer)
    cause = {"cause": "CORRECTION", "opened_by": late.officer, "opened_at": NOON}
    Round.objects.create(call=late.call, ordinal=2, reason="A sum was wrong.", application_ids=[again.pk], **cause)
    shared = [again.pk, late.entries[3].pk]
    Round.objects.create(call=late.call, ordinal=3, reason="CANARY of another", application_ids=shared, **cause)
    rows = {row["number"]: row for row in told("time-limits", late.call, an_auditor())}
    assert "clarification asked on" in rows[asked.reference]["on_record"]
    assert "correction of an error): A sum was wrong." in rows[again.reference]["on_record"]
    assert "CANARY" not in rows[again.reference]["on_record"], "what is said of others too stands elsewhere"
    assert rows[nothing.reference]["on_record"] == "no reason is on record"
    for number, days, last in by_sql(WAITS, late.call.pk):
        allowed = (last - rows[number]["closed_on"]).days  # the last day itself is still in time
        assert rows[number]["days_over"] == days - allowed
    said = figures("time-limits", late.call)
    assert (said["Informed late"], said["Late, and no reason on record"]) == ("5", "2")


def test_who_was_not_informed_yet_counts_no_day(decided):
    """The same data give the same bytes on whatever day the file is drawn."""
    waiting = an_application(decided.call)
    row = next(row for row in told("time-limits", decided.call, an_auditor()) if row["number"] == waiting.reference)
    assert (row["standing"], row["days_to_inform"], row["days_over"]) == ("not informed yet", None, None)


# R15

IN_FORCE = """
    SELECT coalesce(sum(l.contribution), 0), count(*) FROM awards_decisionline l
    JOIN awards_decision d ON d.id = l.decision_id JOIN applications_application a ON a.id = l.application_id
    JOIN accounts_organisation o ON o.id = a.applicant_id
    WHERE l.outcome = 'AWARD' AND d.status IN ('DECIDED', 'ISSUED') AND a.status <> 'RETRACTED'
    AND NOT EXISTS (SELECT FROM awards_decisionline m JOIN awards_decision e ON e.id = m.decision_id
                    WHERE m.application_id = a.id AND e.ordinal > d.ordinal AND e.status IN ('DECIDED', 'ISSUED'))
    AND NOT EXISTS (SELECT FROM awards_offer f WHERE f.line_id = l.id AND f.status NOT IN ('OPEN', 'ACCEPTED'))
    AND (%s::uuid IS NULL OR a.call_id = %s::uuid) AND (%s = '' OR o.member_state = %s)
"""


@pytest.mark.parametrize("state", ["", "EL", "FR"])
@pytest.mark.parametrize("of_call", [True, False])
def test_grants_add_up_to_what_is_in_force_of_a_call_a_fund_or_a_state(decided, state, of_call):
    call = decided.call if of_call else None
    wanted = About(call=call, fund=None if of_call else decided.call.fund, member_state=state)
    report = REPORTS["grants"]
    place = [column.name for column in report.columns].index("contribution")
    amounts = [row[place] for row in report.values(wanted, an_auditor())]
    pk = call and str(call.pk)
    [(awarded, count)] = by_sql(IN_FORCE, pk, pk, state, state)
    assert (sum(amounts, Decimal(0)), len(amounts)) == (awarded, count)


def test_a_grant_says_what_must_be_published_of_it(decided):
    row = {row["number"]: row for row in told("grants", decided.call, an_auditor())}[decided.entries[1].reference]
    applicant = decided.entries[1].applicant
    assert (row["applicant"], row["address"], row["member_state"]) == (applicant.name, applicant.address, "DE")
    assert row["purpose"] == "CANARYDE – CANARY-DE joint patrols"
    line = DecisionLine.objects.get(application=decided.entries[1])
    assert (row["contribution"], row["rate"]) == (line.contribution, line.rate)
    assert row["partners"]
    assert row["nature"]


def test_an_award_that_was_given_back_is_no_grant(decided):
    type(decided.entries[0]).objects.filter(pk=decided.entries[0].pk).update(status="RETRACTED")
    numbers = {row["number"] for row in told("grants", decided.call, an_auditor())}
    assert numbers == {decided.entries[1].reference}


# R24


def test_every_exclusion_check_names_its_declaration_and_whom_it_covers(decided):
    rows = told("exclusion", decided.call, an_auditor())
    [(checks,)] = by_sql(
        "SELECT count(*) FROM applications_check k JOIN applications_application a ON a.id = k.application_id"
        " WHERE k.kind = 'EXCLUSION' AND a.call_id = %s", decided.call.pk,
    )  # fmt: skip
    assert len(rows) == checks
    for row in rows:
        [(version, sha256, said)] = by_sql(
            "SELECT r.version, r.sha256, r.content->'declarations' FROM applications_receipt r"
            " JOIN applications_application a ON a.id = r.application_id WHERE a.reference = %s"
            " ORDER BY r.version DESC LIMIT 1", row["number"],
        )  # fmt: skip
        assert (row["version"], row["sha256"]) == (version, sha256)
        assert ("HONOUR" in said) is (row["passed"] == "yes")
        partners = by_sql(
            "SELECT p.name, p.registration_number FROM applications_partner p"
            " JOIN applications_application a ON a.id = p.application_id WHERE a.reference = %s", row["number"],
        )  # fmt: skip
        assert all(name in row["covered"] and number in row["covered"] for name, number in partners)
