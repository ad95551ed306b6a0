"""What the form of a call and its criteria may not say, as sentences at their fields."""

from decimal import Decimal

import pytest

from programmes.completeness import contradictions, criteria_gaps, criterion_gap, form_gaps, tie_gaps
from programmes.form_parts import USUAL, form_of
from tests.programmes.drafts import THREE, YES, a_criterion, a_draft

# states, documents, parts


@pytest.mark.parametrize("states", [["XX"], ["AT", "EN"], ["at"], [""]])
def test_a_state_that_is_no_member_is_named(states):
    unknown = sorted(set(states) - {"AT"})

    assert contradictions(a_draft(eligible_states=states))["eligible_states"].endswith(f"{', '.join(unknown)}.")


def test_a_document_that_nobody_knows_is_named():
    call = a_draft(required_attachments=["DESCRIPTION", "POEM"])

    assert contradictions(call)["required_attachments"] == "No such kind of document: POEM."


@pytest.mark.parametrize("parts", [
    [{}], [{"part": "identity", "more": 1}], ["identity"], [None], [[]], [{"part": 1}], [{"part": None}],
    [{"part": ["identity"]}], [{"Part": "identity"}],
])  # fmt: skip
def test_a_form_that_is_no_list_of_parts_is_refused(parts):
    assert form_gaps(a_draft(parts=parts)) == {"parts": "Give each part as {“part”: its name}."}


@pytest.mark.parametrize(("names", "sentence"), [
    ([*USUAL, "horoscope"], "There are no such parts: horoscope."),
    ([*USUAL, "identity"], "Name each part once."),
])  # fmt: skip
def test_a_part_is_known_and_named_once(names, sentence):
    assert form_gaps(a_draft(parts=form_of(names))) == {"parts": sentence}


def test_documents_are_required_only_where_they_can_be_attached():
    call = a_draft(parts=form_of([one for one in USUAL if one != "attachments"]), required_attachments=["DESCRIPTION"])

    assert form_gaps(call) == {"parts": "The call requires documents, so its form must ask for attachments."}
    call.required_attachments = []
    assert form_gaps(call) == {}


# criteria


@pytest.mark.parametrize(("values", "is_gap"), [
    ({}, False), ({"maximum": Decimal(0)}, True), ({"step": Decimal(0)}, True), ({"weight": Decimal(-1)}, True),
    ({"threshold": Decimal(40)}, False), ({"threshold": Decimal("40.01")}, True), ({"threshold": Decimal(0)}, False),
    ({"threshold": Decimal(-1)}, True),
])  # fmt: skip
def test_what_no_criterion_may_say(values, is_gap):
    assert bool(criterion_gap(a_criterion(**values))) is is_gap


@pytest.mark.parametrize(("call", "criteria", "wanted"), [
    ({}, [], {"criteria": "Add at least one award criterion."}),
    ({"overall_threshold": Decimal("100.01")}, THREE,
     {"overall_threshold": "Nobody can reach this overall threshold: the criteria give 100 points at most."}),
    ({"overall_threshold": Decimal(100)}, THREE, {}),
    ({}, [*THREE, a_criterion(code="ODD", step=Decimal(3))],
     {"criteria": "The maximum of ODD is no multiple of its step."}),
])  # fmt: skip
def test_criteria_are_judged_together(call, criteria, wanted):
    assert criteria_gaps(a_draft(**call), criteria, YES) == wanted


OPEN = "Two applications can still be equal after that. End with COMMITTEE: then it decides."


@pytest.mark.parametrize(("order", "gap", "sentence"), [
    (["REL", "XXX", "AAA", "COMMITTEE"], "tie_break", "The call has no such criteria: AAA, XXX."),
    (["IMP", "REL"], "tie_break", OPEN), ([], "tie_break", OPEN), (["TIME"], "tie_break", OPEN),
    (["COMMITTEE", "TIME"], "tie_break", OPEN),
    (["REL", "REL", "COMMITTEE"], "tie_break", "Name each once."),
])  # fmt: skip
def test_an_order_that_leaves_a_tie_open_is_not_published(order, gap, sentence):
    assert tie_gaps(a_draft(tie_break=order), THREE, YES) == {gap: sentence}


def test_an_order_that_ends_every_tie_is_published():
    assert tie_gaps(a_draft(tie_break=["REL", "TIME", "AMOUNT", "COMMITTEE"]), THREE, YES) == {}


def test_no_criterion_takes_the_name_of_a_rule():
    sentence = "These words name rules for equal totals; give the criteria other codes: TIME."
    assert tie_gaps(a_draft(), [*THREE, a_criterion(code="TIME")], YES) == {"criteria": sentence}


def test_weights_count_towards_what_can_be_reached():
    heavy = [a_criterion(weight=Decimal(3))]

    assert criteria_gaps(a_draft(overall_threshold=Decimal(120)), heavy, YES) == {}
    assert criteria_gaps(a_draft(overall_threshold=Decimal(121)), heavy, YES)
