"""What programs send, before anything looks at it: an object or a list, no deeper than people write, only text that
letters, files and the database can hold."""

from math import isfinite

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from core.errors import Incomplete
from core.fields import is_forbidden

PRINTED = "\n\t\r"


class PlainJSONParser(JSONParser):
    def parse(self, stream, media_type=None, parser_context=None):
        try:
            said = super().parse(stream, media_type, parser_context)
        except ParseError as unread:
            if "int_max_str_digits" not in str(unread):
                raise
            raise ParseError(_("It holds a number of too many figures.")) from unread
        except RecursionError as too_deep:
            raise ParseError(_("The JSON is nested too deeply; send it as the documentation shows.")) from too_deep
        if not isinstance(said, dict | list):
            raise ParseError(_("Send a JSON object: names and values in braces."))
        require_printable(said)
        require_finite(said)
        return said


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
        elif isinstance(one, dict):
            waiting += [(place, name) for name in one]
            waiting += [(f"{place}.{name}".lstrip("."), inner) for name, inner in one.items()]
        elif isinstance(one, list):
            waiting += [(f"{place}.{number}".lstrip("."), inner) for number, inner in enumerate(one)]
