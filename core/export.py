"""Files of rows: CSV and XLSX whose cells cannot start a formula."""

import csv
from datetime import date, datetime
from decimal import Decimal
from io import StringIO

from django.http import FileResponse, StreamingHttpResponse

from core.cells import as_text
from core.sheets import printable, workbook, write_values

STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def harmless(value):
    """Text for a CSV cell. A text that a spreadsheet would run gets an apostrophe; true numbers stay as they are."""
    if value is None:
        return ""
    text = as_text(value)
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
    return workbook(labels, write_values(rows))


def write_cell(sheet, line, place, value):
    if isinstance(value, bool) or value is None:
        sheet.write_string(line, place, "" if value is None else str(value))
    elif isinstance(value, int | Decimal):
        sheet.write_number(line, place, value)
    elif isinstance(value, datetime | date):
        sheet.write_string(line, place, harmless(value))
    else:
        sheet.write_string(line, place, printable(str(value)))


def csv_response(name, labels, rows):
    response = StreamingHttpResponse(
        (part.encode() for part in csv_lines(labels, rows)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def xlsx_response(name, file):
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)
