"""Workbooks from outside: read as rows of text within limits, or refused with a sentence; nothing is followed."""

import io
import zipfile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from core import workbooks
from core.errors import Incomplete
from core.incoming import table_of

HEADS = {"application", "number"}, {"evaluator", "e-mail"}
PART = "xl/worksheets/sheet1.xml"


def a_book(sheets):
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for place, value in enumerate(row):
                sheet.write(line, place, value)
    book.close()
    return kept.getvalue()


def handed_in(content, name="pairs.xlsx"):
    return SimpleUploadedFile(name, content)


def changed(content, *, part=PART, was=b"", now=b"", more=()):
    """The same workbook with something else in one part, and more parts."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as again:
        for one in book.infolist():
            text = book.read(one)
            again.writestr(one.filename, text.replace(was, now) if one.filename == part and was else text)
        for name, text in more:
            again.writestr(name, text)
    return kept.getvalue()


PAIRS = [["Comment", "E-mail", "Application"], ["new", "ana@example.eu", "A-1"], [], ["", "ben@example.eu", 7]]


def test_rows_come_with_their_numbers_and_whole_numbers_as_typed():
    assert table_of(handed_in(a_book({"Any": PAIRS})), HEADS) == [
        (2, "A-1", "ana@example.eu"),
        (4, "7", "ben@example.eu"),
    ]


def test_the_sheet_of_the_name_is_read_wherever_it_stands():
    book = a_book({"First": [["nothing", "here"]], "Assignments": PAIRS})

    assert len(table_of(handed_in(book), HEADS, sheet="Assignments")) == 2
    with pytest.raises(Incomplete, match="The first line names the columns"):
        table_of(handed_in(book), HEADS)


def test_of_a_formula_its_last_value_is_taken():
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["application", "evaluator"])
    sheet.write_formula(1, 0, '="A-"&1', None, "A-1")
    sheet.write_formula(1, 1, '=WEBSERVICE("http://127.0.0.1/")', None, "ana@example.eu")
    book.close()

    assert table_of(handed_in(kept.getvalue()), HEADS) == [(2, "A-1", "ana@example.eu")]


def test_an_error_and_a_formula_without_a_kept_value_are_no_empty_cells():
    """Their reader takes them for empty; an assignment without an evaluator, or an amount taken away, is not meant."""
    formulas = [("=1/0", "#DIV/0!"), ('="A-"&"<1>"', "unkept"), ('="B"', "unkept"), ('="A-2"', "A-2")]
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["application", "evaluator"])
    for place, (formula, value) in enumerate(formulas):
        sheet.write_formula(1 + place // 2, place % 2, formula, None, value)
    book.close()

    for was, now in ((b"<v>unkept</v>", b"<v></v>"), (b"<v>unkept</v>", b"")):
        as_saved = changed(kept.getvalue(), was=b' t="str"', now=b"")
        as_saved = changed(as_saved, was=was, now=now)
        assert table_of(handed_in(as_saved.replace(b"unkept", b"")), HEADS) == [
            (2, "#DIV/0!", '="A-"&"<1>"'),
            (3, '="B"', "A-2"),
        ]


def test_what_it_points_to_outside_is_left_alone():
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    )
    links += 'Type="x/externalLinkPath" Target="http://127.0.0.1:1/book.xlsx" TargetMode="External"/></Relationships>'
    book = changed(a_book({"Any": PAIRS}), more=[("xl/externalLinks/_rels/externalLink1.xml.rels", links)])

    assert len(table_of(handed_in(book), HEADS)) == 2


def test_entities_are_not_expanded():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><worksheet'
    book = changed(a_book({"Any": PAIRS}), was=b"<worksheet", now=bomb)

    assert len(table_of(handed_in(book), HEADS)) == 2


def far_out(place):
    return changed(a_book({"Any": PAIRS}), was=b'r="B4"', now=f'r="{place}"'.encode())


@pytest.mark.parametrize("place", ["XFD4", "B1048576", "AZ4", "B20001", "ZZZZ1", "4B", "&#88;1"])
def test_a_cell_far_out_is_refused_before_it_is_read(place):
    with pytest.raises(Incomplete, match="delete what lies beyond"):
        table_of(handed_in(far_out(place)), HEADS)


def a_zip(names, content):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as book:
        for name in names:
            book.writestr(name, content)
    return kept.getvalue()


def test_a_small_file_that_unpacks_to_much_is_refused_unread():
    bomb = a_zip(["xl/workbook.xml"], b"0" * (workbooks.MOST_UNPACKED + 1))
    assert len(bomb) < 50_000

    with pytest.raises(Incomplete, match="too large"):
        table_of(handed_in(bomb), HEADS)


def test_so_is_one_of_very_many_parts():
    with pytest.raises(Incomplete, match="too large"):
        table_of(handed_in(a_zip([f"p{number}" for number in range(workbooks.MOST_PARTS + 1)], b"")), HEADS)


def test_one_that_lies_about_its_size_gives_no_more_than_it_said():
    bomb = bytearray(a_zip(["xl/workbook.xml"], b"0" * 5_000_000))
    for at in (bomb.find(b"PK\x03\x04") + 22, bomb.find(b"PK\x01\x02") + 24):
        bomb[at : at + 4] = (10).to_bytes(4, "little")

    with pytest.raises(Incomplete, match="cannot be read"):
        table_of(handed_in(bytes(bomb)), HEADS)


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 200, a_zip(["readme.txt"], b"no workbook"), a_book({"A": PAIRS})[:900]],
    ids=["begun", "nonsense", "zip", "half"],
)
def test_what_is_no_workbook_is_refused_in_words(content):
    with pytest.raises(Incomplete, match="save it as XLSX, without a password"):
        table_of(handed_in(content), HEADS)


def test_an_empty_one_and_one_too_long_are_refused_as_a_csv_is():
    with pytest.raises(Incomplete, match="The first line names the columns"):
        table_of(handed_in(a_book({"A": []})), HEADS)
    with pytest.raises(Incomplete, match="There is no line below"):
        table_of(handed_in(a_book({"A": PAIRS[:1]})), HEADS)
    many = [["application", "evaluator"], *(["a", "b"] for _ in range(10_001))]
    with pytest.raises(Incomplete, match="At most 10000 lines"):
        table_of(handed_in(a_book({"A": many})), HEADS)


# a reader that ends


@pytest.mark.parametrize(("part", "was", "now"), [
    (PART, b'<row r="1"', b'<row r="99999999999"'), (PART, b"<dimension ref=", b'<dimension ref="A1:XFD1048576" x='),
    (PART, b'<c r="B4"', b"<c r=B4 s="), ("xl/workbook.xml", b"<sheets>", b"<sheets"),
], ids=["row", "dimension", "cell", "sheets"])  # fmt: skip
def test_a_broken_one_is_refused_or_read_and_ends_nothing(part, was, now):
    book = changed(a_book({"Any": PAIRS}), part=part, was=was, now=now)
    assert outcome_of(book) in {"read", "refused"}


def test_a_number_that_asks_for_all_memory_ends_its_own_process_alone():
    """Without a process of its own this file ends the server: the reader sets up a hundred billion places."""
    count = b'uniqueCount="'
    book = changed(a_book({"Any": PAIRS}), part="xl/sharedStrings.xml", was=count, now=count + b"99999999999")

    assert outcome_of(book) == "refused"


def outcome_of(book):
    try:
        table_of(handed_in(book), HEADS)
    except Incomplete as refusal:
        return "refused" if str(refusal.sentence).endswith(".") else refusal
    return "read"


@pytest.mark.parametrize("name", ["content.xml", "xl/workbook.bin"])
def test_another_format_in_a_workbook_s_clothes_is_not_read(name):
    book = changed(a_book({"Any": PAIRS}), more=[(name, b"<x/>")])

    with pytest.raises(Incomplete, match="save it as XLSX, without a password"):
        table_of(handed_in(book), HEADS)
