"""What of a list's page is drawn in code, because templates would cost more than everything else on it.

Whatever comes from rows and people goes through `escaped`; only then is the whole marked as safe.
"""

from html import escape

from django import forms
from django.forms.utils import flatatt
from django.utils.safestring import SafeString, mark_safe

SELECT = (
    '<div class="ecl-select__container gp-select"><select name="{name}" class="ecl-select"{attrs}>{options}</select>'
    '<div class="ecl-select__icon"><span class="gp-icon gp-icon--chevron-down" aria-hidden="true"></span></div></div>'
)
CELL = '<td{side}><span class="gp-table__label" aria-hidden="true">{label}</span><span class="gp-table__value">'


def escaped(value):
    return value if isinstance(value, SafeString) else escape(str(value))


def rows_of(rows):
    """The rows of a list as a table has them."""
    begun = [beginning_of(header) for header in rows.headers]
    return mark_safe("\n".join(f"<tr>{cells_of(row.cells, begun)}</tr>" for row in rows.rows))  # noqa: S308  # nosec B308 B703 - escaped below


def beginning_of(header):
    """Of all cells of one column."""
    side = f' class="{header.side}"' if header.side else ""
    return CELL.format(side=side, label=escaped(header.label))


def cells_of(cells, begun):
    return "".join(f"{start}{words_of(cell)}</span></td>" for start, cell in zip(begun, cells, strict=True))


def words_of(cell):
    """The same markup as components/cell.html; several stand one below the other."""
    if isinstance(cell, list):
        return f'<span class="gp-stack">{"".join(map(words_of, cell)) or "–"}</span>'
    text = "" if cell.text is None else escaped(cell.text)
    tone = f"gp-status gp-status--{escaped(cell.tone)}" if cell.tone else ""
    if cell.url:
        return f'<a class="{" ".join(filter(None, ("ecl-link", tone)))}" href="{escaped(cell.url)}">{text}</a>'
    return f'<span class="{tone}">{text}</span>' if tone else text


class PlainSelect(forms.Select):
    """A choice of many: the markup of django/forms/widgets/select.html, for choices without groups."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = set(self.format_value(value))
        options = "".join(
            f'<option value="{escaped(key)}"{" selected" if str(key) in chosen else ""}>{escaped(label)}</option>'
            for key, label in self.choices
        )
        drawn = flatatt(self.build_attrs(self.attrs, attrs))
        return mark_safe(SELECT.format(name=escaped(name), attrs=drawn, options=options))  # noqa: S308  # nosec B308 B703 - escaped above
