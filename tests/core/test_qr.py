"""A QR code is a picture of squares: what is drawn is what was meant, with the white around it that readers want."""

import re

import pytest
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from core.qr import QUIET, qr_of

ADDRESS = "https://grants.example.eu/receipts/check/?number=ISFP-2020-AG-X-0001&sha256=" + "ab" * 32


def squares(code):
    return {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", code.path)}


def test_every_dark_square_is_drawn_once_and_no_other():
    code, again = qr_of(ADDRESS), QRCode(border=QUIET, error_correction=ERROR_CORRECT_M)
    again.add_data(ADDRESS)
    dark = {(x, y) for y, row in enumerate(again.get_matrix()) for x, is_dark in enumerate(row) if is_dark}
    assert squares(code) == dark
    assert code.path.count("M") == len(dark)


def test_around_it_is_white():
    code = qr_of(ADDRESS)
    inside = range(QUIET, code.size - QUIET)
    assert all(x in inside and y in inside for x, y in squares(code))
    assert (QUIET, QUIET) in squares(code)  # the corner that readers look for


@pytest.mark.parametrize("other", ["", "x", ADDRESS[:-1] + "c"], ids=["nothing", "short", "one letter"])
def test_another_text_is_another_picture(other):
    assert qr_of(other) != qr_of(ADDRESS)
