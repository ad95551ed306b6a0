"""What a PDF or a picture holds, judged unpacked: every refusal has its sentence, and no file ends the house."""

import hashlib
import io
import zlib
from pathlib import Path

import pytest
import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st

from core import opened, opener
from core.errors import Incomplete
from core.opened import SENTENCES, pages_in
from core.opener import found_in
from core.signatures import DOCX, JPEG, PDF, PNG
from tests.papers import PAGE, a_packed_pdf, a_pdf, a_picture, a_stream

SCRIPT = b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert(1))>>]>>>>"


def sentence_on(content, kind=PDF):
    with pytest.raises(Incomplete) as refused:
        pages_in(io.BytesIO(content), kind, hashlib.sha256(content).hexdigest())
    return refused.value.gaps["file"]


# in a process of its own


def test_a_pdf_is_opened_and_its_pages_are_counted():
    content = a_pdf(pages=3)

    assert pages_in(io.BytesIO(content), PDF, hashlib.sha256(content).hexdigest()) == 3


def test_what_is_refused_has_its_sentence():
    assert sentence_on(a_packed_pdf(SCRIPT)) == (
        "This PDF contains a program. Print it to a new PDF and attach that one."
    )
    assert sentence_on(b"\x89PNG\r\n\x1a\n" + b"\0" * 20, PNG) == (
        "This picture cannot be opened. Save it again and attach that one."
    )


def test_pictures_have_no_pages_and_other_kinds_are_not_opened():
    for content, kind in ((a_picture("PNG"), PNG), (a_picture("JPEG"), JPEG), (b"no document", DOCX)):
        assert pages_in(io.BytesIO(content), kind, hashlib.sha256(content).hexdigest()) is None


def test_the_same_bytes_are_opened_once_and_not_remembered_without_end(monkeypatch):
    content = a_pdf(pages=2)
    key = hashlib.sha256(content).hexdigest()
    assert pages_in(io.BytesIO(content), PDF, key) == 2
    monkeypatch.setattr(opened, "OPENER", Path("/nowhere"))

    assert pages_in(io.BytesIO(content), PDF, key) == 2
    monkeypatch.undo()
    monkeypatch.setattr(opened, "MOST_KNOWN", 1)
    sentence_on(b"%PDF-1.7 cut")
    assert len(opened.known) == 1


