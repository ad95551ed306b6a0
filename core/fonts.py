"""The fonts of our PDFs, cut once from the variable font the pages use.

WeasyPrint can use the variable font as it is, but then it computes each weight anew for every letter (four
fifths of the time) and stamps the clock into it, so two drawings of one letter would differ. The cuts are kept
under `var/fonts`; where the font has not been fetched, DejaVu of the system stands in.
"""

import os
import tempfile
from functools import cache
from importlib import import_module
from pathlib import Path

from django.conf import settings

SOURCES = {"normal": "vendor/ecl/fonts/InterVariable.woff2", "italic": "vendor/ecl/fonts/InterVariable-Italic.woff2"}
CUTS = (("normal", 400), ("normal", 600), ("italic", 400))
TEXT_SIZE = 14  # of the optical sizes in the font, the one for running text
WRITTEN = [  # Latin with its marks, Greek, Cyrillic, punctuation, currency, signs, arrows
    *range(0x20, 0x250), *range(0x2C6, 0x2DE), *range(0x300, 0x330), *range(0x370, 0x460), *range(0x1E00, 0x1F00),
    *range(0x2000, 0x2070), *range(0x20A0, 0x20C1), *range(0x2100, 0x2150), *range(0x2190, 0x21A0), 0x2212, 0x2260,
    0x2264, 0x2265, 0x2713,
]  # fmt: skip
FEATURES = ["ccmp", "kern", "locl", "mark", "mkmk", "tnum"]


@cache
def house_fonts():
    """[(address, style, weight, path)] of every cut there is; the address is what the stylesheet asks for."""
    return [
        (f"house:{style}-{weight}", style, weight, cut(source, style, weight))
        for style, weight in CUTS
        if (source := source_of(style))
    ]


def source_of(style):
    candidates = (Path(folder) / SOURCES[style] for folder in settings.STATICFILES_DIRS)
    return next((path for path in candidates if path.exists()), None)


def cut(source, style, weight):
    """The static font of one weight, made if it is not there yet."""
    path = settings.VAR / "fonts" / f"{source.stat().st_size}-{style}-{weight}.ttf"
    if not path.exists():
        keep(path, cut_out(source, weight))
    return path


def keep(path, font):
    """Whole or not at all: two workers may start at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        font.save(file, reorderTables=None)
    os.chmod(name, 0o644)  # nosec B103
    os.replace(name, path)


def cut_out(source, weight):
    ttlib, subset = import_module("fontTools.ttLib"), import_module("fontTools.subset")
    instancer = import_module("fontTools.varLib.instancer")
    font = ttlib.TTFont(source, recalcTimestamp=False)
    font.flavor = None
    fewer = subset.Subsetter(subset.Options(layout_features=FEATURES, notdef_outline=True))
    fewer.populate(unicodes=WRITTEN)
    fewer.subset(font)
    return instancer.instantiateVariableFont(font, {"wght": weight, "opsz": TEXT_SIZE}, inplace=True)
