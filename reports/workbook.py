"""A report as a workbook: its rows, typed and never formulas, and a second sheet that says what they were made from."""

import tempfile
from datetime import UTC, datetime

import xlsxwriter

from core.export import write_cell

EPOCH = datetime(2014, 1, 1, tzinfo=UTC)  # instead of the clock: the same rows give the same bytes
MOST_ROWS = 1_048_575  # of a sheet, below its header


def workbook_of(source, labels, rows):
    """An open temporary file; rows go to the disk as they come."""
    kept = tempfile.TemporaryFile()  # noqa: SIM115 - whoever keeps the file closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(kept, options)
    book.set_properties({"title": str(source.report.title), "created": EPOCH})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    write_rows(book.add_worksheet("Rows"), labels, rows, bold)
    write_facts(book.add_worksheet("Source"), source.facts(), bold)
    book.close()
    kept.seek(0)
    return kept


def write_rows(sheet, labels, rows, bold):
    sheet.freeze_panes(1, 0)
    for place, label in enumerate(labels):
        sheet.set_column(place, place, max(12, min(40, len(label) + 4)))
        sheet.write_string(0, place, label, bold)
    for line, row in enumerate(rows, 1):
        if line > MOST_ROWS:
            break
        for place, value in enumerate(row):
            write_cell(sheet, line, place, value)


def write_facts(sheet, facts, bold):
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    for line, (term, text) in enumerate(facts):
        sheet.write_string(line, 0, str(term), bold)
        write_cell(sheet, line, 1, text)
