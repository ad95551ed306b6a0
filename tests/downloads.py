"""Files as somebody who took them sees them."""

from core.export import COMMA, csv_lines


def csv_bytes(labels, rows, way=COMMA):
    return "".join(csv_lines(labels, rows, way)).encode()
