"""One spelling of words for searching, one for order: as people type and as a directory stands.

The database does the same with its functions `folded` and `in_order` (core/migrations/0001_spelling.py), so that an
index serves both; a property test compares the two. They are our own since not every server has a language's order.
"""

import unicodedata

from django.contrib.postgres.indexes import OpClass
from django.db.models import Func, TextField

# Letters that Unicode does not take apart, and characters that nobody types.
LETTERS = dict(zip("łøđħŧŋıĸðς‐‑‒–—", "lodhtnikds-----", strict=True)) | {"ς": "σ"}
PAIRS = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
APOSTROPHES = "'`´΄᾽᾿‘’‛ʹʻʼ′"
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
MARKS = "".join(map(chr, range(0x300, 0x370)))  # accents, once they are apart
SPELLING = str.maketrans({**LETTERS, **PAIRS, **dict.fromkeys(MARKS)})
SILENT = str.maketrans(dict.fromkeys(APOSTROPHES + UNSEEN))


def folded(words):
    """Small letters without accents and apostrophes: “Αστυνομία” is found by “αστυνομια”, “Straße” by “strasse”,
    “Ħ’Attard” by “hattard”."""
    return unicodedata.normalize("NFKD", words.translate(SILENT)).lower().translate(SPELLING)


class Folded(Func):
    function = "folded"
    output_field = TextField()


def by_words(field):
    """What an index of trigrams (GIN) holds of a field, so that a search for `folded` words finds it."""
    return OpClass(Folded(field), "gin_trgm_ops")


class InOrder(Func):
    """What rows are sorted by: letters first, then accents and capitals; Latin, Greek, Cyrillic."""

    template = '(in_order(%(expressions)s) COLLATE "C")'
    output_field = TextField()
