"""A report as a workbook: its rows, typed and never formulas; its figures, where it has some; what it was made from."""

import tempfile
from datetime import UTC, date, datetime
from decimal import Decimal

import xlsxwriter
from django.utils.translation import gettext as _

from core.language import house_words
from core.sheets import printable

EPOCH = datetime(2014, 1, 1, tzinfo=UTC)  # instead of the clock: the same rows give the same bytes
MOST_ROWS = 1_048_575  # of a sheet, below its header
SHOWN = {
    "moment": "yyyy-mm-dd\\Thh:mm:ss.000\\Z", "day": "yyyy-mm-dd", "EUR": "#,##0.00", "%": "0.00%", "number": "0.00",
}  # fmt: skip
WIDE = {"moment": 24, "EUR": 16}


@house_words()
def workbook_of(source, columns, rows, figures):
    """An open temporary file; rows go to the disk as they come. `figures` are (label, text)."""
    kept = tempfile.TemporaryFile()  # noqa: SIM115 - whoever keeps the file closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(kept, options)
    book.set_properties({"title": str(source.report.title), "created": EPOCH})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    forms = {kind: book.add_format({"num_format": words}) for kind, words in SHOWN.items()}
    write_rows(book.add_worksheet("Rows"), columns, rows, bold, forms)
    if figures:
        write_facts(book.add_worksheet("Figures"), figures, bold)
    write_facts(book.add_worksheet("Source"), [*source.facts(), *left_out(source)], bold)
    book.close()
    kept.seek(0)
    return kept


def left_out(source):
    if source.row_count > MOST_ROWS:
        words = {"shown": MOST_ROWS, "all": source.row_count}
        yield _("Left out"), _("A sheet holds %(shown)s of the %(all)s rows; all stand in the CSV.") % words


def write_rows(sheet, columns, rows, bold, forms):
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        label = str(column.label)
        sheet.set_column(place, place, WIDE.get(column.unit, max(12, min(40, len(label) + 4))))
        sheet.write_string(0, place, label, bold)
    line = 0
    for line, row in enumerate(rows, 1):
        if line > MOST_ROWS:
            break
        for place, value in enumerate(row):
            write_cell(sheet, (line, place), value, columns[place].unit, forms)
    sheet.autofilter(0, 0, min(line, MOST_ROWS), len(columns) - 1)


def write_cell(sheet, place, value, unit, forms):
    """Moments are those of UTC, as in the CSV, and say so; percentages are parts of one, as sheets have them."""
    if isinstance(value, datetime):
        sheet.write_datetime(*place, value.astimezone(UTC).replace(tzinfo=None), forms["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, forms["day"])
    elif isinstance(value, Decimal):
        sheet.write_number(*place, value / 100 if unit == "%" else value, forms[unit or "number"])
    elif isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(*place, value)
    else:
        sheet.write_string(*place, "" if value is None else printable(str(value)))


def write_facts(sheet, facts, bold):
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 1, 100)
    for line, (term, text) in enumerate(facts):
        sheet.write_string(line, 0, str(term), bold)
        sheet.write_string(line, 1, printable(str(text)))
