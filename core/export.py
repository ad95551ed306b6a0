"""Files of rows: CSV and XLSX whose cells cannot start a formula, whatever a spreadsheet takes for the separator."""

import csv
import re
from decimal import Decimal
from io import StringIO
from typing import NamedTuple

from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from core.cells import as_text
from core.language import each_in_house_words
from core.sheets import workbook, write_values

UNSEEN = " \u00a0\u200b\u200c\u200d\u2060\ufeff\"'"  # before a formula these do not keep it from running
SIGNS = r"=+\-@|＝＋－＠"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"


class Csv(NamedTuple):
    """One way to write CSV: what stands between cells, what before decimals, and where a text could become a formula.

    `breaks`: what ends a cell for a program that takes another separator than ours, or reads line by line.
    """

    separator: str
    decimals: str
    breaks: str

    @property
    def risky(self):
        return rf"\A(?=[{UNSEEN}]*[{SIGNS}\t\r\n\0])|(?<=[{self.breaks}])(?=[{UNSEEN}]*[{SIGNS}])"


COMMA = Csv(",", ".", "\r\n\t;")
SEMICOLON = Csv(";", ",", "\r\n\t,")  # as spreadsheets set to most languages of the Union read it
CSV_FORMS = {"csv": COMMA, "csv-semicolon": SEMICOLON}
RISKY = {form: re.compile(form.risky) for form in CSV_FORMS.values()}


def harmless(value, form=COMMA):
    """Text for a CSV cell. What a spreadsheet would run, at the beginning or where another program would see one, gets
    an apostrophe, which `tools/verify_trail.py` can take away again. True numbers stay numbers."""
    if value is None:
        return ""
    text = as_text(value)
    if isinstance(value, int | Decimal):
        return text.replace(".", form.decimals)
    return RISKY[form].sub("'", text)


def csv_lines(labels, rows, form=COMMA):
    """Yield CSV as text: UTF-8 with a byte order mark (for spreadsheets), CRLF (RFC 4180), in the house's language."""
    return each_in_house_words(lines_of(labels, rows, form))


def lines_of(labels, rows, form):
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=form.separator)
    buffer.write("\ufeff")
    writer.writerow([harmless(label, form) for label in labels])
    for row in rows:
        writer.writerow([harmless(value, form) for value in row])
        if buffer.tell() > 65536:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def xlsx_file(labels, rows):
    """An open temporary file holding one sheet: rows typed, texts never formulas nor links, in constant memory."""
    return workbook(labels, write_values(rows))


def ending(form):
    """How the name of a file in this form ends; the same rows in two forms must not have one name."""
    kind, _, way = form.partition("-")
    return f"{way}.{kind}" if way else kind


def csv_response(name, labels, rows, form="csv"):
    parts = (part.encode() for part in csv_lines(labels, rows, CSV_FORMS[form]))
    response = StreamingHttpResponse(parts, content_type=CSV_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{ending(form)}")
    return response


def xlsx_response(name, file):
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)
