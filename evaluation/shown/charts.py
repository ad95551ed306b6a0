"""Totals against the overall threshold, as a picture with its table. Pure."""

from decimal import Decimal

from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.charts import COLOURS, INK, LETTER, QUIET, WIDTH, at, chart_of, joined, picture, rectangle, share, words
from evaluation.scoring import figure

ABOVE, BELOW = COLOURS[0], COLOURS[6]
LINE_HEIGHT, HEAD = 26, 34


def totals_chart(title, items, *, threshold, maximum):
    """One bar for each (label, total) on the scale of the maximum; the threshold is a line through all of them."""
    items = list(items)
    left = min(30, max((len(str(label)) for label, _total in items), default=0)) * LETTER + 10
    wide = WIDTH - left - 7 * LETTER
    lines = [bar(place, item, left=left, wide=wide, scale=(threshold, maximum)) for place, item in enumerate(items)]
    height = HEAD + len(items) * LINE_HEIGHT + 4
    mark = threshold_line(left + share(threshold, maximum) * wide, threshold, height) if threshold else ""
    svg = picture(title, [*lines, mark], height=height)
    return chart_of(title, items, svg, show=figure, columns=[_("Application"), _("Total (points)")])


def bar(place, item, *, left, wide, scale):
    (label, total), (threshold, maximum) = item, scale
    middle, length = HEAD + place * LINE_HEIGHT + 12, share(total, maximum) * wide
    return joined(
        words(label, x=left - 10, y=middle + 5, anchor="end"),
        rectangle(x=left, y=middle - 8, width=length, height=16, colour=ABOVE if total >= threshold else BELOW),
        words(figure(total), x=left + 8 + length, y=middle + 5, colour=QUIET),
    )


def threshold_line(x, threshold, height):
    line = format_html(
        '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}" stroke-width="2" stroke-dasharray="5 4"/>',
        at(x), at(x), HEAD - 8, at(Decimal(height)), INK,
    )  # fmt: skip
    label = _("threshold %(points)s") % {"points": figure(threshold)}
    return joined(line, words(label, x=x, y=16, anchor="middle"))
