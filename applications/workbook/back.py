"""The budget as it comes back: what in it differs from what its page said once, and what cannot be read."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell as cell_name

from applications.parts.budget import SOURCES
from applications.workbook.out import AMOUNT, APPLICATION, BASE, CODES, KEY, SHEET
from core.changes import AsTyped, split
from core.incoming import require_small
from core.workbooks import sheets_of, text_of, unreadable


@dataclass
class Comparison:
    """`changes` as they travel; `lines` of what would change, in words; `unread`: (cell, label, text, sentence)."""

    changes: list = field(default_factory=list)
    lines: list = field(default_factory=list)
    unread: list = field(default_factory=list)


def cells_of(upload, application):
    """(base {name: what its page said}, [(name, cell, text)]) of a workbook that was taken from this application."""
    require_small(upload)
    sheets = sheets_of(upload, (SHEET, BASE), said=amount_text)
    base = {row[0]: row[1] for _line, row in sheets.get(BASE, ()) if len(row) > 1}
    if base.pop(APPLICATION, "") != str(application.pk):
        raise unreadable(_("This is not the workbook of this budget. Take it from here, fill it in, choose it again."))
    rows = sheets.get(SHEET, [])
    heads = next((row for _line, row in rows if row and row[0] == KEY), [])
    return base, [
        found for line, row in rows if row and row[0] not in ("", KEY) for found in amounts_in(line, row, heads)
    ]


def amounts_in(line, row, heads):
    """A source of money has one amount, a partner one for each category."""
    key = row[0]
    for place, head in enumerate(heads):
        if head in ({AMOUNT} if key in SOURCES else {*CODES}):
            name = key if head == AMOUNT else f"{key}-{head}"
            yield name, cell_name(line - 1, place), row[place].strip()


def amount_text(cell):
    """A number as its digits say it, without the noise of binary fractions; 1.234 is no thousand here."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return text_of(cell)
    number = f"{Decimal(f'{round(cell, 6):.15g}'):f}"  # fifteen figures, as spreadsheets have them
    return f"{number}0" if re.search(r"\.\d{3}$", number) else number


def compared(base, cells, form):
    """What differs from what the page said when the workbook was taken, and what cannot be read."""
    found, seen = Comparison(), {}
    for name, cell, text in cells:
        if name not in base or name not in form.fields:
            found.unread.append((cell, "", text, _("This cell is not of the workbook that was taken here.")))
        elif name in seen:
            words = {"cell": seen[name]}
            found.unread.append((cell, label_of(name, form), text, _("%(cell)s is the same answer: keep one.") % words))
        else:
            seen[name] = cell
            compare(found, name, cell, text, base=base[name], form=form)
    return found


def compare(found, name, cell, text, *, base, form):
    was, now, new = form.hear_base(name, base), form.standing.get(name, ""), form.hear(name, text)
    if new in (was, now):
        return
    if isinstance(new, AsTyped):
        found.unread.append((cell, label_of(name, form), text, " ".join(map(str, form.problems(name, text)))))
        return
    found.changes.append({"name": name, "base": base, "sent": [], "value": text})
    said = [form.shown_as(name, value) or "–" for value in (was, now, new)]
    found.lines.append([cell, label_of(name, form), *said, note_on(name, was, now, form)])


def note_on(name, was, now, form):
    """What happens to it besides being saved."""
    if is_gone(name, form):
        return _("This organisation was taken out meanwhile: the amount is kept, and you decide.")
    return "" if now == was else _("Changed meanwhile: both are kept, and you decide.")


def is_gone(name, form):
    row = split(name)[0]
    return bool(row) and row not in form.standing_rows


def label_of(name, form):
    label = str(form.fields[name].label)
    return f"{_('taken out')}{label}" if is_gone(name, form) else label
