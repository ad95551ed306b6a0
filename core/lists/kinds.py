"""Of what kind the values of a column are: how programs are told them, and how the document describes them.

One field for both, so that no answer differs from its description. Money and points are texts with a fixed number of
places, never binary fractions; moments carry their offset; a code stands beside its words.
"""

from functools import cache

from rest_framework import serializers

TEXT, CODE, WHOLE, MONEY, POINTS, MOMENT, DAY, TRUTH, FIGURES = (
    "text", "code", "whole", "money", "points", "moment", "day", "truth", "figures",
)  # fmt: skip


def maybe(kind, **options):
    """A field that may hold nothing."""
    return lambda **words: kind(allow_null=True, **options, **words)


TEXTS = {TEXT, CODE}  # hold an empty text where there is nothing
FIELDS = {
    TEXT: serializers.CharField,
    CODE: serializers.CharField,
    WHOLE: maybe(serializers.IntegerField),
    MONEY: maybe(serializers.DecimalField, max_digits=18, decimal_places=2),
    POINTS: maybe(serializers.DecimalField, max_digits=10, decimal_places=4),
    MOMENT: maybe(serializers.DateTimeField),
    DAY: maybe(serializers.DateField),
    TRUTH: maybe(serializers.BooleanField),
    FIGURES: lambda **words: serializers.DictField(child=serializers.CharField(), **words),
}


@cache
def teller_of(kind):
    return FIELDS[kind]().to_representation


def told(kind, value):
    """As a program reads it: nothing stays nothing, and is an empty text where texts stand."""
    if value is None:
        return "" if kind in TEXTS else None
    return teller_of(kind)(value)


def described(column):
    """{name: field} of a column in a row; a code brings its words."""
    label = str(column.label)
    if column.kind != CODE:
        return {column.name: FIELDS[column.kind](help_text=label)}
    choices = list(getattr(column.choices, "choices", column.choices))
    field = serializers.ChoiceField(choices, help_text=label) if choices else FIELDS[CODE](help_text=label)
    return {column.name: field, f"{column.name}_label": serializers.CharField(help_text=label)}


def told_of(column, row):
    """{name: value} of a column in a row."""
    value = told(column.kind, column.told(row))
    if column.kind != CODE:
        return {column.name: value}
    return {column.name: value, f"{column.name}_label": str(column.shown(row) or "")}
