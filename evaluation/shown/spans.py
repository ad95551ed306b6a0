"""Lines from a lowest to a highest figure, one group for each name, with a dot where it stands. Pure SVG, no style."""

from dataclasses import dataclass

from django.utils.html import format_html

from core.charts import (
    COLOURS,
    INK,
    LETTER,
    LINE,
    QUIET,
    WIDTH,
    Chart,
    at,
    joined,
    picture,
    rectangle,
    shortened,
    words,
)

HEAD, GROUP, BETWEEN, LONGEST = 30, 14, 7, 26
TICKS = 5


@dataclass(frozen=True)
class Row:
    """`spans`: (low, high) each, in the order of the chart's names; `dot`: where it stands; `ring`: a second mark."""

    label: str
    spans: tuple
    dot: float | None = None
    ring: float | None = None


@dataclass(frozen=True)
class Scale:
    left: float
    wide: float
    low: float
    high: float

    def x(self, number):
        reach = self.high - self.low or 1
        return self.left + min(max((number - self.low) / reach, 0), 1) * self.wide


def spans_chart(title, rows, *, names, table, show, rule=None, whole=False):
    """`names` of the spans, for the key; `table`: (columns, rows) with the same figures; `rule`: a line through all;
    `whole`: its places are numbers like 1, 2, 3."""
    scale, step = scale_of(rows, rule), len(names) * BETWEEN + GROUP
    top = HEAD + len(names) * 22
    bottom = top + len(rows) * step
    lines = [key(place, name) for place, name in enumerate(names)]
    lines += axis(scale, top, bottom, show, whole)
    if rule is not None:
        lines.append(upright(scale.x(rule), top - 6, bottom, INK, 2))
    lines += [drawn(row, top + place * step, scale) for place, row in enumerate(rows)]
    columns, cells = table
    return Chart(title, picture(title, lines, height=bottom + 4), columns, cells, numeric=tuple(range(1, len(columns))))


def scale_of(rows, rule):
    known = [figure for row in rows for span in row.spans for figure in span]
    known += [mark for row in rows for mark in (row.dot, row.ring, rule) if mark is not None]
    left = min(LONGEST, max((len(row.label) for row in rows), default=0)) * LETTER + 12
    return Scale(left, WIDTH - left - 26, min(known, default=0), max(known, default=1))


def key(place, name):
    return joined(
        rectangle(x=0, y=place * 22 + 5, width=22, height=5, colour=COLOURS[place]),
        words(name, x=30, y=place * 22 + 13),
    )


def axis(scale, top, bottom, show, whole):
    """A few places with their figures."""
    places = [scale.low + (scale.high - scale.low) * place / (TICKS - 1) for place in range(TICKS)]
    for figure in dict.fromkeys(map(round, places)) if whole else places:
        yield upright(scale.x(figure), top - 6, bottom, LINE, 1)
        yield words(show(figure), x=scale.x(figure), y=top - 10, anchor="middle", colour=QUIET)


def upright(x, top, bottom, colour, thick):
    return format_html(
        '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}" stroke-width="{}"/>',
        at(x), at(x), at(top), at(bottom), colour, thick,
    )  # fmt: skip


def drawn(row, top, scale):
    height = len(row.spans) * BETWEEN
    parts = [words(shortened(row.label, LONGEST), x=scale.left - 10, y=top + height / 2 + 5, anchor="end")]
    for place, (low, high) in enumerate(row.spans):
        x, y = scale.x(low), top + place * BETWEEN
        parts.append(rectangle(x=x - 2, y=y, width=scale.x(high) - x + 4, height=5, colour=COLOURS[place]))
    if row.dot is not None:
        parts.append(circle(scale.x(row.dot), top + height / 2 - 1, INK))
    if row.ring is not None:
        parts.append(circle(scale.x(row.ring), top + height / 2 - 1, "none"))
    return joined(*parts)


def circle(x, y, colour):
    return format_html('<circle cx="{}" cy="{}" r="4.5" fill="{}" stroke="{}"/>', at(x), at(y), colour, INK)
