"""The map of Europe: how a figure colours the Member States.

Their outlines are drawn once, by `tools/maps`, when the front-end files are fetched; without that file there is no
map and the page says so in a sentence.
"""

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from pathlib import Path


@dataclass(frozen=True)
class Coloured:
    """One country on a map: its outline, its class (0 to 4, or None), what it says, whether it takes part.

    `disc` is where a country too small to see gets a mark.
    """

    code: str
    path: str
    disc: tuple[int, int] | None
    step: int | None
    says: str
    is_in: bool


@dataclass(frozen=True)
class Map:
    """A choropleth: `land` is everything else in the picture, `legend` lists (class, label)."""

    title: str
    land: str
    width: int
    height: int
    states: list[Coloured]
    legend: list[tuple[int, str]]


def map_of(title: str, amounts: Mapping[str, Decimal | None], *, says, show, source: Path) -> Map | None:
    """Colour each Member State by its amount; None when the outlines have not been drawn.

    `amounts` names who takes part, with None where no amount is known; `says` makes the sentence of a code,
    `show` writes an amount in the legend.
    """
    if not source.exists():
        return None
    drawn = outlines_in(source)
    breaks = breaks_of(sorted(amount for amount in amounts.values() if amount is not None))
    states = [
        Coloured(
            code, outline["path"], outline["disc"], step_of(amounts.get(code), breaks), says(code), code in amounts
        )
        for code, outline in drawn["states"].items()
    ]
    return Map(title, drawn["land"], drawn["width"], drawn["height"], states, legend_of(breaks, show))


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
def outlines_in(source: Path) -> dict:
    """What tools/maps/europe.py has written."""
    return json.loads(source.read_text(encoding="utf-8"))
