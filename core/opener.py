"""Opens one file that came from outside, in a process of its own with little time and memory, and says what it found.

`python -I core/opener.py pdf` (or `picture`, or `workbook` and the names of its sheets) reads the file from its input
and writes {"pages": 3}, {"sheets": {name: rows}} or {"fault": code} as JSON. It stands alone: nothing of the house, no
secret and no setting is loaded beside bytes that nobody has looked at. Whatever the kernel ends, because a file unpacks
to more than it should, is a refusal to whoever asked (`core/opened.py`).
"""

import json
import re
import resource
import sys
import zlib
from io import BytesIO
from zipfile import ZipFile

from PIL import Image
from pypdf import PdfReader
from pypdf.errors import LimitReachedError
from python_calamine import CalamineWorkbook

SECONDS, MEMORY = 20, 512 << 20  # of the processor; bytes
MOST_POINTS, MOST_PAGES, MOST_UNPACKED = 100_000_000, 20_000, 64 * 1024 * 1024
TAIL, HEAD = 2048, 8192  # bytes: where the end of a file stands; how far before its data a stream says what it is
Image.MAX_IMAGE_PIXELS = None  # the points are counted here
CELL = re.compile(rb"<(?:\w+:)?c(\s[^<>]*)?(?<!/)>(.*?)</(?:\w+:)?c\s*>", re.DOTALL)
TYPE = re.compile(rb"""\st\s*=\s*["'](\w*)["']""")
VALUE, FORMULA = (re.compile(rb"<(?:\w+:)?%s(?:\s[^<>]*?)?(?:/>|>(.*?)</)" % name, re.DOTALL) for name in (b"v", b"f"))
STREAM = re.compile(rb"(?<!end)stream\r?\n")


def name(text, after=rb"(?=[\0\t\n\f\r ()<>\[\]{}/%]|$)"):
    """Pattern of a PDF name, each letter as it is or by its number: /J#61vaScript is /JavaScript."""
    letters = (rb"(?:%c|#%02x|#%02X)" % (letter, letter, letter) for letter in text.encode())
    return rb"/" + b"".join(letters) + after


def any_of(*names):
    return re.compile(b"|".join(names))


FORBIDDEN = {
    "locked": any_of(name("Encrypt", rb"\s*(?:\d+\s+\d+\s+R\b|<<)")),
    "program": any_of(*map(name, ("JavaScript", "Launch", "Rendition", "OnInstantiate"))),
    "media": any_of(name("RichMedia")),
    "files": any_of(
        *map(name, ("EmbeddedFiles", "EmbeddedFile", "FileAttachment")), name("EF", rb"\s*(?:<<|\d+\s+\d+\s+R\b)")
    ),
}
PACKED_OBJECTS = any_of(name("ObjStm"))


class Fault(Exception):
    """Its code says what is wrong."""


def pdf(content):
    """{"pages": how many}; a name that is forbidden is looked for in all bytes, and in objects that are packed."""
    require_none(content)
    if b"%%EOF" not in content[-TAIL:]:
        raise Fault("cut")
    reader = PdfReader(BytesIO(content), strict=False)
    for packed in (*packed_by_the_book(reader), *packed_in_hiding(content)):
        require_none(packed)
    root = reader.trailer["/Root"].get_object()
    require_still(root)
    return {"pages": pages_below(root["/Pages"])}


def require_none(content):
    for code, pattern in FORBIDDEN.items():
        if pattern.search(content):
            raise Fault(code)


def packed_by_the_book(reader):
    """The streams of objects that the file's own tables name."""
    for number in sorted({stream for stream, _place in reader.xref_objStm.values()}):
        yield reader.get_object(number).get_data()


def packed_in_hiding(content):
    """Those that a reader finds who does not trust the tables."""
    for found in STREAM.finditer(content):
        if PACKED_OBJECTS.search(content, max(0, found.start() - HEAD), found.start()):
            yield unpacked(content[found.end() :])


def unpacked(content):
    """As much as can be unpacked of it, up to the limit."""
    engine = zlib.decompressobj()
    try:
        found = engine.decompress(content, MOST_UNPACKED)
    except zlib.error:
        return b""
    if engine.unconsumed_tail:
        raise Fault("large")
    return found


def require_still(root):
    """What happens on opening leads to a page at most; no forms that are programs of their own."""
    action = root.get("/OpenAction")
    action = action.get_object() if action is not None else None
    if isinstance(action, dict) and (action.get("/S") != "/GoTo" or "/Next" in action):
        raise Fault("opens")
    form = root.get("/AcroForm")
    if form is not None and "/XFA" in form.get_object():
        raise Fault("form")


def pages_below(node):
    """Counted one by one: the number that a file gives may be another."""
    waiting, seen, pages = [node], set(), 0
    while waiting:
        one = waiting.pop()
        key = getattr(one, "idnum", id(one))
        kids = one.get_object().get("/Kids")
        if key in seen:
            continue
        seen.add(key)
        pages += kids is None
        waiting.extend(kids.get_object() if kids is not None else ())
        if pages > MOST_PAGES:
            raise Fault("large")
    if not pages:
        raise Fault("broken")
    return pages


def picture(content):
    """Opened to its last line, in small where its kind allows."""
    with Image.open(BytesIO(content), formats=["PNG", "JPEG"]) as found:
        if found.width * found.height > MOST_POINTS:
            raise Fault("points")
        found.draft("L", (found.width // 8, found.height // 8))
        found.load()
    return {"pages": None}


def workbook(content, *names):
    """The sheets of these names that there are, else the first one; a cell as its reader gives it."""
    book = CalamineWorkbook.from_filelike(with_faults_said(content))
    there = [name for name in names if name in book.sheet_names] or book.sheet_names[:1]
    return {"sheets": {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in there}}


def with_faults_said(content):
    """Each cell without a value as the text that stands in it: its reader takes an error (#REF!), and a formula whose
    value nobody kept, for an empty cell, and an empty cell deletes an amount."""
    kept = BytesIO()
    with ZipFile(BytesIO(content)) as book, ZipFile(kept, "w") as again:
        for name, part in ((one.filename, book.read(one)) for one in book.infolist()):
            is_sheet = name.casefold().startswith("xl/worksheets/")
            again.writestr(name, CELL.sub(as_text, part) if is_sheet else part)
    kept.seek(0)
    return kept


def as_text(cell):
    more, inside = cell[1] or b"", cell[2]
    kind, value, formula = TYPE.search(more), VALUE.search(inside), FORMULA.search(inside)
    kind = kind and kind[1]
    if kind == b"e":
        text = (value and value[1]) or b"#ERROR!"
    elif formula and not (value and (value[1] or kind == b"str")):
        text = b"=" + (formula[1] or b"")
    else:
        return cell[0]
    return b'<c%s t="str"><v>%s</v></c>' % (TYPE.sub(b"", more), text)


def found_in(kind, content, *names):
    """What is to be answered, whatever the file does to its reader."""
    try:
        return {"pdf": pdf, "picture": picture, "workbook": workbook}[kind](content, *names)
    except Fault as fault:
        return {"fault": str(fault)}
    except (MemoryError, LimitReachedError):
        return {"fault": "large"}
    except BaseException:  # whatever a reader of broken files raises: one in Rust panics past Exception
        return {"fault": "broken"}


def main():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    said = json.dumps(found_in(sys.argv[1], sys.stdin.buffer.read(), *sys.argv[2:]), default=str)
    sys.stdout.write(said if len(said) < MOST_UNPACKED else json.dumps({"fault": "large"}))


if __name__ == "__main__":
    main()
