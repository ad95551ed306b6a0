"""No letter leaves that the file does not bear out: whatever single fact is wrong is named, with both values."""

from copy import deepcopy
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awards.actions import replace_letter
from awards.actions.letters import require_true
from awards.documents import digest_of, page_of
from awards.models import Letter
from awards.proofs import Sources, Untrue, counted_from, faults_of, faults_of_page
from awards.proofs.text import faults_of_text, leaves, numbers_in
from awards.schedule import draw_and_send
from core.days import day_of
from core.formats import euro
from tests.awards import factories
from tests.awards.factories import ISSUED, a_taken_decision, an_issued_decision
from tests.factories import an_officer

pytestmark = pytest.mark.django_db
OUTCOMES = ["AWARD", "RESERVE", "REJECTION"]
UNSTATED = {  # nothing on file to hold it against: how things are called, what the law says, who prints it
    ("format",), ("language",), ("reference",), ("outcome", "stage_label"), ("outcome", "deviates"), ("officer",),
    ("sender",), ("legal",), ("signatory", "function"), ("replaces",), ("addressee",),
}  # fmt: skip


def past_the_house(statement, *values):
    """Somebody with every right on the database, the triggers put away."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.fixture
def letters(db):
    return {one.kind: one for one in an_issued_decision().letters.order_by("-application__reference")}


def faults(letter, facts=None):
    source = Sources(letter.decision, [letter.application_id]).of(letter.application_id)
    days = counted_from(day_of(letter.written_at), source.call)
    return faults_of(facts or letter.facts, source, days=days)


def test_what_the_house_writes_holds(letters):
    for letter in letters.values():
        assert faults(letter) == faults_of_page(letter.facts) == []


def places(value, at=()):
    """Where each single fact stands."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inner is None:
        yield at
        return
    for name, one in inner:
        yield from places(one, (*at, name))


def changed(facts, place):
    facts = deepcopy(facts)
    *way, last = place
    inner = facts
    for name in way:
        inner = inner[name]
    inner[last] = other_than(inner[last])
    return facts


