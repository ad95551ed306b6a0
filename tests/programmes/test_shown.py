"""A call and its fund as people read them: amounts, days, what a corrigendum changed, what nobody has said yet."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.models import Call, Corrigendum, Criterion, Fund
from programmes.shown.calls import (
    between,
    changes_of,
    conditions_of,
    criteria_table,
    figures_of,
    procedure_of,
    reserve_of,
    shown,
    tie_break_of,
)
from programmes.shown.funds import money_table, share_text, span, split_of, sure
from programmes.shown.words import document_names, label_of
from programmes.views.what_if import signed

NBSP = "\u00a0"
MONEY = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("9999999"), places=2)


def a_call(**said):
    return Call(reference="ISFP-1", fund=Fund(code="x", sheet={}), **said)


def facts(pairs):
    return {str(label): str(text) for label, text in pairs}


# a call


@pytest.mark.parametrize(("low", "high", "words"), [
    (None, None, "–"), (5, None, "from EUR 5.00"), (None, 9, "up to EUR 9.00"), (5, 9, "EUR 5.00 to EUR 9.00"),
    (0, 9, "up to EUR 9.00"), (5, 0, "from EUR 5.00"), (0, 0, "–"),
])  # fmt: skip
def test_a_contribution_is_bounded_by_what_was_said(low, high, words):
    said = (None if one is None else Decimal(one) for one in (low, high))
    assert str(between(*said)).replace(NBSP, " ") == words


@pytest.mark.parametrize(("has_reserve", "until", "words"), [
    (False, None, "none"), (False, date(2021, 5, 3), "none"), (True, None, "yes"),
    (True, date(2021, 5, 3), "valid until 3 May 2021"),
])  # fmt: skip
def test_a_reserve_list_says_until_when_it_holds(has_reserve, until, words):
    assert str(reserve_of(a_call(has_reserve=has_reserve, reserve_until=until))) == words


def test_what_nobody_has_said_yet_is_a_dash_and_never_none():
    draft = a_call()
    told = [*figures_of(draft), *conditions_of(draft), *procedure_of(draft)]
    assert not [pair for pair in told if "None" in map(str, pair)]
    assert list(facts(procedure_of(draft)).values())[:3] == ["–", "–", "–"]


def test_whether_evaluators_of_the_applicant_s_state_are_refused_is_said():
    for conflicts, words in ((True, "refused"), (False, "allowed")):
        told = facts(procedure_of(a_call(same_state_conflicts=conflicts)))
        assert told["Evaluators from an applicant's Member State"] == words


def a_criterion(code, **said):
    return Criterion(code=code, **{"title": code.title(), "maximum": Decimal(40), "step": 1, "weight": 1, **said})


def test_the_table_of_criteria_adds_up_what_can_be_reached():
    criteria = [a_criterion("REL", threshold=Decimal(25)), a_criterion("IMP", maximum=Decimal(20), weight=Decimal(2))]
    table = criteria_table(a_call(overall_threshold=Decimal(70)), criteria)
    assert [str(row[-1]) for row in table.rows] == ["25.00", "none"]
    assert [str(cell) for cell in table.footer] == ["", "Total, weighted", "", "80.00", "", "", "70.00"]


def test_equal_totals_are_decided_by_title_in_the_order_of_the_call():
    criteria = [a_criterion("REL"), a_criterion("IMP")]
    assert tie_break_of(a_call(tie_break=["IMP", "REL"]), criteria) == ["Imp", "Rel"]
    assert tie_break_of(a_call(tie_break=["IMP", "GONE"]), criteria) == ["Imp", "GONE"]
    assert tie_break_of(a_call(tie_break=[]), criteria) == []


# what a corrigendum changed


@pytest.mark.parametrize(("name", "kept", "words"), [
    ("closes_at", "2021-01-21T16:00:00+00:00", "21 January 2021, 17:00"), ("inform_by", "2021-05-03", "3 May 2021"),
    ("reserve_until", "2022-05-03", "3 May 2022"), ("title", "Police", "Police"), ("evaluators_wanted", "3", "3"),
    ("title", "", "–"), ("reserve_until", "None", "–"), ("closes_at", "None", "–"),
])  # fmt: skip
def test_a_change_is_said_as_the_page_says_such_things(name, kept, words):
    assert words in str(shown(name, kept))


def test_a_corrigendum_sets_before_beside_now():
    corrigendum = Corrigendum(number=1, changes={"title": ["Old", "New"], "inform_by": ["2021-05-03", "2021-06-03"]})
    assert [[str(cell) for cell in row] for row in changes_of(corrigendum)] == [
        [label_of("title"), "Old", "New"], [label_of("inform_by"), "3 May 2021", "3 June 2021"],
    ]  # fmt: skip


# names


def test_a_document_that_is_not_offered_any_more_keeps_its_code():
    known, unknown = document_names(["DESCRIPTION", "OF_BEFORE"])
    assert str(known) != "DESCRIPTION"
    assert unknown == "OF_BEFORE"


def test_a_label_begins_with_a_capital_and_stays_as_it_is_otherwise():
    for field in ("title", "opens_at", "max_contribution"):
        words = str(Call._meta.get_field(field).verbose_name)
        assert label_of(field) == words[0].upper() + words[1:]


# a fund


@pytest.mark.parametrize(("one", "words"), [
    ({"years": 5, "months": 3, "days": 1}, "5 years"), ({"months": 6, "days": 1}, "6 months"),
    ({"days": 15}, "15 calendar days"),
])  # fmt: skip
def test_a_time_to_respect_is_said_in_its_largest_unit(one, words):
    assert str(span(one)) == words


def test_a_limit_is_a_share_and_sometimes_an_amount_on_top():
    plain, topped = share_text({"share": "5"}), share_text({"share": "5", "plus": "200000"})
    assert topped.startswith(f"{plain} + ")
    assert "200" in topped
    assert "+" not in plain


@pytest.mark.parametrize(("one", "words", "tone"), [
    ({"verified": "read"}, "read in the act", "good"), ({"verified": "computed"}, "computed", "neutral"),
    ({}, "not verified", "warning"),
])  # fmt: skip
def test_a_figure_says_how_sure_it_is_and_silence_is_doubt(one, words, tone):
    cell = sure(one)
    assert (str(cell.text), cell.tone) == (words, tone)


@given(st.lists(MONEY, max_size=4), st.booleans())
def test_every_sum_of_the_law_is_a_line_and_assistance_only_with_an_amount(amounts, with_assistance):
    split = [{"label": f"Part {place}", "amount": str(amount)} for place, amount in enumerate(amounts)]
    assistance = {"label": "Assistance", "amount": "1"} if with_assistance else {"label": "Assistance"}
    sheet = {"envelope": {"label": "All", "amount": "1"}, "split": split, "commission_technical_assistance": assistance}
    labels = [row[0] for row in money_table(sheet).rows]
    assert labels == ["All", *(one["label"] for one in split), *(["Assistance"] if with_assistance else [])]
    assert split_of(sheet) == [(one["label"], Decimal(one["amount"])) for one in split]


@given(MONEY)
def test_a_difference_says_its_sign_and_none_says_none(amount):
    assert signed(amount).startswith(f"+{NBSP}")
    assert signed(-amount).startswith(f"−{NBSP}")
    assert signed(amount)[2:] == signed(-amount)[2:] == signed(amount).removeprefix(f"+{NBSP}")
    assert signed(Decimal(0))[0] not in "+−"


def test_moments_of_a_corrigendum_are_those_of_brussels():
    summer = datetime(2021, 7, 1, 22, 30, tzinfo=UTC).isoformat()
    assert "2 July 2021, 00:30" in str(shown("closes_at", summer))
