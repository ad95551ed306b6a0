"""The map: every Member State is on it, sees its colour, and says its figure."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from core import topojson
from core.topojson import Window
from programmes.geography import EUROPE, STATES, breaks_of, legend_of, map_of, step_of

OUTLINES = settings.VAR / "assets" / "world-atlas" / "countries-50m.json"
MILLION = Decimal(1_000_000)
SQUARE = Window(left=0, bottom=0, right=100, top=100, km_per_unit=1)


def drawn(amounts, source=OUTLINES):
    return map_of("Money", amounts, says=lambda code: f"<{code}>", show=str, source=source)


@pytest.fixture
def europe():
    if not OUTLINES.exists():
        pytest.skip("the outlines are not fetched: make assets")
    return drawn({"MT": 9 * MILLION, "DE": 79 * MILLION, "FR": None})


def test_all_27_member_states_are_drawn(europe):
    assert [state.outline.code for state in europe.states] == sorted(STATES.values())
    assert len(europe.states) == 27
    assert all(state.outline.path.startswith("M") for state in europe.states)


def numbers_of(path):
    """Every corner of an outline."""
    x = y = 0
    for part in path.replace("z", "").split("M")[1:]:
        start, _, steps = part.partition("l")
        x, y = map(int, start.split())
        yield x, y
        pairs = steps.split()
        for dx, dy in zip(pairs[::2], pairs[1::2], strict=True):
            x, y = x + int(dx), y + int(dy)
            yield x, y


def test_everything_lies_in_the_picture_or_its_margin(europe):
    for state in europe.states:
        for x, y in numbers_of(state.outline.path):
            assert -21 <= x <= EUROPE.width + 21
            assert -21 <= y <= EUROPE.height + 21


def test_overseas_is_left_out_and_cyprus_is_one(europe):
    france = next(state for state in europe.states if state.outline.code == "FR")
    assert max(x for x, _ in numbers_of(france.outline.path)) < EUROPE.width * 0.6
    cyprus = next(state for state in europe.states if state.outline.code == "CY")
    assert cyprus.outline.path.count("M") >= 2


def test_malta_can_be_seen(europe):
    malta = next(state for state in europe.states if state.outline.code == "MT")
    assert malta.outline.disc
    assert [state.outline.code for state in europe.states if state.outline.disc] == ["MT"]


def test_colours_go_by_amount(europe):
    steps = {state.outline.code: (state.step, state.is_in) for state in europe.states}
    assert steps["DE"][0] > steps["MT"][0]
    assert steps["FR"] == (None, True)
    assert steps["DK"] == (None, False)


def test_the_page_escapes_and_has_no_style(europe):
    html = render_to_string("programmes/map.html", {"map": europe})
    assert "&lt;MT&gt;" in html
    assert "style=" not in html
    assert html.count("<title") == 28


def test_without_the_outlines_there_is_no_map(tmp_path):
    assert drawn({"MT": MILLION}, source=tmp_path / "nothing.json") is None


def test_neighbours_keep_one_border():
    """Two squares side by side share an arc: thinned once, it is the same line for both."""
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [[[5, 0], [0, 3], [0, 7]], [[5, 10], [-5, 0], [0, -10], [5, 0]], [[5, 0], [5, 0], [0, 10], [-5, 0]]],
    }
    arcs = topojson.arcs_of(topology, lambda point: point, SQUARE, tolerance=0.1)
    assert len(arcs[0]) == 2
    left = topojson.rings_of({"type": "Polygon", "arcs": [[0, 1]]}, arcs)[0]
    right = topojson.rings_of({"type": "Polygon", "arcs": [[~0, 2]]}, arcs)[0]
    assert topojson.area_of(left) == topojson.area_of(right) == 50


@pytest.mark.parametrize(
    ("ring", "area"),
    [
        ([(10, 10), (20, 10), (20, 20), (10, 20)], 100),
        ([(-50, 10), (50, 10), (50, 20), (-50, 20)], 500),
        ([(200, 200), (300, 200), (300, 300)], 0),
        ([(-10, -10), (110, -10), (110, 110), (-10, 110)], 10000),
    ],
)
def test_what_lies_outside_is_cut_off(ring, area):
    assert topojson.area_of(topojson.clipped(ring, width=100, height=100, margin=0)) == area


def test_sizes_stay_comparable():
    """An equal-area projection: one square degree counts for as much wherever the same latitude is."""
    project = topojson.equal_area(latitude=52, longitude=10)

    def area(west, south):
        corners = [(west, south), (west + 1, south), (west + 1, south + 1), (west, south + 1)]
        return topojson.area_of([project(corner) for corner in corners])

    assert area(-9, 40) == pytest.approx(area(30, 40), rel=0.01)
    assert area(10, 60) < area(10, 40)


def test_the_centre_of_the_projection_is_the_origin():
    assert topojson.equal_area(latitude=52, longitude=10)((10, 52)) == pytest.approx((0, 0))


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


def test_a_broken_file_says_so(tmp_path):
    (tmp_path / "broken.json").write_text("{")
    with pytest.raises(json.JSONDecodeError):
        drawn({}, source=Path(tmp_path / "broken.json"))
