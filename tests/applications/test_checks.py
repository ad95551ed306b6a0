"""Each automatic check on both sides of its border, on plain content: no database rows but the call's."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from applications.checks import Case, findings, warnings
from applications.completeness import COMPLETE, HAS_ERRORS, IN_PROGRESS, NOT_STARTED, gaps_in, progress_of
from applications.declarations import Declaration
from programmes.form_parts import usual_parts

CLOSES = datetime(2021, 1, 21, 16, 0, tzinfo=UTC)
AT = datetime(2020, 12, 1, 11, 0, tzinfo=UTC)
FILE = {
    "id": "f", "kind": "DESCRIPTION", "name": "a.pdf", "content_type": "application/pdf", "size": 1, "sha256": "",
    "crc32": "",
}  # fmt: skip


def the_call(**fields):
    values = {
        "closes_at": CLOSES, "eligible_states": ["EL", "MT", "ES"], "min_partners": 2, "min_states": 2,
        "min_contribution": Decimal(250_000), "max_contribution": Decimal(900_000), "max_rate": Decimal(90),
        "indirect_rate": Decimal(7), "max_months": 24, "required_attachments": ["DESCRIPTION"],
        "parts": usual_parts(), "fund": SimpleNamespace(default=lambda name, otherwise: otherwise),
    }  # fmt: skip
    return SimpleNamespace(**{**values, **fields})


def a_partner(key, country, kind="LAW", lead=False):
    return {
        "id": key, "name": f"Partner {key}", "country": country, "kind": kind, "contact_name": "A",
        "contact_email": "a@e.eu", "is_coordinator": lead, "registration_number": "", "vat_number": "",
        "registered_as": "",
    }  # fmt: skip


def the_content():
    return {
        "identity": {"acronym": "NET", "title": "Network"},
        "partners": [a_partner("1", "EL", lead=True), a_partner("2", "MT")],
        "content": {"summary": "s", "description": "d", "objectives": ["A"], "actions": ["a"]},
        "timetable": {
            "starts_on": "2021-09-01", "months": 24, "milestones": [{"title": "m", "first_month": 1, "last_month": 24}],
        },
        "budget": {
            "requested": "288900.00", "own_resources": "32100.00", "other_resources": "0.00",
            "lines": [
                {"partner": "1", "category": "A", "amount": "200000.00"},
                {"partner": "2", "category": "C", "amount": "100000.00"},
            ],
        },
        "attachments": [FILE],
        "declarations": Declaration.values,
    }  # fmt: skip


def result(code, content, call=None, at=AT):
    case = Case(content, at, call or the_call(), objectives=frozenset("AB"), actions=frozenset("abcdefg"))
    return next((one for one in findings(case) if one.code == code), None)


def changed(**parts):
    content = deepcopy(the_content())
    for name, part in parts.items():
        content[name] = {**content[name], **part} if isinstance(part, dict) else part
    return content


def test_a_good_application_passes_everything():
    case = Case(the_content(), AT, the_call(), objectives=frozenset("AB"), actions=frozenset("abcdefg"))
    assert [one.code for one in findings(case) if not one.passed] == []
    assert warnings(case) == []
    assert gaps_in(the_content(), the_call()) == {}


BUDGET = "budget"
LINE = {"partner": "1", "category": "A"}


@pytest.mark.parametrize(
    ("code", "parts", "passed", "found"),
    [
        ("STATES", {"partners": [a_partner("1", "EL", lead=True), a_partner("2", "DK")]}, False, "Partner 2 (Denmark)"),
        ("STATES", {"partners": [a_partner("1", "EL", lead=True), a_partner("2", "DK", kind="INT")]}, True, "Every"),
        ("PARTNERS", {"partners": [a_partner("1", "EL", lead=True)]}, False, "Organisations: 1"),
        ("MIN_STATES", {"partners": [a_partner("1", "EL", lead=True), a_partner("2", "EL")]}, False, "1 (EL)"),
        ("MIN_GRANT", {BUDGET: {"requested": "250000.00"}}, True, "250"),
        ("MIN_GRANT", {BUDGET: {"requested": "249999.99"}}, False, "249"),
        ("MAX_GRANT", {BUDGET: {"requested": "900000.00"}}, True, "900"),
        ("MAX_GRANT", {BUDGET: {"requested": "900000.01"}}, False, "900"),
        ("RATE", {BUDGET: {"requested": "288900.00"}}, True, "90\xa0%"),
        ("RATE", {BUDGET: {"requested": "288900.01"}}, False, "90.01\xa0%"),
        ("BALANCE", {BUDGET: {"own_resources": "32099.99"}}, False, "EUR\xa00.01 apart"),
        ("BALANCE", {BUDGET: {"own_resources": "32000.00", "other_resources": "100.00"}}, True, "the same"),
        ("DURATION", {"timetable": {"months": 25}}, False, "25 months"),
        ("DURATION", {"timetable": {"months": None}}, False, "0 months"),
        ("START", {"timetable": {"starts_on": "2020-12-01"}}, True, "1 December 2020"),
        ("START", {"timetable": {"starts_on": "2020-11-30"}}, False, "30 November 2020"),
        ("START", {"timetable": {"starts_on": None}}, False, "No start"),
        ("SCOPE", {"content": {"objectives": ["C"]}}, False, "Not of this call: C"),
        ("SCOPE", {"content": {"actions": []}}, False, "Objectives A"),
        ("DOCUMENTS", {"attachments": []}, False, "description of the action"),
        ("COMPLETE", {"identity": {"acronym": ""}}, False, "acronym"),
        ("HONOUR", {"declarations": ["TRUE"]}, False, "not given"),
    ],
)  # fmt: skip
def test_each_condition_on_both_sides_of_its_border(code, parts, passed, found):
    answer = result(code, changed(**parts))
    assert answer.passed is passed
    assert found in answer.found


def test_the_vector_of_the_facts_is_ineligible_by_its_minimum_only():
    """Direct costs of 250 000 give 267 500 in all; 90 % are 240 750, below a minimum of 250 000."""
    said = {"lines": [{**LINE, "amount": "250000.00"}], "requested": "240750.00", "own_resources": "26750.00"}
    content = changed(budget=said)
    case = Case(content, AT, the_call(), objectives=frozenset("AB"), actions=frozenset("abcdefg"))
    assert [one.code for one in warnings(case)] == ["MIN_GRANT"]


@pytest.mark.parametrize(
    ("at", "passed", "found"),
    [
        (CLOSES - timedelta(microseconds=1), True, "0 seconds before"),
        (CLOSES, False, "0 seconds after"),
        (CLOSES + timedelta(seconds=1), False, "1 second after"),
    ],
)
def test_in_time_to_the_microsecond(at, passed, found):
    answer = result("IN_TIME", the_content(), at=at)
    assert answer.passed is passed
    assert found in answer.found


@pytest.mark.parametrize(
    ("kind", "requested", "reports", "passed"),
    [
        ("NGO", "750000.00", 0, True),
        ("NGO", "750000.01", 0, False),
        ("NGO", "750000.01", 1, True),
        ("COMPANY", "800000.00", 0, False),
        ("STATE", "800000.00", 0, True),
        ("LOCAL", "800000.00", 0, True),
        ("LAW", "800000.00", 0, True),
        ("INT", "800000.00", 0, True),
    ],
)
def test_an_audit_report_for_large_shares_of_private_bodies(kind, requested, reports, passed):
    content = changed(
        partners=[a_partner("1", "EL", kind=kind, lead=True), a_partner("2", "MT")],
        budget={"lines": [{**LINE, "amount": "800000.00"}], "requested": requested},
        attachments=[FILE, *[{**FILE, "kind": "AUDIT"}] * reports],
    )
    assert result("AUDIT_REPORT", content).passed is passed


def test_the_share_that_needs_a_report_is_the_partner_s_own():
    """Two bodies share a contribution of 800 000: neither has more than 750 000."""
    content = changed(
        partners=[a_partner("1", "EL", kind="NGO", lead=True), a_partner("2", "MT", kind="NGO")],
        budget={
            "lines": [{**LINE, "amount": "400000.00"}, {"partner": "2", "category": "A", "amount": "400000.00"}],
            "requested": "800000.00",
        },
    )
    assert result("AUDIT_REPORT", content).passed


def test_the_call_or_its_fund_may_set_another_limit_for_audit_reports():
    call = the_call(fund=SimpleNamespace(default=lambda name, otherwise: Decimal(100_000)))
    content = changed(partners=[a_partner("1", "EL", kind="NGO", lead=True), a_partner("2", "MT")])
    assert not result("AUDIT_REPORT", content, call).passed


@pytest.mark.parametrize("fields", [{"min_contribution": None}, {"max_contribution": None}, {"eligible_states": []}])
def test_a_condition_the_call_does_not_set_is_not_checked(fields):
    codes = {"min_contribution": "MIN_GRANT", "max_contribution": "MAX_GRANT", "eligible_states": "STATES"}
    assert result(codes[next(iter(fields))], the_content(), the_call(**fields)) is None


# completeness


@pytest.mark.parametrize(
    ("parts", "section", "state"),
    [
        ({}, "identity", COMPLETE),
        ({"identity": {"acronym": "", "title": ""}}, "identity", NOT_STARTED),
        ({"identity": {"acronym": ""}}, "identity", IN_PROGRESS),
        ({"content": {"summary": "x" * 2001}}, "content", HAS_ERRORS),
        ({"content": {"summary": "", "description": "", "objectives": [], "actions": []}}, "content", NOT_STARTED),
        ({"timetable": {"months": 12}}, "timetable", HAS_ERRORS),
        ({"timetable": {"months": None, "starts_on": None, "milestones": []}}, "timetable", NOT_STARTED),
        ({BUDGET: {"lines": [], "requested": None, "own_resources": "0.00"}}, "budget", NOT_STARTED),
        ({BUDGET: {"lines": []}}, "budget", IN_PROGRESS),
        ({"attachments": []}, "attachments", NOT_STARTED),
        ({"attachments": [{**FILE, "kind": "OTHER"}]}, "attachments", IN_PROGRESS),
        ({"declarations": []}, "declarations", NOT_STARTED),
        ({"declarations": ["TRUE"]}, "declarations", IN_PROGRESS),
    ],
)
def test_the_state_of_each_part(parts, section, state):
    content = changed(**parts)
    assert progress_of(content, gaps_in(content, the_call()), the_call())[section] == state


def test_a_summary_is_counted_to_the_character():
    assert gaps_in(changed(content={"summary": "x" * 2000}), the_call()) == {}
    gaps = gaps_in(changed(content={"summary": "x" * 2003}), the_call())
    assert str(gaps["content.summary"]) == "Shorten it by 3 characters."


def test_conditions_of_eligibility_are_no_gaps():
    content = changed(partners=[a_partner("1", "DK", lead=True)], budget={"requested": "1.00"})
    assert gaps_in(content, the_call()) == {}
