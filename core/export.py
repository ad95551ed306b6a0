"""Files of rows: CSV and XLSX whose cells cannot start a formula."""

import csv
import tempfile
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse

STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def harmless(value):
    """Text for a CSV cell. A text that a spreadsheet would run gets an apostrophe; true numbers stay as they are."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if value is None:
        return ""
    text = str(value)
    risky = text.lstrip(" ").startswith(STARTERS) and not isinstance(value, int | Decimal)
    return f"'{text}" if risky else text


def csv_lines(labels, rows):
    """Yield CSV as text: UTF-8 with a byte order mark (for spreadsheets), comma, CRLF (RFC 4180)."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([harmless(label) for label in labels])
    for row in rows:
        writer.writerow([harmless(value) for value in row])
        if buffer.tell() > 65536:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def xlsx_file(labels, rows):
    """An open temporary file holding one sheet: rows typed, texts never formulas nor links, in constant memory."""
    kept = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book = xlsxwriter.Workbook(
        kept,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True},
    )
    book.set_properties({"created": datetime(2014, 1, 1, tzinfo=UTC)})  # the same rows give the same bytes
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 0)
    for place, label in enumerate(labels):
        sheet.write_string(0, place, str(label), bold)
        sheet.set_column(place, place, max(12, min(40, len(str(label)) + 4)))
    for line, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            write_cell(sheet, line, place, value)
    book.close()
    kept.seek(0)
    return kept


def write_cell(sheet, line, place, value):
    if isinstance(value, bool) or value is None:
        sheet.write_string(line, place, "" if value is None else str(value))
    elif isinstance(value, int | Decimal):
        sheet.write_number(line, place, value)
    elif isinstance(value, datetime | date):
        sheet.write_string(line, place, harmless(value))
    else:
        sheet.write_string(line, place, printable(str(value)))


def printable(text):
    """Control characters and two others are illegal in XML; a cell holds 32 767 characters at most."""
    return "".join(c for c in text if (c >= " " or c in "\n\t") and c not in "\ufffe\uffff")[:32767]


def csv_response(name, labels, rows):
    response = StreamingHttpResponse(
        (part.encode() for part in csv_lines(labels, rows)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def xlsx_response(name, labels, rows):
    return FileResponse(xlsx_file(labels, rows), as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)
