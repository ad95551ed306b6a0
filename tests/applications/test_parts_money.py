"""The budget as it is laid out for reading: rows and columns add up before the reader's eyes."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from applications.budget import Budget
from applications.parts.money import budget_table, cost_chart, missing_words, source_facts

CONTENT = {"partners": [{"id": "1", "name": "Police of Malta"}, {"id": "2", "name": "Hellenic Police"}]}
LINES = {("1", "A"): Decimal(1000), ("1", "C"): Decimal("200.50"), ("2", "C"): Decimal(799)}
CALL = SimpleNamespace(indirect_rate=Decimal(7), max_rate=Decimal(90))


def a_budget(lines=LINES, **money):
    return Budget(lines, CALL.indirect_rate, **{name: Decimal(amount) for name, amount in money.items()})


def plain(text):
    return str(text).replace("\xa0", " ")


def test_each_row_is_a_partner_and_the_foot_goes_on_to_the_direct_costs():
    table = budget_table(CONTENT, a_budget())
    assert [[plain(cell) for cell in row] for row in [*table["rows"], table["footer"]]] == [
        ["Police of Malta", "1 000.00", "0.00", "200.50", "0.00", "0.00", "1 200.50"],
        ["Hellenic Police", "0.00", "0.00", "799.00", "0.00", "0.00", "799.00"],
        ["Direct costs", "1 000.00", "0.00", "999.50", "0.00", "0.00", "1 999.50"],
    ]


def test_every_column_but_the_names_stands_to_the_right_as_figures_do():
    table = budget_table(CONTENT, a_budget())
    assert table["numeric"] == [1, 2, 3, 4, 5, 6]
    assert len(table["columns"]) == len(table["footer"]) == 7


def test_the_facts_go_from_direct_costs_to_who_pays():
    facts = source_facts(a_budget(requested="1925.51", own="200", other="13.96"), CALL)
    assert [(plain(name), plain(value)) for name, value in facts] == [
        ("Direct costs", "EUR 1 999.50"),
        ("Indirect costs (7 % of those)", "EUR 139.97"),
        ("Total costs", "EUR 2 139.47"),
        ("Requested EU contribution", "EUR 1 925.51 (90 %)"),
        ("Most that 90 % of the total allows", "EUR 1 925.52"),
        ("Contribution of the beneficiaries", "EUR 200.00"),
        ("Other contributions and income", "EUR 13.96"),
        ("Balance", "balanced"),
    ]


@pytest.mark.parametrize(
    ("own", "words"),
    [("213.95", "EUR 0.01 are missing"), ("213.97", "EUR 0.01 too much"), ("0", "EUR 213.96 are missing")],
)
def test_an_unbalanced_budget_says_by_how_much_and_to_which_side(own, words):
    budget = a_budget(requested="1925.51", own=own)
    assert plain(missing_words(budget)) == words
    assert plain(source_facts(budget, CALL)[-1][1]) == words


def test_the_picture_shows_what_costs_something_and_the_indirect_costs_last():
    chart = cost_chart(a_budget())
    assert [(str(name), plain(cost)) for name, cost, _share in chart.rows] == [
        ("A. Staff", "EUR 1 000.00"), ("C. Equipment", "EUR 999.50"), ("Indirect costs", "EUR 139.97"),
    ]  # fmt: skip


def test_of_no_costs_there_is_no_picture():
    assert cost_chart(a_budget({})) is None
