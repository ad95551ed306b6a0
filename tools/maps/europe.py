"""The outlines of the Member States, as SVG paths, from the third-party file of the world's countries.

    draw(source, into)    unless what lies there was drawn from the same file by the same lines

`programmes/geography.py` reads what is written here:
    {"drawn_from": mark, "width": units, "height": units, "land": path,
     "states": {code: {"path": path, "disc": [x, y] or null}}}

Numbers in the file are those of ISO 3166-1, and two parts stand apart in it that are one Member State in law.
"""

import functools
import hashlib
import json
from pathlib import Path

from tools.maps import topojson
from tools.maps.topojson import Window

EUROPE = Window(left=-1900, bottom=-1880, right=2350, top=2180)
PROJECTION = topojson.equal_area(latitude=52, longitude=10)  # as the statistical maps of the Union
TOLERANCE = 1.2  # units: less than a hair on the screen
SMALLEST = 150  # square units: below, a country gets a disc around it, or nobody would see Malta
STATES = {  # the number in the file: the Union's code
    "040": "AT", "056": "BE", "100": "BG", "196": "CY", "203": "CZ", "276": "DE", "208": "DK",
    "233": "EE", "300": "EL", "724": "ES", "246": "FI", "250": "FR", "191": "HR", "348": "HU",
    "372": "IE", "380": "IT", "440": "LT", "442": "LU", "428": "LV", "470": "MT", "528": "NL",
    "616": "PL", "620": "PT", "642": "RO", "752": "SE", "705": "SI", "703": "SK",
}  # fmt: skip
PARTS = {"N. Cyprus": "CY", "Åland": "FI"}


def draw(source, into):
    """Draw what is not drawn yet; True when there was something to do."""
    mark = mark_of(source)
    if drawn_from(into) == mark:
        return False
    picture = {"drawn_from": mark, "width": EUROPE.width, "height": EUROPE.height} | outlines_in(source)
    draft = into.with_name(f"{into.name}.draft")
    draft.write_text(json.dumps(picture), encoding="utf-8")
    draft.rename(into)
    return True


def drawn_from(picture):
    return json.loads(picture.read_text(encoding="utf-8"))["drawn_from"] if picture.exists() else None


def mark_of(source):
    """Changes with the third-party file and with the lines that draw."""
    files = (source, Path(__file__), Path(topojson.__file__))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def outlines_in(source):
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = topojson.arcs_of(topology, PROJECTION, EUROPE, tolerance=TOLERANCE)
    rings = {"": [], **{code: [] for code in STATES.values()}}
    for geometry in topology["objects"]["countries"]["geometries"]:
        rings[code_of(geometry)] += in_picture(topojson.rings_of(geometry, arcs))
    land = topojson.path_of(rings.pop(""))
    return {"land": land, "states": {code: outline_of(own) for code, own in sorted(rings.items())}}


def code_of(geometry):
    """The empty code for land that is nobody's of ours."""
    name = geometry["properties"]["name"]
    return PARTS.get(name) or STATES.get(geometry.get("id"), "")


def in_picture(rings):
    """Overseas territories, and all that lies elsewhere, fall out here."""
    cut = functools.partial(topojson.clipped, width=EUROPE.width, height=EUROPE.height)
    return [ring for ring in map(cut, rings) if len(ring) > 2]


def outline_of(rings):
    return {"path": topojson.path_of(rings), "disc": disc_of(rings)}


def disc_of(rings):
    """Where a country too small to see gets a mark."""
    if sum(map(topojson.area_of, rings)) >= SMALLEST:
        return None
    return [round(place) for place in topojson.centre_of(max(rings, key=topojson.area_of))]