def other_than(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if value is None:
        return "1"
    if value[:4].isdecimal() and value[4:5] == "-":
        return f"{int(value[:4]) + 1}{value[4:]}"
    if value.replace(".", "").isdecimal():
        return str(Decimal(value) + Decimal("0.01"))
    return f"{value} or another"


def is_stated(place):
    return not any(place[: len(one)] == one for one in UNSTATED)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_single_fact_that_is_changed_is_found(letters, data):
    letter = letters[data.draw(st.sampled_from(OUTCOMES))]
    place = data.draw(st.sampled_from([one for one in places(letter.facts) if is_stated(one)]))

    assert faults(letter, changed(letter.facts, place)), f"{place} of {letter.kind}"


def test_who_it_is_written_to_is_proved_at_the_writing_alone(letters):
    letter = letters["AWARD"]
    facts = changed(letter.facts, ("addressee", 0))
    source = Sources(letter.decision, [letter.application_id]).of(letter.application_id)
    days = counted_from(day_of(letter.written_at), source.call)

    (said,) = faults_of(facts, source, days=days)
    assert "the letter says" in said
    assert letter.application.applicant.name in said
    assert faults_of(facts, source, days=days, is_new=False) == []


PAST_THE_HOUSE = [
    ("UPDATE awards_decisionline SET contribution = contribution - 1 WHERE outcome = 'AWARD'", "399999.00"),
    ("UPDATE awards_decisionline SET reason = 'Another.'", "Another."),
    ("UPDATE awards_decisionline SET rank = rank + 5 WHERE rank IS NOT NULL", "is “6”"),
    ("UPDATE evaluation_rankedentry SET total = total + 1", "92.0000"),
    ("UPDATE evaluation_rankedentry SET rank = rank + 5 WHERE rank IS NOT NULL", "is “6”"),
    ("UPDATE evaluation_consensus SET total = total - 2", "89.0000"),
    ("UPDATE evaluation_consensusscore SET points = points - 1", "37.00"),
    ("UPDATE evaluation_consensusscore SET comment = 'Weak.'", "Weak."),
    ("UPDATE programmes_call SET redress_days = redress_days + 1", "last version"),
    ("UPDATE programmes_criterion SET threshold = 1", "“1.00”"),
    ("UPDATE accounts_organisation SET name = name || ' Else'", " Else”"),
    ("UPDATE applications_application SET requested = 1", "“1.00”"),
]


@pytest.mark.parametrize(("statement", "named"), PAST_THE_HOUSE)
def test_a_row_changed_between_decision_and_issue_holds_its_letter_up(statement, named):
    decision = a_taken_decision()
    past_the_house(statement)

    with pytest.raises(Untrue) as refused:
        issue_all(decision)

    assert named in str(refused.value.sentence)
    assert not Letter.objects.exists()


def issue_all(decision):

    return factories.issue_letters(decision, by=an_officer(), at=ISSUED)


@pytest.mark.parametrize("statement", [one for one, _named in PAST_THE_HOUSE if "organisation" not in one])
def test_a_row_changed_before_it_is_drawn_is_found_as_well(letters, statement):
    past_the_house(statement)
    letter = Letter.objects.get(pk=letters["AWARD"].pk)

    with pytest.raises(Untrue, match="does not bear it out"):
        draw_and_send(letter.pk)
    letter.refresh_from_db()
    assert (letter.status, letter.pdf_path) == ("WAITING", "")


def test_facts_changed_in_the_letter_itself_are_found(letters):
    letter = letters["AWARD"]
    past_the_house(
        "UPDATE awards_letter SET facts = jsonb_set(facts, '{grant,contribution}', '\"999999.00\"') WHERE id = %s",
        letter.pk,
    )
    letter = Letter.objects.get(pk=letter.pk)

    with pytest.raises(Untrue) as refused:
        require_true(letter)
    assert "Maximum grant: the letter says “999999.00”, the decision says “400000.00”." in str(refused.value.sentence)


def test_with_the_triggers_in_place_the_sources_contradict_each_other():
    """A version is written then; but the list, the report and the points say it three times."""
    decision = a_taken_decision()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE evaluation_rankedentry SET total = total + 1 WHERE rank = 1")

    with pytest.raises(Untrue, match=r"Total: the letter says “92.0000”, the report says “91.0000”"):
        issue_all(decision)


def test_a_reason_that_the_points_do_not_bear_out_is_none(letters):
    letter = letters["AWARD"]
    facts = deepcopy(letter.facts)
    facts["outcome"]["stage"] = "THRESHOLD"

    assert any(
        "Below a threshold: the letter says “True”, the points say “False”" in said for said in faults(letter, facts)
    )


# the page that is drawn


@pytest.mark.parametrize("kind", OUTCOMES)
def test_a_number_that_is_of_no_fact_is_named(letters, kind):

    facts = letters[kind].facts
    page = page_of(facts).replace("</main>", "<p>Call 9876543210.</p></main>")

    said = list(faults_of_text(page, facts, digest=digest_of(facts)))
    assert any("“9876543210”" in one and "no figure of the file" in one for one in said)


def test_a_figure_that_the_page_leaves_out_is_named(letters):

    facts = letters["AWARD"].facts
    page = page_of(facts).replace(euro("400000.00"), "a sum")

    assert any("the maximum grant" in one for one in faults_of_text(page, facts, digest=digest_of(facts)))


def test_numbers_are_taken_as_they_are_written():
    assert numbers_in("EUR\u00a0400\u00a0000.00 by 15 October 2026, 91.5\u00a0%") == {
        "400\u00a0000.00",
        "15",
        "2026",
        "91.5",
    }
    assert list(leaves({"a": [1, None, {"b": "x"}], "c": True})) == [1, "x"]


def test_a_corrected_letter_is_proved_like_any(letters):
    sent = letters["AWARD"]
    draw_and_send(sent.pk)
    sent.refresh_from_db()
    past_the_house("UPDATE programmes_call SET overall_threshold = overall_threshold + 1")

    with pytest.raises(Untrue):
        replace_letter(sent, by=an_officer(), reason="The address was wrong.", base=sent.stamp)
    assert not Letter.objects.filter(replaces=sent).exists()
