"""What a file really is, by its bytes: our own short table. Whatever is not in it is refused."""

import re
import zipfile
import zlib
from typing import NamedTuple

from django.utils.translation import gettext as _

from core.errors import Incomplete

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
OOXML = "application/vnd.openxmlformats-officedocument."
DOCX, XLSX = f"{OOXML}wordprocessingml.document", f"{OOXML}spreadsheetml.sheet"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
ODT, ODS = f"{OPEN_DOCUMENT}text", f"{OPEN_DOCUMENT}spreadsheet"
ENDINGS = {
    PDF: {"pdf"}, PNG: {"png"}, JPEG: {"jpg", "jpeg"}, DOCX: {"docx"}, XLSX: {"xlsx"}, ODT: {"odt"}, ODS: {"ods"},
}  # fmt: skip
ARCHIVE = b"PK\x03\x04"
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)  # ones
STARTS = ((b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
HEAD = 1024  # bytes: how far from its beginning readers look for a PDF's
STRANGE = re.compile(rb"[<\0]|^(?:MZ|#!)")  # before a PDF there may be a mark, blanks or lines of a printer
MAIN_PARTS = {f"{DOCX}.main+xml": DOCX, f"{XLSX}.main+xml": XLSX}
MACROS = re.compile(r"(?:^|/)(?:vbaproject\.bin$|xl/macrosheets/|basic/|scripts/)", re.IGNORECASE)
XML = (".xml", ".rels")
PROLOG = 65_536  # bytes: within them the first element of a part begins
OWN_KINDS, ELEMENT = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE), re.compile(rb"<\w")


class Limits(NamedTuple):
    """What an office document may unpack to: real ones stay far below, bombs far above."""

    members: int = 5_000
    unpacked: int = 300 * 1024 * 1024
    ratio: int = 200
    read: int = 1024 * 1024


LIMITS = Limits()


def kind_of(upload, name):
    """The content type, or Incomplete({"file": sentence}) when it is unknown, unsafe or not what its name says."""
    found = type_by_bytes(upload)
    ending = name.rpartition(".")[2].lower()
    if ending not in ENDINGS[found]:
        words = {"name": name, "ending": sorted(ENDINGS[found])[0]}
        refuse(_("“%(name)s” is really a .%(ending)s file. Give it that ending, or choose the right file.") % words)
    return found


def type_by_bytes(upload):
    upload.seek(0)
    start = upload.read(HEAD)
    if start.startswith(ARCHIVE):
        return type_of_archive(upload)
    found = next((kind for signature, kind in STARTS if start.startswith(signature)), None) or pdf_in(start)
    if found is None:
        refuse(_("This kind of file is not accepted. Use PDF, DOCX, XLSX, ODT, ODS, PNG or JPEG."))
    if zipfile.is_zipfile(upload):
        refuse(_("This file is two kinds of file in one. Save it again in one format."))
    return found


def pdf_in(start):
    """A PDF may have a few bytes before it, none that would make it another kind of file to another program."""
    before, mark, _rest = start.partition(b"%PDF-")
    return PDF if mark and not STRANGE.search(before) else None


def type_of_archive(upload):
    """Office documents are archives: look at the directory first, then read one small member at most."""
    try:
        with zipfile.ZipFile(upload) as archive:
            require_sound(archive.infolist())
            require_plain(archive)
            found = open_document_type(archive) or office_type(archive)
    except BROKEN:
        found = None
    return found or refuse(_("This document cannot be read. Open it, save it again as DOCX, XLSX, ODT or ODS."))


def require_sound(members):
    if len(members) > LIMITS.members:
        refuse(_("This document has too many parts. Save it as a PDF."))
    packed = sum(member.compress_size for member in members)
    unpacked = sum(member.file_size for member in members)
    if unpacked > LIMITS.unpacked or unpacked > LIMITS.ratio * max(packed, 1024):
        refuse(_("This document unpacks to far more than it should. Save it as a PDF."))
    for member in members:
        require_sound_member(member)


def require_sound_member(member):
    parts = member.filename.replace("\\", "/").split("/")
    is_link = (member.external_attr >> 16) & 0o170000 == 0o120000
    if member.flag_bits & 1:
        refuse(_("This document is protected by a password. Save it without one."))
    if member.filename.startswith(("/", "\\")) or ".." in parts or is_link:
        refuse(_("This document points outside itself. Save it as a PDF."))
    if MACROS.search("/".join(parts)):
        refuse(_("This document contains macros. Save it without macros, or as a PDF."))


def require_plain(archive):
    """No part declares entities of its own: office programs write none, and a reader could be led elsewhere."""
    for member in archive.infolist():
        if member.filename.casefold().endswith(XML):
            with archive.open(member) as part:
                begun = part.read(PROLOG)
            prolog = begun.replace(b"\0", b"")  # also of two bytes a letter
            if OWN_KINDS.search(prolog) or (len(begun) == PROLOG and not ELEMENT.search(prolog)):
                refuse(_("This document points outside itself. Save it as a PDF."))


def open_document_type(archive):
    if "mimetype" not in archive.namelist():
        return None
    said = small_member(archive, "mimetype").decode("ascii", "replace").strip()
    return said if said in {ODT, ODS} else None


def office_type(archive):
    if "[Content_Types].xml" not in archive.namelist():
        return None
    said = small_member(archive, "[Content_Types].xml").decode("utf-8", "replace")
    return next((found for part, found in MAIN_PARTS.items() if f'"{part}"' in said), None)


def small_member(archive, name):
    """A directory may lie about sizes: never read more than a little."""
    with archive.open(name) as member:
        content = member.read(LIMITS.read + 1)
    if len(content) > LIMITS.read:
        refuse(_("This document unpacks to far more than it should. Save it as a PDF."))
    return content


def refuse(sentence):
    raise Incomplete({"file": sentence})
