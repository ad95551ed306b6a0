"""Workbooks that people hand in (XLSX), read as rows of text: as wary as of any file from outside.

A workbook is a ZIP of XML: a small one may unpack to gigabytes, name a cell a million columns away, or ask a reader
to fetch something. So it is unpacked here within limits and packed anew from exactly those bytes before the reader
sees it, in a process of its own: a number in the wrong place makes the reader ask for more memory than there is, and
its whole process ends. What a formula last came to is taken as its value, and nothing is ever followed or computed.
"""

import io
import re
import zipfile

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Incomplete
from core.opened import ask
from core.signatures import ARCHIVE, BROKEN

MOST_PARTS, MOST_UNPACKED = 200, 16 * 1024 * 1024  # bytes
MOST_ROWS, MOST_COLUMNS = 20_000, 50
PLACE = re.compile(rb"""[\s]r\s*=\s*["']([^"']*)["']""")
CELL = re.compile(rb"([A-Z]{0,3})(\d{1,7})")
SHEETS = "xl/worksheets/"
OTHERS = {"content.xml", "xl/workbook.bin"}  # of formats whose cells are not looked at below
UNREADABLE = gettext_lazy("This workbook cannot be read: save it as XLSX, without a password.")


def is_workbook(upload):
    upload.seek(0)
    start = upload.read(len(ARCHIVE))
    upload.seek(0)
    return start == ARCHIVE


def rows_of(upload, sheet):
    """[(number of the row, [text of each cell])] of the sheet of this name, else of the first one; refused with a
    sentence where it cannot be read."""
    return next(iter(sheets_of(upload, [sheet]).values()), [])


def sheets_of(upload, names, *, said=None):
    """{name: rows as above} of those sheets that there are, else of the first one; `said` gives the text of a cell."""
    try:
        packed = packed_anew(upload)
    except BROKEN as broken:
        raise unreadable(UNREADABLE) from broken
    found = ask(packed, "workbook", *filter(None, names)) or {}
    if "sheets" not in found:
        raise unreadable(UNREADABLE)
    return {name: lines_in(rows, said or text_of) for name, rows in found["sheets"].items()}


def lines_in(rows, said):
    return [(place, [said(cell) for cell in row]) for place, row in enumerate(rows, 1)]


def packed_anew(upload):
    kept = io.BytesIO()
    with zipfile.ZipFile(upload) as book, zipfile.ZipFile(kept, "w") as again:
        parts = book.infolist()
        if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_UNPACKED:
            raise unreadable(_("This workbook is too large: keep only the sheets that it came with."))
        if OTHERS & {one.filename for one in parts}:
            raise unreadable(UNREADABLE)
        for one in parts:
            content = book.read(one)
            if one.filename.casefold().startswith(SHEETS):
                require_near(content)
            again.writestr(one.filename, content)
    return kept.getvalue()


def require_near(content):
    """A single cell far out would make the reader set up all the empty ones before it."""
    for place in PLACE.findall(content):
        cell = CELL.fullmatch(place)
        if not cell or int(cell[2]) > MOST_ROWS or number_of(cell[1]) > MOST_COLUMNS:
            words = {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
            sentence = _("At most %(rows)d rows and %(columns)d columns of a sheet are read: delete what lies beyond.")
            raise unreadable(sentence % words)


def number_of(letters):
    """A is 1, Z 26, AA 27; none is none."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def text_of(cell):
    """Whole numbers as they are typed."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def unreadable(sentence):
    return Incomplete({"file": sentence}, sentence)