@pytest.mark.parametrize("ending", ["import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "print('{')", "1/0"])
def test_an_opener_that_is_ended_by_its_limits_is_a_refusal_and_nothing_is_remembered(monkeypatch, tmp_path, ending):
    stand_in = tmp_path / "opener.py"
    stand_in.write_text(ending)
    monkeypatch.setattr(opened, "OPENER", stand_in)
    content = a_pdf(b"/Own" + ending[:2].encode().hex().encode())

    assert "unpacks to far more than it should" in sentence_on(content)
    monkeypatch.undo()
    assert pages_in(io.BytesIO(content), PDF, hashlib.sha256(content).hexdigest()) == 1


def test_every_fault_that_the_opener_names_has_a_sentence():
    codes = {*opener.FORBIDDEN, "cut", "opens", "form", "large", "broken"}

    assert codes == set(SENTENCES["pdf"])
    assert set(SENTENCES["picture"]) == {"broken", "points", "large"}


# PDFs


@pytest.mark.parametrize("content", [
    a_pdf(), a_packed_pdf(), a_pdf(pages=40), a_pdf(b"/OpenAction[3 0 R/Fit]"),
    a_pdf(b"/OpenAction<</S/GoTo/D[3 0 R/Fit]>>"), a_pdf(b"/AcroForm<</Fields[]>>"),
    a_pdf(b"/JavaScripts 1/Launcher 2/EFX 3/EncryptMetadata false"), a_pdf(b"/X(JavaScript, Launch, Encrypt)"),
    a_pdf(before=b"\xef\xbb\xbf\r\n"), a_pdf(before=b"@PJL ENTER LANGUAGE=PDF\r\n"), a_pdf() + b"\r\n%after\r\n",
])  # fmt: skip
def test_an_ordinary_pdf_is_taken(content):
    assert found_in("pdf", content)["pages"] >= 1


def test_what_a_program_for_pages_draws_is_taken():
    page = (
        "<html lang=en><title>A</title><body>One<p style='break-before: page'>Two <a href='https://europa.eu'>there</a>"
    )

    assert found_in("pdf", weasyprint.HTML(string=page).write_pdf()) == {"pages": 2}


@pytest.mark.parametrize(("inside", "code"), [
    (SCRIPT, "program"),
    (b"/OpenAction<</S/J#61vaScript/JS(x)>>", "program"),
    (b"/OpenAction<</S/#4aava#53cript/JS(x)>>", "program"),
    (b"/OpenAction<</S/L#61unch/F(cmd.exe)>>", "program"),
    (b"/AA<</O<</S/Rendition/JS(x)>>>>", "program"),
    (b"/Names<</EmbeddedFiles<</Names[]>>>>", "files"),
    (b"/Names<</Embedded#46iles<</Names[]>>>>", "files"),
    (b"/X<</Type/Filespec/EF<</F 9 0 R>>>>", "files"),
    (b"/X<</Type/Filespec/E#46 9 0 R>>", "files"),
    (b"/X<</Type/Annot/Subtype/FileAttachment>>", "files"),
    (b"/X<</Subtype/RichMedia>>", "media"),
    (b"/OpenAction<</S/URI/URI(http://127.0.0.1/)>>", "opens"),
    (b"/OpenAction<</S/SubmitForm/F(http://127.0.0.1/)>>", "opens"),
    (b"/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next<</S/URI/URI(x)>>>>", "opens"),
    (b"/OpenAction<</D[3 0 R/Fit]>>", "opens"),
    (b"/AcroForm<</XFA 9 0 R>>", "form"),
    (b"/AcroForm<</X#46A[]>>", "form"),
])  # fmt: skip
def test_what_a_pdf_must_not_hold_is_found_plain_and_packed(inside, code):
    assert found_in("pdf", a_pdf(inside)) == {"fault": code}
    assert found_in("pdf", a_packed_pdf(inside)) == {"fault": code}
    assert SCRIPT not in a_packed_pdf(SCRIPT)


def test_padding_before_the_data_hides_nothing():
    assert found_in("pdf", a_packed_pdf(SCRIPT, padding=b"/P(" + b"x" * 100_000 + b")")) == {"fault": "program"}


def test_packed_objects_that_no_table_names_are_looked_at_too():
    hidden = a_stream(9, b"/Type/Obj#53tm/N 1/First 4/Filter/FlateDecode", zlib.compress(b"7 0 <<" + SCRIPT + b">>"))

    assert found_in("pdf", a_pdf(more=[hidden])) == {"fault": "program"}
    nonsense = a_stream(9, b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode", b"not packed at all")
    assert found_in("pdf", a_pdf(more=[nonsense])) == {"pages": 1}


@pytest.mark.parametrize("trailer", [
    b"/Encrypt 12 0 R", b"/Encrypt\n12 0 R", b"/Encrypt<<", b"/Encrypt  <<", b"/Encrypt 1 65535 R", b"/#45ncrypt 1 0 R",
])  # fmt: skip
def test_a_locked_one_is_refused(trailer):
    assert found_in("pdf", a_pdf(trailer=trailer)) == {"fault": "locked"}


def test_a_cut_one_is_refused_wherever_it_was_cut():
    whole = a_pdf(pages=3)
    found = {found_in("pdf", whole[:end]).get("fault") for end in range(20, len(whole) - 6, 7)}

    assert found == {"cut"}
    assert found_in("pdf", whole + b"\0" * 5000) == {"fault": "cut"}  # its end is lost among something else


@pytest.mark.parametrize("content", [
    b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n", a_pdf(pages=0),
    b"%PDF-1.7\ntrailer<</Root 5 0 R>>\n%%EOF\n", b"%PDF-1.7\ntrailer<</Root[]>>\n%%EOF\n",
], ids=["nothing", "no pages", "empty tree", "no catalogue", "nonsense"])  # fmt: skip
def test_one_without_a_page_is_no_document(content):
    assert found_in("pdf", content) == {"fault": "broken"}


def test_pages_are_counted_and_not_believed():
    lying = a_pdf(pages=7).replace(b"/Count 7", b"/Count 1")
    circle = a_pdf(pages=2, more=[b"<</Type/Pages/Kids[2 0 R 3 0 R]>>"]).replace(b"[3 0 R 4 0 R]", b"[3 0 R 5 0 R]")

    assert found_in("pdf", lying) == {"pages": 7}
    assert found_in("pdf", circle) == {"pages": 1}


def test_more_pages_than_anybody_reads_are_refused(monkeypatch):
    monkeypatch.setattr(opener, "MOST_PAGES", 5)

    assert found_in("pdf", a_pdf(pages=6)) == {"fault": "large"}


@pytest.mark.parametrize("more", [b" " * 200_000_000, b"<<" * 50_000_000], ids=["blanks", "brackets"])
def test_a_bomb_is_refused_before_it_is_unpacked(more):
    bomb = a_packed_pdf(more=more)
    assert len(bomb) < 500_000

    assert found_in("pdf", bomb) == {"fault": "large"}


def test_so_is_one_that_no_table_names():
    bomb = a_stream(9, b"/Type/ObjStm/Filter/FlateDecode", zlib.compress(b"\0" * 70_000_000))

    assert found_in("pdf", a_pdf(more=[bomb])) == {"fault": "large"}


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_bytes_at_all_break_the_opener(data):
    """Cut, changed or filled up: a number of pages or a code with a sentence, nothing else ever happens."""
    content = bytearray(data.draw(st.sampled_from([a_pdf(pages=2), a_packed_pdf(), a_packed_pdf(SCRIPT)])))
    for place, byte in data.draw(
        st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=8)
    ):
        content[place] = byte

    found = found_in("pdf", bytes(content) + data.draw(st.binary(max_size=40)))

    assert set(found) == {"pages"} or found["fault"] in SENTENCES["pdf"]


# pictures


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_opened_to_its_end(kind):
    whole = a_picture(kind, (64, 64))

    assert found_in("picture", whole) == {"pages": None}
    for part in (whole[: len(whole) // 2], whole[:12], b"", b"GIF89a", PAGE):
        assert found_in("picture", part) == {"fault": "broken"}


def test_a_picture_of_more_points_than_can_be_held_is_refused_by_its_head(monkeypatch):
    assert found_in("picture", a_picture("PNG", (20_000, 6_000))) == {"fault": "points"}
    monkeypatch.setattr(opener, "MOST_POINTS", 63)
    assert found_in("picture", a_picture("JPEG", (8, 8))) == {"fault": "points"}
