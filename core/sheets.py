"""A workbook of one sheet, written as its rows come, in constant memory: texts stand in their cells as they are, so
that none can be a formula or a link; numbers are numbers, moments are moments (UTC), money has two places.

The container is ECMA-376 (Office Open XML) with the least that spreadsheets ask for.
"""

import tempfile
import zipfile
from datetime import date, datetime
from decimal import Decimal
from html import escape

from core.cells import serial
from core.language import house_words

PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="{sheets}.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheets}.worksheet+xml"/>'
    '<Override PartName="/xl/styles.xml" ContentType="{sheets}.styles+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="{main}" xmlns:r="{office}">'
    '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="rId2" Type="{office}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": '<styleSheet xmlns="{main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="{moment}"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2">'
    '<font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border>'
    '<left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" '
    'fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" '
    'borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>{shown}</cellXfs></styleSheet>',
}
SHOWN = {' s="2"': 164, ' s="3"': 165, ' s="4"': 4}  # of a cell: moment, day, money
STYLE = '<xf numFmtId="{0}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
NAMES = {
    "main": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "office": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "sheets": "application/vnd.openxmlformats-officedocument.spreadsheetml",
    "moment": "yyyy\\-mm\\-dd\\Thh:mm:ss.000\\Z",
    "shown": "".join(map(STYLE.format, SHOWN.values())),
}
MOMENT, DAY, MONEY = SHOWN
PANE = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
VIEW = f'<sheetViews><sheetView workbookViewId="0">{PANE}</sheetView></sheetViews>'
BEGIN = f'<worksheet xmlns="{NAMES["main"]}">{VIEW}<cols>{{columns}}</cols><sheetData>'
END = '</sheetData><autoFilter ref="A1:{last}1048576"/></worksheet>'
TEXT = '<c t="inlineStr"{style}><is><t xml:space="preserve">{text}</t></is></c>'
HEADER = ' s="1"'
LONGEST = 32767  # characters that a cell holds
PIECE = 500  # rows that are packed at once


@house_words()
def workbook(labels, write_rows):
    """An open temporary file; `write_rows(part)` writes the XML of the rows, as bytes. The same rows give the same
    bytes, in the house's language."""
    kept = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, part in PARTS.items():
            book.writestr(dated(name), part.format(**NAMES))
        with book.open(dated("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
            sheet.write(heading(labels).encode())
            write_rows(sheet)
            sheet.write(END.format(last=letters(len(labels))).encode())
    kept.seek(0)
    return kept


def dated(name):
    part = zipfile.ZipInfo(name, date_time=(2014, 1, 1, 0, 0, 0))
    part.compress_type = zipfile.ZIP_DEFLATED
    return part


def heading(labels):
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{max(12, min(40, len(str(label)) + 4))}" customWidth="1"/>'
        for place, label in enumerate(labels, 1)
    )
    cells = "".join(TEXT.format(style=HEADER, text=escape(str(label), quote=False)) for label in labels)
    return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + BEGIN.format(columns=widths) + row_of(cells)


def write_values(rows):
    """Rows of plain values, as `workbook` writes them."""

    def write(sheet):
        piece = []
        for row in rows:
            piece.append(row_of("".join(map(cell_of, row))))
            if len(piece) == PIECE:
                sheet.write("".join(piece).encode())
                piece.clear()
        sheet.write("".join(piece).encode())

    return write


def row_of(cells):
    return f"<row>{cells}</row>"


def cell_of(value):
    if value is None:
        return "<c/>"
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return number_of(value, MONEY if isinstance(value, Decimal) and value.as_tuple().exponent == -2 else "")
    if isinstance(value, datetime):
        return number_of(serial(value), MOMENT)
    if isinstance(value, date):
        return number_of(value.toordinal() - date(1899, 12, 30).toordinal(), DAY)
    return TEXT.format(style="", text=escape(printable(str(value)), quote=False))


def number_of(value, style):
    return f"<c{style}><v>{value}</v></c>"


def letters(place):
    """Of the column at this place, from 1: A to Z, AA and on."""
    before, this = divmod(place - 1, 26)
    return (letters(before) if before else "") + chr(ord("A") + this)


def printable(text):
    """Control characters and two others are illegal in XML; a cell holds so many characters at most."""
    if not text.isprintable():
        text = "".join(c for c in text if (c >= " " or c in "\n\t") and c not in "\ufffe\uffff")
    return text[:LONGEST]
