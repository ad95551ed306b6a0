"""Numbers and days as programs send them, read as the pages read them (`core.amounts`): exactly, or not at all."""

from decimal import Decimal

from django.core.exceptions import ValidationError as Unread
from django.utils.translation import gettext as _
from rest_framework import serializers

from core.amounts import LONGEST, decimal_of
from core.fields import DayField


class Figures(float):
    """A number of a JSON text that is not whole, with its figures as they were written: 0.1 is no binary fraction."""

    def __new__(cls, text):
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __str__(self):
        return self.text


def number_in(said):
    """The number that was said, whether as a number or as a text; true and false are none."""
    if isinstance(said, Decimal):
        return said
    if isinstance(said, bool) or not isinstance(said, str | int | float) or len(str(said)) > LONGEST:
        raise serializers.ValidationError(_("Write a number in figures, for example 1234.56."), code="invalid")
    try:
        return decimal_of(said) if isinstance(said, str) else Decimal(str(said))
    except Unread as wrong:
        raise serializers.ValidationError(wrong.messages, code=wrong.code) from wrong


class Number(serializers.DecimalField):
    def to_internal_value(self, data):
        return super().to_internal_value(f"{number_in(data):f}")


class Whole(serializers.IntegerField):
    def to_internal_value(self, data):
        number = number_in(data)
        if number != number.to_integral_value():
            raise serializers.ValidationError(_("Give a whole number."), code="invalid")
        return super().to_internal_value(f"{number.to_integral_value():f}")


class Day(serializers.DateField):
    def to_internal_value(self, value):
        try:
            return DayField().clean(value)
        except Unread as wrong:
            raise serializers.ValidationError(wrong.messages, code=wrong.code) from wrong


class Moment(serializers.DateTimeField):
    """Only with the figures that everybody reads: Python takes those of any script."""

    def to_internal_value(self, value):
        if isinstance(value, str) and not value.isascii():
            self.fail("invalid", format="YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]")
        return super().to_internal_value(value)


READ_BY = {
    serializers.DecimalField: Number, serializers.IntegerField: Whole,
    serializers.DateField: Day, serializers.DateTimeField: Moment,
}  # fmt: skip
kinds = serializers.ModelSerializer.serializer_field_mapping
kinds.update({column: READ_BY[kind] for column, kind in kinds.items() if kind in READ_BY})
