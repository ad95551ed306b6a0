"""The blocks of criteria on the page of a draft: added, emptied, deleted, numbered in the summary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.forms import CriterionFormSet, criteria_of

GOOD = {
    "code": "rel", "title": "Relevance", "maximum": "40", "step": "1", "weight": "1", "threshold": "", "question": "",
}  # fmt: skip
KEPT = {"code": "OLD", "title": "Old", "maximum": 10, "step": 1, "weight": 1, "threshold": None, "question": ""}


def posted(*blocks, initial=0):
    data = {"criteria-TOTAL_FORMS": len(blocks), "criteria-INITIAL_FORMS": initial}
    return data | {f"criteria-{place}-{name}": text for place, one in enumerate(blocks) for name, text in one.items()}


def formset(*blocks, initial=()):
    return CriterionFormSet(posted(*blocks, initial=len(initial)), prefix="criteria", initial=list(initial))


def sentences(found):
    return [str(sentence) for sentence, _address in found.problems()]


def test_a_code_is_written_in_capitals():
    found = formset(GOOD)

    assert found.is_valid()
    assert [(one["code"], one["threshold"]) for one in criteria_of(found)] == [("REL", None)]


def test_an_untouched_new_block_is_none():
    found = formset(GOOD, {"code": "", "title": "", "maximum": "", "step": "0.5", "weight": "1", "threshold": ""})

    assert found.is_valid()
    assert len(criteria_of(found)) == 1


def test_a_block_that_was_there_and_is_emptied_is_asked_for_not_dropped():
    found = formset(dict.fromkeys(GOOD, ""), initial=[KEPT])

    assert not found.is_valid()
    assert any(one.startswith("Criterion 1, Code: ") for one in sentences(found))


def test_a_block_to_be_deleted_may_hold_nonsense():
    found = formset({**GOOD, "maximum": "nonsense", "DELETE": "on"}, GOOD, initial=[KEPT])

    assert found.is_valid()
    assert [one["code"] for one in criteria_of(found)] == ["REL"]


def test_two_blocks_with_one_code_are_refused_whatever_the_case():
    found = formset(GOOD, {**GOOD, "code": "REL"})

    assert not found.is_valid()
    assert sentences(found) == ["Two criteria have the same code. Give each its own."]


def test_a_deleted_block_gives_its_code_free():
    assert formset({**GOOD, "DELETE": "on"}, GOOD, initial=[KEPT]).is_valid()


@pytest.mark.parametrize(("name", "text", "why"), [
    ("maximum", "0", "greater than or equal to 0.01"), ("maximum", "-1", "greater than or equal to 0.01"),
    ("maximum", "many", "Write a number in figures"), ("maximum", "1.234", "can be read in two ways"),
    ("maximum", "", "Give an answer here."), ("step", "0", "greater than or equal to 0.01"),
    ("weight", "0", "greater than or equal to 0.01"), ("threshold", "-1", "greater than or equal to 0"),
    ("threshold", "40.01", "The threshold cannot be above the maximum."), ("code", "", "Give an answer here."),
    ("code", "ABCDEFGHIJK", "at most 10 characters"), ("title", "", "Give an answer here."),
    ("title", "x" * 121, "at most 120 characters"), ("title", "a\x00", "cannot be printed"),
    ("question", "x" * 2001, "at most 2000 characters"), ("maximum", "99999.5", "digits"),
])  # fmt: skip
def test_a_wrong_entry_is_named_by_its_block_and_its_field(name, text, why):
    found = formset(GOOD, {**GOOD, "code": "B", name: text})

    assert not found.is_valid()
    (sentence, address), *_more = found.problems()
    label = found.forms[1].fields[name].label
    assert str(sentence).startswith(f"Criterion 2, {label}: ")
    assert why in str(sentence)
    assert address == f"#id_criteria-1-{name}"


def test_a_threshold_as_high_as_the_maximum_is_possible():
    assert formset({**GOOD, "threshold": "40"}).is_valid()


@pytest.mark.parametrize("total", ["", "x", "999999999", "1e3"])
def test_a_count_of_blocks_that_no_page_sent_is_refused(total):
    found = CriterionFormSet({**posted(GOOD), "criteria-TOTAL_FORMS": total}, prefix="criteria")

    assert not found.is_valid() or len(found.forms) == 1


@pytest.mark.parametrize(
    ("total", "initial"), [("-1", "1"), ("0", "1"), ("0", "0"), ("-1", "-1"), ("1", "0"), ("2", "2")]
)
def test_a_page_without_the_criteria_there_are_empties_no_draft(total, initial):
    data = {**posted(GOOD, initial=1), "criteria-TOTAL_FORMS": total, "criteria-INITIAL_FORMS": initial}
    found = CriterionFormSet(data, prefix="criteria", initial=[GOOD])

    assert not found.is_valid()
    assert "Load the page again" in str(found.problems())


@given(st.lists(st.sampled_from("ABC"), min_size=1, max_size=4))
def test_the_order_on_the_page_is_the_order_of_the_criteria(codes):
    found = formset(*({**GOOD, "code": code} for code in codes))

    assert found.is_valid() is (len(set(codes)) == len(codes))
    if found.is_valid():
        assert [one["code"] for one in criteria_of(found)] == codes
