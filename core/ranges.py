"""A download that can be gone on with where it broke off: one range of bytes at a time (RFC 9110, 14)."""

import re

from django.core.files.storage import default_storage
from django.http import HttpResponse, StreamingHttpResponse

PIECE = 1 << 16
ASKED = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def part_of(headers, path, *, tag):
    """The answer with the part of a file that is asked for; None where it is the whole. `tag` names these very bytes:
    whoever goes on with another file gets all of it."""
    size = default_storage.size(path)
    found = range_in(headers, size, tag=tag)
    if found is None:
        return None
    start, end = found
    if start >= end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    answer = StreamingHttpResponse(pieces(path, start, end), status=206)
    answer["Content-Range"], answer["Content-Length"] = f"bytes {start}-{end - 1}/{size}", end - start
    return answer


def range_in(headers, size, *, tag):
    """(first byte, end), a range beyond the file as (size, size); None where the whole file is asked for."""
    asked = ASKED.fullmatch(headers.get("Range", ""))
    if not asked or asked.groups() == ("", "") or headers.get("If-Range", tag) != tag:
        return None
    first, last = asked.groups()
    if not first:
        return max(0, size - int(last)), size
    start, end = int(first), min(size, int(last) + 1) if last else size
    if last and int(last) < start:
        return None
    return (start, end) if start < size else (size, size)


def pieces(path, start, end):
    with default_storage.open(path) as file:
        file.seek(start)
        while start < end and (piece := file.read(min(PIECE, end - start))):
            start += len(piece)
            yield piece
