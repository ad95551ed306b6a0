"""A ZIP written while it is sent: nothing is packed, so its length is known before the first byte.

The same entries give the same bytes: in their order, all of one day, no word of the machine. Every size and CRC-32 is
known beforehand, as the house takes them when a file comes in; a file that turns out to be another one breaks the
download off rather than being passed on as what was asked for.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

LOCAL, CENTRAL, END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
FAR, FAR_END, FAR_PLACE = struct.Struct("<2HQ"), struct.Struct("<4sQ2H2L4Q"), struct.Struct("<4sLQL")  # ZIP64
NEEDS, MADE_BY = 20, 3 << 8 | 20  # edition 2.0 of the format; by a system whose files have the rights below
FAR_NEEDS, IS_FAR = 45, 1
UTF_8, STORED, NO_TIME, FIRST_DAY = 0x0800, 0, 0, 0x0021  # 1 January 1980, the first one that there is
RIGHTS = 0o100644 << 16
MOST_BYTES, MOST_ENTRIES = 0xFFFFFFFF, 0xFFFF
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')


class AnotherFile(Exception):
    """What lies on the disk is not what its row says."""


@dataclass(frozen=True)
class Entry:
    """A file in the ZIP; `pieces` is called when its turn comes, and gives its bytes bit by bit."""

    name: str
    size: int
    crc32: int
    pieces: Callable[[], Iterable[bytes]]

    @property
    def encoded(self):
        return self.name.encode()


def entry_of(name, content):
    """Of bytes that are there already."""
    return Entry(name, len(content), zlib.crc32(content), lambda: [content])


def safe_name(name):
    """A name that every system takes for a file of this folder, and for nothing else."""
    return FORBIDDEN.sub("_", name).strip(". ") or "file"


def length_of(entries):
    """How long the ZIP will be."""
    place = foot = 0
    for one in entries:
        foot += CENTRAL.size + len(one.encoded) + (FAR.size if place >= MOST_BYTES else 0)
        place += LOCAL.size + len(one.encoded) + one.size
    return place + foot + len(end_of(entries, place, foot))


def zip_of(entries):
    """The bytes of the ZIP, bit by bit."""
    places, place = [], 0
    for one in entries:
        places.append(place)
        yield LOCAL.pack(b"PK\3\4", NEEDS, *facts_of(one)) + one.encoded
        yield from checked(one)
        place += LOCAL.size + len(one.encoded) + one.size
    foot = b"".join(directory_line(one, start) for one, start in zip(entries, places, strict=True))
    yield foot + end_of(entries, place, len(foot))


def end_of(entries, place, foot):
    """What closes the ZIP; one that is too large for the old form says so in the new one (ZIP64) before it."""
    number = len(entries)
    old = END.pack(
        b"PK\5\6", 0, 0, min(number, MOST_ENTRIES), min(number, MOST_ENTRIES), min(foot, MOST_BYTES),
        min(place, MOST_BYTES), 0,
    )  # fmt: skip
    if number < MOST_ENTRIES and max(place, foot) < MOST_BYTES:
        return old
    size = FAR_END.size - 12
    new = FAR_END.pack(b"PK\6\6", size, 3 << 8 | FAR_NEEDS, FAR_NEEDS, 0, 0, number, number, foot, place)
    return new + FAR_PLACE.pack(b"PK\6\7", 0, place + foot, 1) + old


def facts_of(entry):
    name = len(entry.encoded)
    return UTF_8, STORED, NO_TIME, FIRST_DAY, entry.crc32, entry.size, entry.size, name, 0


def directory_line(entry, start):
    if start < MOST_BYTES:
        return CENTRAL.pack(b"PK\1\2", MADE_BY, NEEDS, *facts_of(entry), 0, 0, 0, RIGHTS, start) + entry.encoded
    facts = (*facts_of(entry)[:-1], FAR.size)
    line = CENTRAL.pack(b"PK\1\2", MADE_BY, FAR_NEEDS, *facts, 0, 0, 0, RIGHTS, MOST_BYTES)
    return line + entry.encoded + FAR.pack(IS_FAR, 8, start)


def checked(entry):
    size = crc32 = 0
    for piece in entry.pieces():
        size, crc32 = size + len(piece), zlib.crc32(piece, crc32)
        yield piece
    if (size, crc32) != (entry.size, entry.crc32):
        raise AnotherFile(entry.name)


def require_size(name, entries):
    if any(one.size >= MOST_BYTES for one in entries):
        raise ValueError(f"{name}: too much for a ZIP of this kind.")


def zip_response(name, entries):
    """The ZIP as a download; its length is said, so a download that broke off is seen to be broken."""
    require_size(name, entries)
    length = length_of(entries)
    answer = StreamingHttpResponse(zip_of(entries), content_type="application/zip")
    answer["Content-Length"] = length
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
