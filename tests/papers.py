"""PDFs and pictures as small as they can be, and what people hide in them."""

import io
import zlib

from PIL import Image

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"


def a_pdf(catalog=b"", *, pages=1, more=(), trailer=b"", before=b""):
    """`catalog` stands in its catalogue, `more` are objects after its pages, `trailer` stands in its trailer."""
    kids = b" ".join(b"%d 0 R" % (3 + number) for number in range(pages))
    tree = b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % pages
    out, places = before + b"%PDF-1.7\n", []
    for number, one in enumerate([b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>", tree, *[PAGE] * pages, *more], 1):
        places.append(len(out) - len(before))
        out += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, start = len(places) + 1, len(out) - len(before)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size + table
    return out + b"trailer\n<</Size %d/Root 1 0 R" % size + trailer + b">>\nstartxref\n%d\n%%%%EOF\n" % start


def a_packed_pdf(catalog=b"", *, padding=b"", more=b""):
    """The same with all its objects packed in a stream (PDF 1.5), so that no word of them can be read in the file.
    `padding` stands between what the stream says it is and its data, `more` behind the packed objects."""
    objects = [b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE]
    places = [sum(len(one) + 1 for one in objects[:number]) for number in range(len(objects))]
    head = b" ".join(b"%d %d" % (number, place) for number, place in enumerate(places, 1)) + b" "
    data = zlib.compress(head + b" ".join(objects) + b" " + more, 9)
    out = b"%PDF-1.7\n"
    packed_at = len(out)
    out += a_stream(4, b"/Type/ObjStm/N 3/First %d/Filter/FlateDecode" % len(head) + padding, data)
    rows = [(0, 0, 0), (2, 4, 0), (2, 4, 1), (2, 4, 2), (1, packed_at, 0), (1, len(out), 0)]
    table = b"".join(bytes([kind]) + place.to_bytes(4, "big") + bytes([last]) for kind, place, last in rows)
    start = len(out)
    out += a_stream(5, b"/Type/XRef/Size 6/W[1 4 1]/Root 1 0 R", table)
    return out + b"startxref\n%d\n%%%%EOF\n" % start


def a_stream(number, said, data):
    return b"%d 0 obj\n<<" % number + said + b"/Length %d>>stream\n" % len(data) + data + b"\nendstream\nendobj\n"


def a_picture(kind, size=(8, 8)):
    kept = io.BytesIO()
    Image.new("1" if kind == "PNG" else "L", size).save(kept, kind)
    return kept.getvalue()
