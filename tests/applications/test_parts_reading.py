"""Each part read: what is missing in it, where it is mended, what its readers see; without rows, on plain content."""

from copy import deepcopy
from types import SimpleNamespace
from uuid import uuid4

import pytest

from accounts.models import Organisation
from applications.checks import PART_OF, Case, findings
from applications.completeness import gaps_in, progress_of
from applications.declarations import Declaration
from applications.parts import PARTS, said_in
from programmes.form_parts import USUAL, form_of
from tests.applications.test_checks import AT, FILE, changed, the_call, the_content

SPACE = "\u00a0"  # keeps a figure on one line
APPLICANT = SimpleNamespace(name="Ελληνική Αστυνομία", get_member_state_display=lambda: "Greece")


def an_application(**fields):
    call = the_call(objectives=Passages("A", "B"), actions=Passages("a", "f"), **fields)
    return SimpleNamespace(call=call, applicant=APPLICANT)


class Passages(list):
    """The passages of a call, as its page reads them."""

    def __init__(self, *codes):
        super().__init__(Passage(code) for code in codes)

    def all(self):
        return self


class Passage(SimpleNamespace):
    def __init__(self, code):
        super().__init__(code=code)

    def __str__(self):
        return f"({self.code}) Text"


def shown(name, content=None):
    return PARTS[name].shown(content or the_content(), an_application())


# what is missing


@pytest.mark.parametrize(
    ("parts", "gap"),
    [
        ({"identity": {"acronym": ""}}, "identity.acronym"),
        ({"identity": {"title": ""}}, "identity.title"),
        ({"partners": []}, "partners.contact_name"),
        ({"content": {"summary": ""}}, "content.summary"),
        ({"content": {"description": ""}}, "content.description"),
        ({"content": {"objectives": []}}, "content.objectives"),
        ({"content": {"actions": []}}, "content.actions"),
        ({"timetable": {"starts_on": None}}, "timetable.starts_on"),
        ({"timetable": {"months": None}}, "timetable.months"),
        ({"timetable": {"milestones": []}}, "timetable.milestones"),
        ({"budget": {"lines": []}}, "budget.lines"),
        ({"budget": {"requested": None}}, "budget.requested"),
        ({"budget": {"requested": "0.00"}}, "budget.requested"),
        ({"attachments": []}, "attachments.DESCRIPTION"),
        ({"declarations": [one for one in Declaration.values if one != "DATA"]}, "declarations.DATA"),
    ],
)
def test_each_thing_that_is_missing_is_named_at_its_field(parts, gap):
    gaps = gaps_in(changed(**parts), the_call())
    assert gap in gaps
    assert str(gaps[gap])
    assert all(name.startswith(f"{gap.split('.')[0]}.") for name in gaps)


@pytest.mark.parametrize("name", USUAL)
def test_a_part_with_nothing_said_is_untouched(name):
    part = PARTS[name]
    assert part.is_untouched(part.empty)
    assert not part.is_untouched(the_content()[name])


def test_gaps_follow_the_order_of_the_form():
    turned = the_call(parts=form_of(["declarations", "identity"]))
    content = changed(identity={"title": ""}, declarations=[])
    assert [name.split(".")[0] for name in gaps_in(content, turned)] == ["declarations"] * 6 + ["identity"]


# a shorter form, an older content


@pytest.mark.parametrize("name", USUAL)
def test_a_part_that_was_not_asked_has_no_gap_and_no_progress(name):
    content = deepcopy(the_content())
    content.pop(name)
    call = the_call(parts=form_of(one for one in USUAL if one != name))
    assert gaps_in(content, call) == {}
    assert name not in progress_of(content, {}, call)
    assert [part.name for part in said_in(content, call)] == [one for one in USUAL if one != name]
    # the same content before the form of today, which asks for it: an older receipt
    assert gaps_in(content, the_call()) == {}


@pytest.mark.parametrize(
    ("name", "left_out"),
    [
        ("identity", set()),
        ("partners", {"STATES", "PARTNERS", "MIN_STATES", "AUDIT_REPORT"}),
        ("content", {"SCOPE"}),
        ("timetable", {"DURATION", "START"}),
        ("budget", {"MIN_GRANT", "MAX_GRANT", "RATE", "BALANCE", "AUDIT_REPORT"}),
        ("attachments", {"DOCUMENTS", "AUDIT_REPORT"}),
        ("declarations", {"HONOUR"}),
    ],
)
def test_no_condition_is_checked_on_what_was_not_asked(name, left_out):
    content = deepcopy(the_content())
    whole = codes_of(content)
    content.pop(name)
    assert whole - codes_of(content) == left_out


