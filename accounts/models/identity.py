"""One spelling of a number that tells organisations apart, worked out by the database itself."""

import re

from django.db.models import Case, CharField, F, Func, GeneratedField, TextField, Value, When
from django.db.models.functions import Concat, Upper

# A State's prefix in its own numbers; two are written otherwise than the Union's code.
OTHERWISE = {"EL": "^(EL|GR)", "UK": "^(UK|GB)"}
PREFIX = Case(
    *(When(member_state=state, then=Value(prefix)) for state, prefix in OTHERWISE.items()),
    default=Concat(Value("^"), F("member_state")),
    output_field=TextField(),
)


def one_spelling_of(number):
    """A column with the one spelling of the number in another column of the same row; empty where none is given.

    Upper case, letters and digits only, without the State's prefix: “EL 094.259-216” and “gr094259216” are “094259216”.
    """
    plain = without(Upper(F(number)), Value("[^[:alnum:]]"), Value("g"))
    return GeneratedField(
        expression=without(plain, PREFIX), output_field=CharField(max_length=60), db_persist=True
    )  # fmt: skip


def without(text, pattern, *flags):
    return Func(text, pattern, Value(""), *flags, function="regexp_replace", output_field=TextField())


def spelled(number, state):
    """The same for a number that stands in no row of an organisation."""
    plain = "".join(sign for sign in number.upper() if sign.isalnum())
    return re.sub(OTHERWISE.get(state, f"^{re.escape(state)}"), "", plain)
