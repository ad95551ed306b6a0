"""What programs send, before anything looks at it: an object or a list, no deeper than people write, only text that
letters, files and the database can hold."""

import codecs
import json
from math import isfinite

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser, get_encoding
from rest_framework.utils.json import strict_constant

from core.errors import Incomplete
from core.fields import is_forbidden
from core.numbers import Figures

PRINTED = "\n\t\r"
DEEPEST = 32  # lists and objects in each other; people need five


class Doubled(dict):
    """An object that says one of its names twice; `names` are those that it does."""

    names = ()


class PlainJSONParser(JSONParser):
    def parse(self, stream, media_type=None, parser_context=None):
        said = read(stream, get_encoding(parser_context or {}))
        if not isinstance(said, dict | list):
            raise ParseError(_("Send a JSON object: names and values in braces."))
        require_shallow(said)
        require_printable(said)
        require_finite(said)
        require_single(said)
        return said


def read(stream, encoding):
    try:
        text = codecs.getreader(encoding)(stream).read()
        return json.loads(text, parse_constant=strict_constant, parse_float=Figures, object_pairs_hook=object_of)
    except ValueError as unread:
        raise ParseError(sentence_on(unread)) from unread
    except RecursionError as too_deep:
        raise ParseError(too_deep_to_read()) from too_deep


def sentence_on(unread):
    if "int_max_str_digits" in str(unread):
        return _("It holds a number of too many figures.")
    return _("It cannot be read as JSON: %(why)s") % {"why": unread}


def too_deep_to_read():
    return _("The JSON is nested too deeply; send it as the documentation shows.")


def object_of(pairs):
    said = dict(pairs)
    if len(said) == len(pairs):
        return said
    doubled, names = Doubled(said), [name for name, _value in pairs]
    doubled.names = sorted({name for name in names if names.count(name) > 1})
    return doubled


def require_shallow(said):
    if any(place.count(".") >= DEEPEST for place, _one in found_in(said, dict | list)):
        raise ParseError(too_deep_to_read())


def require_single(said):
    """Of a name that is there twice a reader would take the last and forget the first."""
    sentence = _("It is there twice in the same object; say it once.")
    refuse({
        f"{place}.{name}".lstrip("."): sentence for place, one in found_in(said, Doubled) for name in one.names
    })  # fmt: skip


def require_printable(said):
    """Refuse what cannot be printed, at the place where it stands: “partners.0.name”."""
    sentence = _("It holds a character that cannot be printed; delete it, or send the text as plain text.")
    refuse({
        place: sentence for place, text in found_in(said) if any(is_forbidden(one, allowed=PRINTED) for one in text)
    })  # fmt: skip


def require_finite(said):
    """1e999 is well written and no number that anything here could hold."""
    sentence = _("It is a number beyond all bounds.")
    refuse({place: sentence for place, one in found_in(said, float) if not isfinite(one)})


def refuse(gaps):
    if gaps:
        raise Incomplete(gaps, _("Some of what you sent cannot be used; nothing was changed."))


def found_in(said, kind=str):
    """Everything of one kind in it with its place, of texts the names too, however deep, without recursion."""
    waiting = [("", said)]
    while waiting:
        place, one = waiting.pop()
        if isinstance(one, kind):
            yield place, one
        if isinstance(one, dict):
            waiting += [(place, name) for name in one]
            waiting += [(f"{place}.{name}".lstrip("."), inner) for name, inner in one.items()]
        elif isinstance(one, list):
            waiting += [(f"{place}.{number}".lstrip("."), inner) for number, inner in enumerate(one)]
