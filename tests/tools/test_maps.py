"""The outlines of Europe, drawn once from a third-party file: every Member State is there and can be seen."""

import json
import os
from itertools import chain

import pytest

from tools import assets
from tools.maps import europe, topojson
from tools.maps.topojson import Window
from tools.places import CHECKOUT

COUNTRIES = CHECKOUT / assets.COUNTRIES
SQUARE = Window(left=0, bottom=0, right=100, top=100, km_per_unit=1)


@pytest.fixture(scope="module")
def picture():
    if not COUNTRIES.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("the countries are not fetched: make assets")
    return europe.outlines_in(COUNTRIES)


def test_all_member_states_are_drawn(picture):
    assert list(picture["states"]) == sorted(europe.STATES.values())
    assert all(outline["path"].startswith("M") for outline in picture["states"].values())


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


def test_everything_lies_in_the_picture_or_its_margin(picture):
    for x, y in chain.from_iterable(numbers_of(outline["path"]) for outline in picture["states"].values()):
        assert -21 <= x <= europe.EUROPE.width + 21
        assert -21 <= y <= europe.EUROPE.height + 21


def test_overseas_is_left_out_and_cyprus_is_one(picture):
    assert max(x for x, _ in numbers_of(picture["states"]["FR"]["path"])) < europe.EUROPE.width * 0.6
    assert picture["states"]["CY"]["path"].count("M") >= 2


def test_malta_can_be_seen(picture):
    assert [code for code, outline in picture["states"].items() if outline["disc"]] == ["MT"]


@pytest.fixture
def countries(tmp_path):
    """A world whose countries all claim one square of so many tenths of a degree."""

    def world(*, side):
        square = [[100, 520], [side, 0], [0, side], [-side, 0], [0, -side]]
        same = {"type": "Polygon", "properties": {"name": ""}, "arcs": [[0]]}
        file = tmp_path / "countries.json"
        file.write_text(json.dumps({
            "transform": {"scale": [0.1, 0.1], "translate": [0, 0]}, "arcs": [square],
            "objects": {"countries": {"geometries": [same | {"id": number} for number in europe.STATES]}},
        }))  # fmt: skip
        return file

    return world


def test_the_map_is_drawn_once(countries, tmp_path):
    source, into = countries(side=20), tmp_path / "europe.json"

    assert europe.draw(source, into)
    assert not europe.draw(source, into)

    drawn = json.loads(into.read_text())
    assert (drawn["width"], drawn["height"]) == (2125, 2030)
    assert drawn["states"]["DE"]["path"].startswith("M950 ")
    assert drawn["states"]["DE"]["disc"] is None
    assert drawn["land"] == ""


def test_other_countries_are_drawn_anew(countries, tmp_path):
    into = tmp_path / "europe.json"
    europe.draw(countries(side=20), into)

    assert europe.draw(countries(side=2), into)
    assert json.loads(into.read_text())["states"]["DE"]["disc"]


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