def codes_of(content):
    case = Case(content, AT, the_call(), objectives=frozenset("AB"), actions=frozenset("abcdefg"))
    return {one.code for one in findings(case)}


def test_every_condition_of_eligibility_is_mended_in_a_part_that_there_is():
    assert set(PART_OF.values()) <= set(PARTS)


# where a gap is mended


@pytest.mark.parametrize(
    ("name", "gap", "field"),
    [
        ("identity", "acronym", "acronym"),
        ("partners", "contact_name", "1-contact_name"),
        ("content", "objectives", "objectives_0"),
        ("content", "actions", "actions_0"),
        ("content", "summary", "summary"),
        ("timetable", "milestones", "milestones"),
        ("partners", "77-country", "77-country"),
        ("timetable", "months", "months"),
        ("budget", "lines", "1-A"),
        ("budget", "requested", "requested"),
        ("attachments", "DESCRIPTION", "kind"),
        ("declarations", "TRUE", "declarations_0"),
    ],
)
def test_a_gap_leads_to_the_field_that_fills_it(name, gap, field):
    assert PARTS[name].field_of(gap, the_content()) == field


# what readers see


def test_identity_shows_who_and_when():
    facts = dict(shown("identity")["facts"])
    assert facts["Applicant"] == "Ελληνική Αστυνομία"
    assert (facts["Member State"], facts["Acronym"], facts["Title"]) == ("Greece", "NET", "Network")
    assert (facts["Planned start"], facts["Duration (months)"]) == ("1 September 2021", 24)


def test_identity_shows_no_times_where_none_were_asked():
    content = deepcopy(the_content())
    content.pop("timetable")
    assert "Planned start" not in dict(shown("identity", content)["facts"])


def test_identity_shows_nothing_for_a_start_not_known_yet():
    assert dict(shown("identity", changed(timetable={"starts_on": None}))["facts"])["Planned start"] == ""


def test_partners_are_a_table_with_their_contacts():
    content = changed(partners=[{**the_content()["partners"][0], "contact_email": "", "country": "XX", "kind": "?"}])
    said = ["Partner 2", "Malta", Organisation.Kind("LAW").label, "", "A, a@e.eu"]
    assert shown("partners")["table"]["rows"][1] == said
    assert shown("partners", content)["table"]["rows"] == [["Partner 1", "", "", "", "A"]]


def test_content_shows_the_texts_of_its_codes_and_a_code_without_a_text_as_it_is():
    said = shown("content", changed(content={"objectives": ["A", "Q"], "actions": []}))
    assert (said["objectives"], said["actions"]) == (["(A) Text", "Q"], [])
    assert [str(heading) for heading, _text in said["texts"]] == ["Summary", "Description of the action"]


def test_a_timetable_shows_its_activities_by_month():
    assert shown("timetable")["table"]["rows"] == [["m", 1, 24]]


def test_a_budget_adds_up_by_partner_by_category_and_to_who_pays():
    said = shown("budget")
    assert [row[-1] for row in said["table"]["rows"]] == [f"{number}{SPACE}000.00" for number in (200, 100)]
    assert said["table"]["footer"][-1] == f"300{SPACE}000.00"
    assert dict(said["sources"])["Balance"] == "balanced"
    assert said["chart"]


@pytest.mark.parametrize(("own", "says"), [("0.00", "are missing"), ("99999.00", "too much")])
def test_a_budget_that_does_not_balance_says_by_how_much(own, says):
    assert says in dict(shown("budget", changed(budget={"own_resources": own}))["sources"])["Balance"]


def test_an_empty_budget_has_no_picture():
    assert shown("budget", changed(budget=PARTS["budget"].empty))["chart"] is None


def test_attachments_show_name_kind_size_and_fingerprint():
    key = str(uuid4())
    (file,) = shown("attachments", changed(attachments=[{**FILE, "id": key}]))["files"]
    assert (file["name"], file["note"]) == ("a.pdf", "description of the action (annex)")
    assert (file["url"], file["id"]) == (f"/attachments/{key}/", key)


def test_declarations_show_what_was_declared_in_the_order_of_the_form():
    said = shown("declarations", changed(declarations=["NO_DOUBLE", "TRUE"]))["texts"]
    assert [str(text)[:15] for text in said] == ["The information", "No other Union "]
