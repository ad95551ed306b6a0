"""What the columns can hold: parts are written through these, and refuse by field what cannot be stored."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.errors import Incomplete


def set_fields(application, part, said, names):
    given = [name for name in names if name in said]
    for name in given:
        setattr(application, name, said[name])
    require_valid(application, given, place=part)


def require_valid(row, names, *, place):
    """What the columns can hold; sentences by field."""
    others = [field.name for field in row._meta.fields if field.name not in names]
    try:
        row.clean_fields(exclude=others)
    except ValidationError as error:
        gaps = {f"{place}.{name}": " ".join(sentences) for name, sentences in error.message_dict.items()}
        raise Incomplete(gaps) from error


def require_few(said, most, place):
    if len(said) > most:
        raise Incomplete({place: _("At most %(number)d entries are possible.") % {"number": most}})


def values(row, names):
    return {name: getattr(row, name) for name in names}
