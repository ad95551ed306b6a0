"""The formats in which contents were ever written, each with the reader that leads to the next.

A receipt keeps its content as it was, and its SHA-256 is of that; whoever works with what it says asks `read` first.
"""

FIRST = 1
READERS = {}  # {format: a function from a content of that format to the same in the next}


class UnknownFormat(ValueError):
    """A content of a format that no reader of this edition knows: it was written by a later one."""


def reads(number):
    """Decorator, in the file of the part whose shape changes: this function turns format `number` into the next."""

    def decorate(reader):
        if number != today():
            raise ValueError(f"The format of today is {today()}; a reader of {number} would leave a gap or a double.")
        READERS[number] = reader
        return reader

    return decorate


def today():
    """The format in which contents are written now."""
    return FIRST + len(READERS)


def read(content):
    """A content of any format in the shape of today. A part that was not asked then is not in it."""
    written = content["format"]
    if written not in range(FIRST, today() + 1):
        raise UnknownFormat(f"This edition reads the formats {FIRST} to {today()}, not {written}.")
    for number in range(written, today()):
        content = READERS[number](content) | {"format": number + 1}
    return content
