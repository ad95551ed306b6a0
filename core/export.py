"""Files of rows: CSV and XLSX whose cells cannot start a formula."""

import csv
import re
from decimal import Decimal
from io import StringIO

from django.http import FileResponse, StreamingHttpResponse

from core.cells import as_text
from core.sheets import workbook, write_values

UNSEEN = " \u00a0\u200b\u200c\u200d\u2060\ufeff\"'"  # before a formula these do not keep it from running
SIGNS = r"=+\-@|＝＋－＠"
RISKY = re.compile(rf"\A(?=[{UNSEEN}]*[{SIGNS}\t\r\n\0])|(?<=[\r\n])(?=[{UNSEEN}]*[{SIGNS}])")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def harmless(value):
    """Text for a CSV cell. What a spreadsheet would run, at the beginning or after a line break (programs that read
    line by line take it for a beginning), gets an apostrophe, which `tools/verify_trail.py` can take away again. True
    numbers stay as they are."""
    if value is None:
        return ""
    text = as_text(value)
    return text if isinstance(value, int | Decimal) else RISKY.sub("'", text)


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


def csv_response(name, labels, rows):
    response = StreamingHttpResponse(
        (part.encode() for part in csv_lines(labels, rows)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def xlsx_response(name, file):
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)
