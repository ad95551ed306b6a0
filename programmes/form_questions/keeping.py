"""Questions in the form in which a call keeps them."""

from django.core.exceptions import ValidationError

from core.amounts import decimal_of
from core.fields import CleanTextField
from programmes.form_parts import OFFERED
from programmes.form_questions.kinds import ALL, LONGEST_BOUND, OWN, PART


def with_questions(form, questions):
    """The form with these; the part is asked only where there are any, in its place or where it stood."""
    others = [one for one in form if one["part"] != PART]
    if not questions:
        return others
    stood = [one["part"] for one in form]
    before = [one["part"] for one in others if OFFERED[one["part"]].place < OFFERED[PART].place]
    place = stood.index(PART) if PART in stood else len(before)
    return [*others[:place], {"part": PART, "questions": questions}, *others[place:]]


def settled_form(form):
    """As it is kept: each question with every key of its kind. What is no form at all is left to be refused."""
    if not isinstance(form, list):
        return form
    return [
        {**one, "questions": [settled(each) for each in one["questions"]]}
        if isinstance(one, dict) and isinstance(one.get("questions"), list)
        else one
        for one in form
    ]


def settled(given):
    if not isinstance(given, dict):
        return given
    kind = given.get("kind")
    said = {**ALL, **(OWN.get(kind, {}) if isinstance(kind, str) else {}), **given}
    return {name: settled_value(name, value) for name, value in said.items()}


def settled_value(name, value):
    if name in {"lowest", "highest"} and value is not None and not isinstance(value, bool):
        return plain_number(str(value))
    if name == "options" and isinstance(value, list):
        return [in_one_form(one) for one in value]
    return in_one_form(value)


def in_one_form(value):
    """Text in one form of Unicode; what cannot be printed stays, to be refused."""
    try:
        return CleanTextField(required=False).clean(value) if isinstance(value, str) else value
    except ValidationError:
        return value


def plain_number(text):
    """Read as an applicant's number is: “1 000,50” is 1000.5. What is none, or may be two, stays, to be refused."""
    text = text.strip()
    try:
        return as_text(decimal_of(text)) if 0 < len(text) <= LONGEST_BOUND else text
    except ValidationError:
        return text


def as_text(number):
    """A number in its one form: no zeros at its end, no exponent."""
    return format(number.normalize() + 0, "f")
