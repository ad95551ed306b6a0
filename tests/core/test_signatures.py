"""What a file is, by its bytes alone: every refusal has its sentence, and nothing is unpacked to find out."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import signatures
from core.errors import Incomplete
from core.signatures import DOCX, JPEG, ODS, ODT, PDF, PNG, XLSX, Limits, kind_of, type_by_bytes

SAID = {
    DOCX: '<Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>',
    XLSX: '<Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>',
}
UNREADABLE = "This document cannot be read. Open it, save it again as DOCX, XLSX, ODT or ODS."
UNKNOWN = "This kind of file is not accepted. Use PDF, DOCX, XLSX, ODT, ODS, PNG or JPEG."


def packed(*members, method=zipfile.ZIP_DEFLATED):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return kept.getvalue()


def sentence_on(content, name="file.pdf"):
    with pytest.raises(Incomplete) as refused:
        kind_of(io.BytesIO(content), name)
    return refused.value.gaps["file"]


@pytest.mark.parametrize(("content", "wanted"), [
    (b"%PDF-1.7\n%%EOF", PDF),
    (b"\x89PNG\r\n\x1a\n" + b"\0" * 8, PNG),
    (b"\xff\xd8\xff\xe0" + b"\0" * 8, JPEG),
    (packed(("[Content_Types].xml", SAID[DOCX])), DOCX),
    (packed(("[Content_Types].xml", SAID[XLSX])), XLSX),
    (packed(("mimetype", ODT)), ODT),
    (packed(("mimetype", f" {ODS}\n")), ODS),
])  # fmt: skip
def test_what_is_taken(content, wanted):
    assert type_by_bytes(io.BytesIO(content)) == wanted


@pytest.mark.parametrize("content", [
    b"", b"%", b"%PDF", b"GIF89a", b"MZ\x90\0", b"<html>", b"#!/bin/sh", b"PK",
    b"PK\x05\x06" + b"\0" * 18, b"\xff\xd8", b"RIFF....WEBP", b"<?xml version='1.0'?><svg/>", "％PDF-".encode(),
])  # fmt: skip
def test_what_is_in_no_line_of_the_table_is_refused(content):
    assert sentence_on(content) == UNKNOWN


@pytest.mark.parametrize("content", [
    b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 60, packed(("[Content_Types].xml", SAID[DOCX]))[:-30],
    packed(("a.txt", "text")), packed(("mimetype", "application/zip")), packed(("[Content_Types].xml", "<Types/>")),
    packed(("mimetype", ODT.upper())), packed(("content_types.xml", SAID[DOCX])), packed(),
])  # fmt: skip
def test_an_archive_that_is_no_document_is_refused(content):
    assert sentence_on(content, "a.docx") in (UNREADABLE, UNKNOWN)


@pytest.mark.parametrize(("content", "name", "ending"), [
    (b"%PDF-1.7", "a.docx", "pdf"), (b"%PDF-1.7", "a", "pdf"), (b"%PDF-1.7", "pdf.", "pdf"),
    (b"\xff\xd8\xff\xe0", "a.png", "jpeg"), (packed(("mimetype", ODT)), "a.ods", "odt"),
])  # fmt: skip
def test_a_name_that_says_something_else_is_told_the_truth(content, name, ending):
    assert f"is really a .{ending} file. Give it that ending, or choose the right file." in sentence_on(content, name)


@pytest.mark.parametrize("name", ["a.PDF", "a.b.pdf", ".pdf", "ä.pdf", "a .pdf"])
def test_an_ending_may_be_written_in_any_case_after_any_name(name):
    assert kind_of(io.BytesIO(b"%PDF-1.7"), name) == PDF


@pytest.mark.parametrize("before", [b"\n", b"\xef\xbb\xbf", b" " * 1019, b"@PJL ENTER LANGUAGE=PDF\r\n"])
def test_a_few_bytes_may_stand_before_a_pdf(before):
    assert kind_of(io.BytesIO(before + b"%PDF-1.7"), "a.pdf") == PDF


@pytest.mark.parametrize("before", [b"<html>", b"MZ", b"#!/bin/sh\n", b"\0", b" " * 1020], ids=repr)
def test_none_that_make_it_another_file_or_hide_it(before):
    assert sentence_on(before + b"%PDF-1.7") == UNKNOWN


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"])
def test_two_kinds_of_file_in_one_are_refused(content):
    both = content + packed(("payload.txt", "anything"))

    assert sentence_on(both) == "This file is two kinds of file in one. Save it again in one format."


# office documents


@pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "word/../../evil", "\\\\server\\share", "..\\evil", ".."])
def test_a_document_that_points_outside_itself_is_refused(name):
    assert "points outside itself" in sentence_on(packed(("[Content_Types].xml", SAID[DOCX]), (name, "x")), "a.docx")


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "VBAPROJECT.BIN", "xl/deep/vbaProject.bin"])
def test_macros_are_refused_whatever_their_case_and_folder(name):
    assert "contains macros" in sentence_on(packed(("[Content_Types].xml", SAID[DOCX]), (name, "x")), "a.docx")


@pytest.mark.parametrize("name", ["xl/macrosheets/sheet1.xml", "Basic/Standard/Module1.xml", "Scripts/python/a.py"])
def test_so_are_those_of_other_kinds(name):
    assert "contains macros" in sentence_on(packed(("[Content_Types].xml", SAID[XLSX]), (name, "x")), "a.xlsx")


DECLARED = '<?xml version="1.0"?>{}<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'


@pytest.mark.parametrize("text", [
    DECLARED.format("").encode(), DECLARED.format("").lower().encode(), DECLARED.format("").encode("utf-16"),
    DECLARED.format("<!-- " + "x" * 60_000 + " -->").encode(),
    DECLARED.format("<!-- " + "x y" * 60_000 + " -->").encode(), b"<!ENTITY % x SYSTEM 'http://127.0.0.1/'>",
])  # fmt: skip
@pytest.mark.parametrize("name", ["word/document.xml", "word/_rels/document.xml.rels", "WORD/STYLES.XML"])
def test_a_document_that_declares_entities_is_refused(text, name):
    assert "points outside itself" in sentence_on(packed(("[Content_Types].xml", SAID[DOCX]), (name, text)), "a.docx")


def test_the_words_of_a_text_are_no_declaration():
    text = "<w:t>&lt;!DOCTYPE html&gt;</w:t>"

    assert (
        kind_of(io.BytesIO(packed(("[Content_Types].xml", SAID[DOCX]), ("word/document.xml", text))), "a.docx") == DOCX
    )


def test_a_name_that_only_holds_dots_is_no_way_out():
    content = packed(("[Content_Types].xml", SAID[DOCX]), ("word/a..b.xml", "x"), ("word/...", "x"))

    assert kind_of(io.BytesIO(content), "a.docx") == DOCX


def test_a_bomb_is_known_by_its_directory():
    bomb = packed(("[Content_Types].xml", SAID[DOCX]), ("word/document.xml", b"\0" * 5_000_000))

    assert "unpacks to far more than it should" in sentence_on(bomb, "a.docx")


def test_too_many_parts_are_refused(monkeypatch):
    monkeypatch.setattr(signatures, "LIMITS", Limits(members=3))
    members = [("[Content_Types].xml", SAID[DOCX]), *((f"word/{number}.xml", "x") for number in range(3))]

    assert "too many parts" in sentence_on(packed(*members), "a.docx")
    assert kind_of(io.BytesIO(packed(*members[:3])), "a.docx") == DOCX


def test_the_one_member_that_is_read_may_not_be_long(monkeypatch):
    monkeypatch.setattr(signatures, "LIMITS", Limits(read=100))

    assert "far more than it should" in sentence_on(packed(("[Content_Types].xml", SAID[DOCX] + " " * 200)), "a.docx")


@given(st.binary(max_size=200))
def test_no_bytes_at_all_break_the_table(content):
    """Taken or refused in a sentence: nothing else ever happens."""
    for start in (b"", b"%PDF-", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n"):
        assert outcome_of(start + content) in {*signatures.ENDINGS, "refused in a sentence"}


def outcome_of(content):
    try:
        return type_by_bytes(io.BytesIO(content))
    except Incomplete as refusal:
        return "refused in a sentence" if refusal.gaps["file"].endswith(".") else refusal.gaps
