"""What the API takes of a part, cleaned as the pages clean it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework import serializers

from core.errors import Incomplete
from core.fields import CleanTextField, DayField


def cleaned(serializer, place=""):
    """The cleaned values, or one refusal with a sentence for each field; `place` stands before their names."""
    if not serializer.is_valid():
        gaps = dict(flat(serializer.errors, place))
        raise Incomplete(gaps, _("Some of what you sent cannot be used; nothing was changed."))
    return serializer.validated_data


def flat(errors, place=""):
    """{“budget.lines.0.amount”: sentence} from errors nested like what was sent."""
    if isinstance(errors, dict):
        for name, inner in errors.items():
            yield from flat(inner, f"{place}.{name}" if place else str(name))
    elif errors and isinstance(errors[0], dict):
        for number, inner in enumerate(errors):
            yield from flat(inner, f"{place}.{number}")
    elif errors:
        yield place, " ".join(str(sentence) for sentence in errors)


class Words(serializers.CharField):
    """Text as the pages take it: one form of Unicode, nothing that cannot be printed."""

    def __init__(self, **options):
        super().__init__(**{"required": False, "allow_blank": True, **options})

    def to_internal_value(self, data):
        try:
            return CleanTextField(required=False).clean(super().to_internal_value(data))
        except ValidationError as error:
            raise serializers.ValidationError(error.messages) from error


class Day(serializers.DateField):
    """A day as the pages take it."""

    def __init__(self, **options):
        super().__init__(**{"required": False, "allow_null": True, **options})

    def to_internal_value(self, value):
        try:
            return DayField().clean(value)
        except ValidationError as error:
            raise serializers.ValidationError(error.messages) from error
