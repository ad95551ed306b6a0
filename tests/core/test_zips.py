"""A ZIP as every program reads it, of a length that is known before, and of nothing but what was asked for."""

import zipfile
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.export import csv_response
from core.zips import MOST_BYTES, AnotherFile, Entry, entry_of, length_of, safe_name, zip_of, zip_response

FILES = st.dictionaries(st.text(min_size=1, max_size=30).map(safe_name), st.binary(max_size=300), max_size=6)


def archive_of(content):
    return zipfile.ZipFile(BytesIO(content))


@given(FILES)
def test_what_goes_in_comes_out_and_the_length_is_known(kept):
    entries = [entry_of(name, content) for name, content in kept.items()]
    written = b"".join(zip_of(entries))
    assert len(written) == length_of(entries)
    assert written == b"".join(zip_of(entries)), "the same entries give the same bytes"
    archive = archive_of(written)
    assert {name: archive.read(name) for name in archive.namelist()} == kept


def test_a_file_comes_bit_by_bit():
    content = b"abc" * 5
    entry = Entry("a.txt", len(content), zlib.crc32(content), lambda: (b"abc" for _piece in range(5)))
    assert archive_of(b"".join(zip_of([entry]))).read("a.txt") == content


@pytest.mark.parametrize("pieces", [[b"shorter"], [b"longer than", b" it was"], [b"anothe", b"r one"]])
def test_another_file_than_was_announced_breaks_it_off(pieces):
    entry = Entry("a.txt", 11, zlib.crc32(b"what it was"), lambda: pieces)
    with pytest.raises(AnotherFile):
        b"".join(zip_of([entry]))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.pdf", "report.pdf"), ("Έκθεση.pdf", "Έκθεση.pdf"), ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\autoexec.bat", "C__autoexec.bat"), ("a\x00b\n.pdf", "a_b_.pdf"), (" . ", "file"), ("", "file"),
        ("what?*.pdf", "what__.pdf"), ("trailing. ", "trailing"),
    ],
)  # fmt: skip
def test_names_are_of_files_of_this_folder(name, safe):
    assert safe_name(name) == safe


def test_its_answer_says_how_long_it_is():
    answer = zip_response("a.zip", [entry_of("a.txt", b"abc")])
    assert int(answer["Content-Length"]) == len(b"".join(answer.streaming_content))
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("answer", [
    lambda name: zip_response(f"{name}.zip", [entry_of("a.txt", b"abc")]), lambda name: csv_response(name, ["a"], []),
])  # fmt: skip
def test_a_download_whose_name_is_not_of_plain_letters_keeps_it(answer):
    assert answer('Ż"1')["Content-Disposition"].startswith("attachment; filename*=utf-8''%C5%BB%221.")
    assert answer("AG-1")["Content-Disposition"].startswith('attachment; filename="AG-1.')


def test_more_than_this_form_of_zip_can_hold_is_not_begun():
    with pytest.raises(ValueError, match="too much"):
        zip_response("a.zip", [Entry("a.bin", MOST_BYTES, 0, list)])


def test_one_larger_than_the_old_form_is_read_by_every_program(tmp_path):
    """Five files of a gigabyte, and one behind them: written with holes, so it costs seconds and no disk."""
    zeros = bytes(1 << 26)
    crc32 = 0
    for _piece in range(16):
        crc32 = zlib.crc32(zeros, crc32)
    large = [Entry(f"{number}.bin", 1 << 30, crc32, lambda: [zeros] * 16) for number in range(5)]
    entries = [*large, entry_of("last.txt", b"the last one")]
    with open(tmp_path / "large.zip", "wb") as file:
        for piece in zip_of(entries):
            file.seek(len(piece), 1) if piece is zeros else file.write(piece)
    assert (tmp_path / "large.zip").stat().st_size == length_of(entries) > MOST_BYTES
    with zipfile.ZipFile(tmp_path / "large.zip") as archive:
        assert archive.read("last.txt") == b"the last one"
        assert [one.file_size for one in archive.infolist()] == [*[1 << 30] * 5, 12]


def test_more_entries_than_the_old_form_counts():
    entries = [entry_of(f"{number:x}", b"") for number in range(70_000)]
    written = b"".join(zip_of(entries))
    assert len(written) == length_of(entries)
    assert len(archive_of(written).namelist()) == 70_000
