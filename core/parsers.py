"""What programs send, before anything looks at it: an object or a list, no deeper than people write, only text that
letters, files and the database can hold."""

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from core.fields import is_forbidden

PRINTED = "\n\t\r"


class PlainJSONParser(JSONParser):
    def parse(self, stream, media_type=None, parser_context=None):
        try:
            said = super().parse(stream, media_type, parser_context)
        except RecursionError as too_deep:
            raise ParseError(_("The JSON is nested too deeply; send it as the documentation shows.")) from too_deep
        if not isinstance(said, dict | list):
            raise ParseError(_("Send a JSON object: names and values in braces."))
        if any(is_forbidden(one, allowed=PRINTED) for text in texts_in(said) for one in text):
            raise ParseError(_("The JSON holds a character that cannot be printed; delete it."))
        return said


def texts_in(said):
    """Every text and every name in it, however deep, without recursion."""
    waiting = [said]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one
