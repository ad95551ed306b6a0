"""What a pack holds besides documents, written into one temporary file first: a ZIP says sizes before bytes."""

import hashlib
import zlib
from contextlib import contextmanager

from audit.hashing import canonical
from core.zips import Entry

PIECE = 1 << 20


class Sums:
    """Size, CRC-32 and SHA-256 of bytes that pass."""

    def __init__(self):
        self.size, self.crc32, self.digest = 0, 0, hashlib.sha256()

    def add(self, piece):
        self.size, self.crc32 = self.size + len(piece), zlib.crc32(piece, self.crc32)
        self.digest.update(piece)

    @property
    def sha256(self):
        return self.digest.hexdigest()


class Scratch:
    """An open temporary file, and the entries written into it, one after the other."""

    def __init__(self, file):
        self.file = file

    @contextmanager
    def entry(self, name):
        """Gives a Writer; afterwards its `entry` and `sums` are there."""
        writer = Writer(self.file)
        yield writer
        writer.entry = Entry(name, writer.sums.size, writer.sums.crc32, writer.pieces)


class Writer:
    def __init__(self, file):
        self.file, self.start, self.sums, self.entry = file, file.seek(0, 2), Sums(), None

    def write(self, content):
        self.sums.add(content)
        self.file.write(content)

    def line(self, said):
        self.write(canonical(said).encode() + b"\n")

    def pieces(self):
        place, end = self.start, self.start + self.sums.size
        while place < end:
            self.file.seek(place)
            piece = self.file.read(min(PIECE, end - place))
            place += len(piece)
            yield piece
