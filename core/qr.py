"""A QR code as the path of a picture: squares of one unit, on pages and on paper alike."""

from dataclasses import dataclass

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET = 4  # units of white around it, as the norm wants (ISO/IEC 18004)


@dataclass(frozen=True)
class Code:
    """`size` units a side, the quiet zone included; `path` for an SVG of that size."""

    size: int
    path: str


def qr_of(text):
    drawn = QRCode(border=QUIET, error_correction=ERROR_CORRECT_M)
    drawn.add_data(text)
    rows = drawn.get_matrix()
    squares = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return Code(len(rows), "".join(squares))
