"""What may be sent as an answer at all, before anybody asks whether it is a good one."""

from django import forms
from django.utils.translation import gettext as _

MOST_TYPED = 20_000  # characters of what is no valid answer yet
SEVERAL = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)


def shapeless(field, value):
    """The sentence for what is no text, number, true or false; nor a list of them where several are chosen."""
    parts = value if isinstance(value, list) and isinstance(field, SEVERAL) else [value]
    if any(isinstance(one, list | dict) for one in parts):
        return _("This is not an answer: send a text or a number.")
    return ""


def endless(field, text):
    """The sentence for what is much too long to be kept as typed: everybody who opens the part would carry it."""
    most = max(MOST_TYPED, 4 * (getattr(field, "max_length", None) or 0))
    if len(text) <= most:
        return ""
    sentence = _("%(number)d characters are too many to be kept even for now (at most %(most)d); shorten it.")
    return sentence % {"number": len(text), "most": most}


def texts(value):
    """What a program sends as a number or nothing is what a person types."""
    if isinstance(value, list):
        return [str(one) for one in value]
    return "" if value is None else str(value)
