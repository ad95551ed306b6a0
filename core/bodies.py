"""What a program sends with an operation, looked at before the operation is: nothing in it is quietly passed over.

What an operation takes is what the document says of it (`extend_schema(request=…)`), so the two cannot part. Refused by
their place are members that nothing takes, also those that are only told (`id`, `status`): whoever sends them believes
that they are saved; and what is in a list twice, where one of the two would win.
"""

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ParseError, ValidationError

from core.errors import Incomplete
from core.parsers import require_printable

PLAIN = (
    serializers.CharField, serializers.ChoiceField, serializers.UUIDField, serializers.IntegerField,
    serializers.DateField,
)  # fmt: skip
LONGEST, MOST = 100_000, 10_000  # characters of a text and rows of a list that say no bound of their own
NO_MEMBERS = serializers.Serializer  # of an operation that takes nothing
KNOWN = {}  # {(class of the view, its method, method of HTTP): the serializer of what is taken}


def require_known(view, request):
    """Refuse what has no place in the body of this operation; gives what the operation takes and what was sent."""
    taken, said = taken_by(view, request.method), request.data
    if isinstance(said, QueryDict):  # of JSON its parser has looked
        require_printable(texts_in(said))
    if isinstance(said, list) != isinstance(taken, serializers.ListSerializer):
        raise ParseError(shape_of(taken))
    refuse(faults_in(taken, said))
    return taken, said


def texts_in(form):
    """What is no file, as JSON would say it."""
    found = {name: [one for one in values if isinstance(one, str)] for name, values in form.lists()}
    return {name: texts[0] if len(texts) == 1 else texts for name, texts in found.items()}


def shape_of(taken):
    if isinstance(taken, serializers.ListSerializer):
        return _("Send a JSON list: rows in square brackets.")
    return _("Send a JSON object: names and values in braces.")


def refuse(faults):
    if gaps := dict(faults):
        raise Incomplete(gaps, _("Some of what you sent cannot be used; nothing was changed."))


def taken_by(view, method):
    """The serializer of the body that this operation takes."""
    place = (type(view), getattr(view, "action", None) or method.lower(), method)
    if place not in KNOWN:
        said = declared(view, *place[1:])
        said = next(iter(said.values())) if isinstance(said, dict) else said  # {kind of body: serializer}
        said = said() if isinstance(said, type) else said
        KNOWN[place] = NO_MEMBERS() if said is None else said
    return KNOWN[place]


def declared(view, name, method):
    """As the document is drawn."""
    schema = getattr(getattr(type(view), name), "kwargs", {}).get("schema")
    if schema is None:
        return None
    schema = schema().__get__(view, type(view))
    schema.method = method
    return schema.get_request_serializer()


def asks_for_version(taken, said):
    """Whether this body writes over what somebody else may have written, so that it has to say on what it is based."""
    stamp = getattr(taken, "fields", {}).get("stamp")
    return getattr(stamp, "is_wanted", False) and stamp.is_wanted_for(said)


# what is wrong with it


def faults_in(field, said, place=""):
    """(place, sentence) of each member at whatever depth that nothing takes, and of what is in a list twice."""
    if isinstance(field, serializers.ListSerializer | serializers.ListField):
        return in_list(field, said, place) if isinstance(said, list) else []
    if isinstance(field, serializers.Serializer) and isinstance(said, dict):
        return in_object(field, said, place)
    if isinstance(field, serializers.CharField) and not field.max_length and len(str(said)) > LONGEST:
        return [(place.rstrip("."), too_long())]
    return []


def in_object(serializer, said, place):
    known = {name: field for name, field in serializer.fields.items() if not field.read_only}
    found = [(place + name, strange()) for name in said if name not in known]
    for name in known.keys() & said.keys():
        found += in_member(known[name], name, said, place)
    return found


def in_member(field, name, said, place):
    """A form says a list, or a thing twice, by saying its name twice."""
    if not isinstance(said, QueryDict):
        return faults_in(field, said[name], f"{place}{name}.")
    values = said.getlist(name)
    if isinstance(field, serializers.ListField):
        return faults_in(field, values, f"{place}{name}.")
    return [(place + name, twice(1))] if len(values) > 1 else faults_in(field, values[0], f"{place}{name}.")


def in_list(field, rows, place):
    if len(rows) > (field.max_length or MOST):
        return [(place.rstrip("."), too_many(field.max_length or MOST))]
    child, seen, found = field.child, {}, []
    for number, row in enumerate(rows):
        key = key_in(child, row)
        if key is not None and seen.setdefault(key, number) != number:
            found.append((f"{place}{number}", twice(seen[key] + 1)))
        found += faults_in(child, row, f"{place}{number}.")
    return found


def key_in(child, row):
    """What tells a row of a list from the others; None where nothing does."""
    if isinstance(child, serializers.Serializer):
        return key_of_row(child, row) if isinstance(row, dict) else None
    return as_taken(child, row) if isinstance(child, PLAIN) else None


def key_of_row(child, row):
    key = tuple(as_taken(child.fields[name], row.get(name)) for name in getattr(child, "told_apart_by", ()))
    return key if any(one is not None for one in key) else None


def as_taken(field, value):
    """Two spellings of one thing are one thing; what is none is refused where it is read."""
    if value in (None, ""):
        return None
    try:
        return str(field.to_internal_value(value))
    except (ValidationError, Incomplete, TypeError, ValueError):
        return None


def strange():
    return _("There is no such member here; nothing was changed. Leave it out, or look at its name.")


def too_long():
    return _("It is longer than %(most)d characters; nothing was changed. Shorten it.") % {"most": LONGEST}


def too_many(most):
    return _("At most %(most)d are taken at once; nothing was changed. Send them in parts.") % {"most": most}


def twice(first):
    words = {"number": first}
    return _("It is there twice, first as number %(number)d; nothing was changed. Send it once.") % words
