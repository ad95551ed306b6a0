"""Files from people: taken in by content, kept under a random name outside the web root, given out as attachments.

Nothing here trusts a name or a declared type. What is kept: the bytes as they came, their SHA-256 and CRC-32 taken
while streaming, a cleaned name to show, and how many pages a PDF has. Nothing is ever executed or drawn; what has to be
unpacked to be judged is unpacked elsewhere (`core/opened.py`).
"""

import hashlib
import unicodedata
import zlib
from typing import NamedTuple
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import FileResponse
from django.template.defaultfilters import filesizeformat
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from core.errors import Incomplete, WrongState
from core.formats import thousands
from core.opened import pages_in
from core.ranges import part_of
from core.signatures import kind_of

LONGEST_NAME = 200
SHUT = "sandbox; default-src 'none'"  # a browser that opens the file all the same runs nothing in it


class StoredFile(NamedTuple):
    path: str
    name: str
    content_type: str
    size: int
    sha256: str
    crc32: int
    pages: int | None  # of a PDF


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Bytes beyond the limit are counted but not written: whoever sends too much fills no disk and still gets the
    sentence with both sizes."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received <= settings.UPLOAD_LIMIT:
            self.file.write(raw_data)

    def file_complete(self, file_size):
        return super().file_complete(max(file_size, self.received))


def store(upload, *, field="file", limit=None):
    """Check and keep an uploaded file; Incomplete names `field`, says what is wrong, and nothing is kept."""
    name = clean_name(upload.name)
    try:
        require_size(upload, limit or settings.UPLOAD_LIMIT)
        content_type = kind_of(upload, name)
        sha256, crc32 = sums_of(upload)
        pages = pages_in(upload, content_type, sha256)
    except Incomplete as refusal:
        raise Incomplete({field: refusal.gaps["file"]}) from None
    upload.seek(0)
    path = default_storage.save(random_path(), upload)
    return StoredFile(path, name, content_type, upload.size, sha256, crc32, pages)


def store_bytes(content, *, folder):
    """Keep what the house has made itself, a drawn PDF; give its path and SHA-256."""
    path = default_storage.save(f"{folder}/{random_path()}", ContentFile(content))
    return path, hashlib.sha256(content).hexdigest()


def discard(path):
    """Take back a file whose act was refused: no row names it."""
    default_storage.delete(path)


def read(path):
    with default_storage.open(path) as kept:
        return kept.read()


def pieces(path):
    """The bytes bit by bit, for a download of many files."""
    with default_storage.open(path) as kept:
        yield from kept.chunks()


def serve_on(request, path, *, name, tag, content_type="application/octet-stream"):
    """As `serve`, and from where an earlier download broke off. `tag` names these very bytes."""
    answer = part_of(request.headers, path, tag=f'"{tag}"') if default_storage.exists(path) else None
    answer = answer or serve(path, name=name, content_type=content_type)
    answer["Accept-Ranges"], answer["ETag"] = "bytes", f'"{tag}"'
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Content-Type"], answer["X-Content-Type-Options"] = content_type, "nosniff"
    answer["Content-Security-Policy"] = SHUT
    return answer


def serve(path, *, name, content_type="application/octet-stream"):
    """A file as a download: never shown in the page's origin, never guessed at, nothing in it runs."""
    try:
        kept = default_storage.open(path)
    except FileNotFoundError as lost:
        raise WrongState(_("This file cannot be read now. Please tell the help desk its name.")) from lost
    answer = FileResponse(kept, as_attachment=True, filename=name, content_type=content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = SHUT
    return answer


def random_path():
    """Two levels, so that no folder grows endlessly; no ending, so that nothing can take it for a program."""
    name = uuid4().hex
    return f"{name[:2]}/{name}"


def require_size(upload, limit):
    if not upload.size:
        raise Incomplete({"file": _("This file is empty. Choose the file again.")})
    if upload.size > limit:
        sizes = {"size": upload.size, "limit": limit}
        words = {name: filesizeformat(n) for name, n in sizes.items()}
        if words["size"] == words["limit"]:  # a few bytes too many
            words = {name: _("%(number)s bytes") % {"number": thousands(n)} for name, n in sizes.items()}
        raise Incomplete({"file": _("This file has %(size)s; at most %(limit)s is possible.") % words})


def sums_of(upload):
    """SHA-256 (hex) and CRC-32 of the bytes, read once in pieces."""
    sha256, crc32 = hashlib.sha256(), 0
    upload.seek(0)
    for piece in upload.chunks():
        sha256.update(piece)
        crc32 = zlib.crc32(piece, crc32)
    return sha256.hexdigest(), crc32


def clean_name(name):
    """The last part of a path, without what cannot be seen or turns the writing round, at most 200 characters."""
    last = unicodedata.normalize("NFC", str(name)).replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(letter for letter in last if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    tidy = " ".join(visible.split()).lstrip(". ")
    return shortened(tidy or "file")


def shortened(name):
    stem, dot, ending = name.rpartition(".")
    if len(name) <= LONGEST_NAME or not dot or len(ending) > 10:
        return name[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
