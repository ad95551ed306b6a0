"""No cell of a file can start a formula, and numbers stay numbers."""

import csv
import re
import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from core.export import COMMA, CSV_FORMS, SEMICOLON, ending, harmless, xlsx_file
from tests.downloads import csv_bytes
from tools.verify_trail import GUARDS

STARTS = [
    "|", '"=', "\u00a0=", "\u200b+", "\ufeff@", "'=", "=", "+", "-", "@", "\t=", "\r=", "\n=", "\0=", "＝", " =",
    "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")',
]  # fmt: skip


@pytest.mark.parametrize("start", STARTS)
def test_a_text_that_a_spreadsheet_would_run_is_defused(start):
    [[cell]] = list(csv.reader(StringIO(csv_bytes(["A"], [[start + "1"]]).decode("utf-8-sig"))))[1:]
    assert cell.startswith("'")


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_a_formula_after_a_line_break_is_defused_where_it_stands(line_break):
    """Programs that read line by line take it for the beginning of a cell."""
    assert harmless(f"Fine.{line_break}=1+1{line_break}ab") == f"Fine.{line_break}'=1+1{line_break}ab"


@pytest.mark.parametrize("way", CSV_FORMS.values(), ids=CSV_FORMS)
@given(text=st.text(st.sampled_from("=+-@|'\"\t\r\n,;\u200b\u00a0 aΩ"), max_size=9))
def test_what_was_defused_can_be_read_as_it_was(way, text):
    """Whoever proves the trail from a file takes the apostrophes away, and none that was there before."""
    assert GUARDS[way.separator].sub("", harmless(text, way)) == text
    assert not re.search(r"(\A|[\r\n])[=+\-@|]", harmless(text, way))


@pytest.mark.parametrize("way", CSV_FORMS.values(), ids=CSV_FORMS)
@pytest.mark.parametrize("taken", [",", ";", "\t"])
@given(cells=st.lists(st.text(st.sampled_from("=-'\"\n,;\t a"), max_size=6), min_size=1, max_size=3))
def test_no_cell_runs_in_a_program_that_takes_another_separator(way, taken, cells):
    """A spreadsheet set to another language cuts a line elsewhere; quotes do not keep it from that."""
    content = csv_bytes([str(place) for place, _ in enumerate(cells)], [["x", *cells]], way).decode("utf-8-sig")
    for line in csv.reader(StringIO(content, newline=""), delimiter=taken):
        assert [cell for cell in line if re.match(r"[\s\"]*[=\-]", cell)] == []


def test_decimals_are_written_as_the_separator_asks_and_no_two_files_have_one_name():
    assert (harmless(Decimal("-1234.50")), harmless(Decimal("-1234.50"), SEMICOLON)) == ("-1234.50", "-1234,50")
    assert harmless(datetime(2020, 1, 2, tzinfo=UTC), SEMICOLON) == harmless(datetime(2020, 1, 2, tzinfo=UTC), COMMA)
    assert [ending(form) for form in (*CSV_FORMS, "xlsx")] == ["csv", "semicolon.csv", "xlsx"]


@pytest.mark.parametrize("value", [Decimal("-12.50"), -3, 0, Decimal("1E+3")])
def test_true_numbers_stay_numbers(value):
    assert harmless(value) == str(value)


def test_separators_and_quotes_stay_in_their_cell():
    rows = [['a,b;"c"\r\nd', "ș – €"], ["", None]]
    back = list(csv.reader(StringIO(csv_bytes(["1", "2"], rows).decode("utf-8-sig"), newline="")))
    assert back == [["1", "2"], ['a,b;"c"\r\nd', "ș – €"], ["", ""]]


def test_a_moment_is_written_in_utc_to_the_microsecond():
    assert harmless(datetime(2020, 1, 2, 3, 4, 5, 6, tzinfo=UTC)) == "2020-01-02T03:04:05.000006Z"


def test_a_sheet_holds_texts_and_numbers_and_no_formula():
    rows = [["=1+1", Decimal("12.50"), -3, "http://example.eu", "bell\x07", None, True]]
    blob = xlsx_file(list("ABCDEFG"), rows).read()

    back = CalamineWorkbook.from_filelike(BytesIO(blob)).get_sheet_by_index(0).to_python()

    assert back[1] == ["=1+1", 12.5, -3.0, "http://example.eu", "bell", "", "True"]
    sheet = zipfile.ZipFile(BytesIO(blob)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet


def test_the_same_rows_give_the_same_bytes():
    rows = [["a", 1], ["b", Decimal("2.5")]]
    assert xlsx_file(["A", "B"], rows).read() == xlsx_file(["A", "B"], rows).read()
