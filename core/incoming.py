"""Tables that people hand in: CSV as their programs write it, whatever separates the columns, or a workbook."""

import csv
import io

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from core.workbooks import is_workbook, rows_of, unreadable

LARGEST = 1024 * 1024  # bytes
MOST_ROWS = 10_000


def table_of(upload, columns, *, sheet=""):
    """[(number of the line, value, …)] of an uploaded CSV or workbook; `columns` are the sets of heads that each column
    may have, `sheet` the name of the sheet to read, else the first one.

    Refused with a sentence on the file when it cannot be read as such a table.
    """
    require_small(upload)
    lines = rows_of(upload, sheet) if is_workbook(upload) else lines_of(upload)
    head = [cell.strip().casefold() for _line, row in lines[:1] for cell in row]
    places = [place_of(names, head) for names in columns]
    found = [(line, *(cell(row, place) for place in places)) for line, row in lines[1:] if any(map(str.strip, row))]
    if not found:
        raise unreadable(_("There is no line below the heads of the columns."))
    if len(found) > MOST_ROWS:
        raise unreadable(_("At most %(most)d lines are possible at once.") % {"most": MOST_ROWS})
    return found


def require_small(upload):
    if upload.size > LARGEST:
        words = {"size": filesizeformat(upload.size), "limit": filesizeformat(LARGEST)}
        raise unreadable(_("This file has %(size)s; at most %(limit)s is possible.") % words)


def lines_of(upload):
    """[(number of the line, [cells])]"""
    text = text_of(upload)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter_of(text), strict=True)
    try:
        return [(rows.line_num, row) for row in rows]
    except csv.Error as broken:
        raise unreadable(_("Line %(line)d cannot be read as CSV.") % {"line": rows.line_num}) from broken


def text_of(upload):
    upload.seek(0)
    try:
        text = upload.read().decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        raise unreadable(_("Save the file as CSV in UTF-8, or as a workbook (XLSX), and choose it again.")) from broken
    if "\0" in text:
        raise unreadable(_("Save the file as CSV in UTF-8, or as a workbook (XLSX), and choose it again."))
    return text


def delimiter_of(text):
    """A comma, a semicolon or a tab: whichever the first line has most of."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def place_of(names, head):
    found = [place for place, name in enumerate(head) if name in names]
    if len(found) != 1:
        raise unreadable(_("The first line names the columns, among them once “%(name)s”.") % {"name": min(names)})
    return found[0]


def cell(row, place):
    """Without the sign that our own files put before what a spreadsheet could take for a formula."""
    return row[place].strip().removeprefix("'") if place < len(row) else ""
