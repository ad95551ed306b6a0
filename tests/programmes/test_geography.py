"""The map: every Member State is on it, sees its colour, and says its figure."""

import json
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from accounts.member_states import MEMBER_STATES
from programmes.geography import breaks_of, legend_of, map_of, step_of

MILLION = Decimal(1_000_000)


@pytest.fixture
def outlines(tmp_path):
    """A picture as `tools/maps` draws it: one square for each Member State, and a mark on the smallest."""
    squares = {code: {"path": "M0 0l9 0 0 9z", "disc": None} for code in sorted(MEMBER_STATES) if code != "UK"}
    squares["MT"]["disc"] = [1330, 2010]
    source = tmp_path / "europe.json"
    source.write_text(json.dumps({"width": 2125, "height": 2030, "land": "M1 1l5 0 0 5z", "states": squares}))
    return source


def drawn(amounts, source):
    return map_of("Money", amounts, says=lambda code: f"<{code}>", show=str, source=source)


@pytest.fixture
def europe(outlines):
    return drawn({"MT": 9 * MILLION, "DE": 79 * MILLION, "FR": None}, outlines)


def test_colours_go_by_amount(europe):
    steps = {state.code: (state.step, state.is_in) for state in europe.states}
    assert steps["DE"][0] > steps["MT"][0]
    assert steps["FR"] == (None, True)
    assert steps["DK"] == (None, False)


def test_the_page_escapes_and_has_no_style(europe):
    html = render_to_string("programmes/map.html", {"map": europe})
    assert "&lt;MT&gt;" in html
    assert "style=" not in html
    assert html.count("<title") == 28
    assert html.count('<circle cx="1330" cy="2010"') == 1
    assert 'viewBox="0 0 2125 2030"' in html


def test_the_picture_is_read_once_however_often_it_is_coloured(outlines):
    first = drawn({"MT": MILLION}, outlines)
    outlines.write_text("no longer a picture")
    assert drawn({"MT": MILLION}, outlines) == first


def test_without_the_outlines_there_is_no_map(tmp_path):
    assert drawn({"MT": MILLION}, tmp_path / "nothing.json") is None


def test_breaks_are_round_and_legends_say_them():
    amounts = sorted(Decimal(number) * MILLION for number in range(1, 81))
    breaks = breaks_of(amounts)
    assert breaks == [15 * MILLION, 35 * MILLION, 50 * MILLION, 65 * MILLION]
    assert [label for _step, label in legend_of(breaks, lambda amount: str(int(amount / MILLION)))] == [
        "< 15", "15 – 35", "35 – 50", "50 – 65", "≥ 65",
    ]  # fmt: skip
    assert [step_of(Decimal(number) * MILLION, breaks) for number in (1, 15, 80)] == [0, 1, 4]


@pytest.mark.parametrize("amounts", [[], [Decimal(0)], [Decimal(5)] * 3])
def test_few_amounts_do_no_harm(amounts):
    assert len(legend_of(breaks_of(amounts), str)) <= 5


def test_a_broken_picture_says_so(tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    with pytest.raises(json.JSONDecodeError):
        drawn({}, broken)
