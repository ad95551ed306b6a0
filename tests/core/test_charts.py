from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.charts import bar_chart, stacked_bar
from core.formats import euro

SVG = "{http://www.w3.org/2000/svg}"
CHARTS = [bar_chart, stacked_bar]
items = st.lists(st.tuples(st.text("ab<>&\"'Ωж", max_size=60), st.decimals(0, 10**9, places=2)), max_size=12)


def drawn(chart):
    return ElementTree.fromstring(chart.svg)  # noqa: S314 - our own picture


@given(items, st.sampled_from(CHARTS))
def test_a_chart_is_a_picture_for_any_names_and_numbers(figures, make):
    chart = make("A <title>", figures)
    picture = drawn(chart)
    assert picture.get("aria-label") == "A <title>"
    assert len(chart.rows) == len(figures)
    assert "style" not in {name for element in picture.iter() for name in element.attrib}


@pytest.mark.parametrize("make", CHARTS)
def test_names_are_words_never_markup(make):
    assert "<script>" not in make("T", [("<script>alert(1)</script>", 1)]).svg


def test_bars_are_as_long_as_their_numbers():
    widths = [
        Decimal(bar.get("width")) for bar in drawn(bar_chart("T", [("a", 50), ("b", 100), ("c", 0)])).iter(f"{SVG}rect")
    ]
    assert widths[1] == widths[0] * 2
    assert widths[2] == 0


def test_shares_fill_the_whole_bar_and_are_told_in_the_table():
    chart = stacked_bar("T", [("a", 3), ("b", 1)])
    parts = [Decimal(bar.get("width")) for bar in drawn(chart).iter(f"{SVG}rect") if bar.get("height") == "36.00"]
    assert sum(parts) == 480
    assert [row[2].replace("\u00a0", " ") for row in chart.rows] == ["75 %", "25 %"]


def test_the_table_says_the_figures_as_asked():
    assert bar_chart("T", [("a", 5)], show=euro, columns=["Fund", "Money"]).rows == [["a", euro(5)]]
