"""Tables that people hand in: CSV as their programs write it, whatever separates the columns."""

import csv
import io

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from core.errors import Incomplete

LARGEST = 1024 * 1024  # bytes
MOST_ROWS = 10_000


def table_of(upload, columns):
    """[(number of the line, value, …)] of an uploaded CSV; `columns` are the sets of heads that each column may have.

    Refused with a sentence on the file when it cannot be read as such a table.
    """
    rows = csv.reader(io.StringIO(text_of(upload)), delimiter=delimiter_of(upload), strict=True)
    try:
        head = [cell.strip().casefold() for cell in next(rows, [])]
        places = [place_of(names, head) for names in columns]
        found = [(rows.line_num, *(cell(row, place) for place in places)) for row in rows if any(map(str.strip, row))]
    except csv.Error as broken:
        raise unreadable(_("Line %(line)d cannot be read as CSV.") % {"line": rows.line_num}) from broken
    if not found:
        raise unreadable(_("There is no line below the heads of the columns."))
    if len(found) > MOST_ROWS:
        raise unreadable(_("At most %(most)d lines are possible at once.") % {"most": MOST_ROWS})
    return found


def text_of(upload):
    if upload.size > LARGEST:
        words = {"size": filesizeformat(upload.size), "limit": filesizeformat(LARGEST)}
        raise unreadable(_("This file has %(size)s; at most %(limit)s is possible.") % words)
    upload.seek(0)
    try:
        text = upload.read().decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        raise unreadable(_("Save the file as CSV in UTF-8 and choose it again.")) from broken
    if "\0" in text:
        raise unreadable(_("Save the file as CSV in UTF-8 and choose it again."))
    return text


def delimiter_of(upload):
    """A comma, a semicolon or a tab: whichever the first line has most of."""
    first = text_of(upload).partition("\n")[0]
    return max(",;\t", key=first.count)


def place_of(names, head):
    found = [place for place, name in enumerate(head) if name in names]
    if len(found) != 1:
        raise unreadable(_("The first line names the columns, among them once “%(name)s”.") % {"name": min(names)})
    return found[0]


def cell(row, place):
    """Without the sign that our own files put before what a spreadsheet could take for a formula."""
    return row[place].strip().removeprefix("'") if place < len(row) else ""


def unreadable(sentence):
    return Incomplete({"file": sentence}, sentence)
