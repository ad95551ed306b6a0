"""The map of Europe: the Member States' outlines, and how a figure colours them.

The outlines come from the third-party file that `tools/assets.py` fetches; it is never committed. It is
read once per process, when the first map is asked for. Without it the page says so in a sentence.
"""

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from core import topojson
from core.topojson import Window

EUROPE = Window(left=-1900, bottom=-1880, right=2350, top=2180)
PROJECTION = topojson.equal_area(latitude=52, longitude=10)  # as the statistical maps of the Union
TOLERANCE = 1.2  # units: less than a hair on the screen
SMALLEST = 150  # square units: below, a country gets a disc around it, or nobody would see Malta
STATES = {  # the number in the file: the Union's code
    "040": "AT", "056": "BE", "100": "BG", "196": "CY", "203": "CZ", "276": "DE", "208": "DK",
    "233": "EE", "300": "EL", "724": "ES", "246": "FI", "250": "FR", "191": "HR", "348": "HU",
    "372": "IE", "380": "IT", "440": "LT", "442": "LU", "428": "LV", "470": "MT", "528": "NL",
    "616": "PL", "620": "PT", "642": "RO", "752": "SE", "705": "SI", "703": "SK",
}  # fmt: skip
PARTS = {"N. Cyprus": "CY", "Åland": "FI"}  # drawn apart in the file, one Member State in law


@dataclass(frozen=True)
class Outline:
    """One country's shape; `disc` is where a country too small to see gets a mark."""

    code: str
    path: str
    disc: tuple[int, int] | None = None


@dataclass(frozen=True)
class Coloured:
    """One country on a map: its outline, its class (0 to 4, or None), what it says, whether it takes part."""

    outline: Outline
    step: int | None
    says: str
    is_in: bool


@dataclass(frozen=True)
class Map:
    """A choropleth: `land` is everything else in the picture, `legend` lists (class, label)."""

    title: str
    land: str
    states: list[Coloured]
    legend: list[tuple[int, str]]
    width: int = EUROPE.width
    height: int = EUROPE.height


def map_of(title: str, amounts: Mapping[str, Decimal | None], *, says, show, source: Path) -> Map | None:
    """Colour each Member State by its amount; None when the outlines have not been fetched.

    `amounts` names who takes part, with None where no amount is known; `says` makes the sentence of a code,
    `show` writes an amount in the legend.
    """
    if not source.exists():
        return None
    outlines = dict(outlines_in(source))
    land = outlines.pop("").path
    breaks = breaks_of(sorted(amount for amount in amounts.values() if amount is not None))
    states = [
        Coloured(outlines[code], step_of(amounts.get(code), breaks), says(code), code in amounts)
        for code in sorted(outlines)
    ]
    return Map(title, land, states, legend_of(breaks, show))


def step_of(amount: Decimal | None, breaks: list[Decimal]) -> int | None:
    return None if amount is None else bisect_right(breaks, amount)


def breaks_of(amounts: list[Decimal], *, classes: int = 5) -> list[Decimal]:
    """About as many countries in each class, cut at round figures."""
    if not amounts:
        return []
    unit = Decimal(5).scaleb(max(amounts[-1].adjusted() - 1, 0))
    cuts = [amounts[len(amounts) * place // classes] for place in range(1, classes)]
    return sorted({rounded for cut in cuts if (rounded := (cut / unit).quantize(1) * unit)})


def legend_of(breaks: list[Decimal], show) -> list[tuple[int, str]]:
    if not breaks:
        return []
    edges = [f"{show(low)} – {show(high)}" for low, high in pairwise(breaks)]
    return list(enumerate([f"< {show(breaks[0])}", *edges, f"≥ {show(breaks[-1])}"]))


@lru_cache(maxsize=2)
def outlines_in(source: Path) -> tuple[tuple[str, Outline], ...]:
    """Every Member State's outline by code; the empty code holds the rest of the land."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = topojson.arcs_of(topology, PROJECTION, EUROPE, tolerance=TOLERANCE)
    rings: dict[str, list] = {"": [], **{code: [] for code in STATES.values()}}
    for geometry in topology["objects"]["countries"]["geometries"]:
        rings[code_of(geometry)] += in_picture(topojson.rings_of(geometry, arcs))
    return tuple((code, outline_of(code, own)) for code, own in rings.items())


def code_of(geometry: dict) -> str:
    name = geometry["properties"]["name"]
    return PARTS.get(name) or STATES.get(geometry.get("id"), "")


def in_picture(rings: list) -> list:
    """Overseas territories, and all that lies elsewhere, fall out here."""
    inside = (topojson.clipped(ring, width=EUROPE.width, height=EUROPE.height) for ring in rings)
    return [ring for ring in inside if len(ring) > 2]


def outline_of(code: str, rings: list) -> Outline:
    path = topojson.path_of(rings)
    if code and sum(map(topojson.area_of, rings)) < SMALLEST:
        x, y = topojson.centre_of(max(rings, key=topojson.area_of))
        return Outline(code, path, (round(x), round(y)))
    return Outline(code, path)
