"""Charts as SVG, drawn from numbers alone: one picture for the page and the PDF, with its table beside it.

Colours are attributes, never styles: the content policy of the pages allows no inline style.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.formats import percent, thousands

COLOURS = ("#0035bf", "#d97900", "#0a6b43", "#7a3db8", "#b3122b", "#007a8a", "#6b7190", "#b58b00")
INK, QUIET, LINE = "#00002b", "#4b4b68", "#cdd3e3"
WIDTH = 480
LETTER = 9  # the width of a letter, near enough to leave room for words


@dataclass(frozen=True)
class Chart:
    """A picture and the same figures as a table, for those who cannot see it."""

    title: str
    svg: SafeString
    columns: list
    rows: list
    numeric: tuple = (1,)


def bar_chart(title, items, *, show=thousands, columns=None):
    """One horizontal bar for each (label, number): for comparing many by name."""
    items = list(items)
    frame = frame_of(items, show=show)
    lines = [bar(place, label, number, frame=frame, show=show) for place, (label, number) in enumerate(items)]
    return chart_of(title, items, picture(title, lines, height=len(items) * 32 + 4), show=show, columns=columns)


def frame_of(items, *, show):
    """Where the bars begin and how long the longest is: what the names and the figures leave."""
    names = min(26, max((len(str(label)) for label, _number in items), default=0)) * LETTER + 10
    figures = max((len(show(number)) for _label, number in items), default=0) * LETTER + 8
    return names, max(WIDTH - names - figures, 40), largest(items)


def bar(place, label, number, *, frame, show):
    left, longest, top = frame
    middle, length = place * 32 + 17, share(number, top) * longest
    return joined(
        words(shortened(label, 26), x=left - 10, y=middle + 5, anchor="end"),
        rectangle(x=left, y=middle - 10, width=length, height=20),
        words(show(number), x=left + 8 + length, y=middle + 5, colour=QUIET),
    )


def stacked_bar(title, items, *, show=thousands, columns=None, of=None):
    """One bar divided among all (label, number), with its key: the shares of one whole, in words those of `of`."""
    items = list(items)
    whole = sum((as_number(number) for _label, number in items), Decimal(0))
    lines, left = [], Decimal(0)
    for place, (label, number) in enumerate(items):
        wide = share(number, whole) * WIDTH
        lines += [
            rectangle(x=left, y=4, width=wide, height=36, colour=colour_of(place)),
            key(place, label, f"{show(number)} ({part(number, of or whole)})"),
        ]
        left += wide
    chart = chart_of(title, items, picture(title, lines, height=60 + len(items) * 26), show=show, columns=columns)
    return with_shares(chart, items, of or whole)


def key(place, label, figure):
    line = 60 + place * 26
    return joined(
        rectangle(x=0, y=line, width=16, height=16, colour=colour_of(place)),
        words(shortened(label, 50), x=26, y=line + 13),
        words(figure, x=WIDTH, y=line + 13, anchor="end", colour=QUIET),
    )


def with_shares(chart, items, whole):
    rows = [[*row, part(number, whole)] for row, (_label, number) in zip(chart.rows, items, strict=True)]
    return Chart(chart.title, chart.svg, [*chart.columns, _("Share")], rows, numeric=(1, 2))


def chart_of(title, items, svg, *, show, columns):
    rows = [[label, show(number)] for label, number in items]
    return Chart(title, svg, list(columns or (_("Name"), _("Figure"))), rows)


def picture(title, lines, *, height):
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-label="{}"'
        ' font-family="Inter, House, Arial, DejaVu Sans, sans-serif" font-size="14">{}</svg>',
        WIDTH,
        height,
        title,
        joined(*lines),
    )


def rectangle(*, x, y, width, height, colour=COLOURS[0]):
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>', at(x), at(y), at(width), at(height), colour
    )


def words(text, *, x, y, anchor="start", colour=INK):
    return format_html('<text x="{}" y="{}" text-anchor="{}" fill="{}">{}</text>', at(x), at(y), anchor, colour, text)


def joined(*parts):
    return format_html_join("", "{}", ((part,) for part in parts))


def at(number):
    return f"{Decimal(number):.2f}"


def as_number(number):
    return Decimal(str(number))


def largest(items):
    return max((as_number(number) for _label, number in items), default=Decimal(0))


def share(number, whole):
    """Between 0 and 1; nothing of nothing is nothing."""
    return max(as_number(number) / whole, Decimal(0)) if whole > 0 else Decimal(0)


def part(number, whole):
    return percent((share(number, whole) * 100).quantize(Decimal("0.1")))


def shortened(text, limit):
    text = str(text)
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def colour_of(place):
    return COLOURS[place % len(COLOURS)]
