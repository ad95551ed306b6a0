"""The questions of a call: a field for each, of its kind."""

from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _

from applications.parts.forms.base import PartForm
from core.fields import CleanCharField, CleanTextField, DayField, DecimalField
from programmes.form_questions import Kind, as_text, choices_of

ONE_LINE = 150  # characters: a longer answer gets several lines


class QuestionsForm(PartForm):
    """Every question of the call has its field, also one that is not asked now: what was answered is not lost. The
    page hides it; what was typed there and is no answer stops nobody."""

    part = "questions"

    def initial_of(self, said):
        return {one["code"]: one["answer"] for one in said}

    def grow(self):
        self.unasked = {one["code"] for one in self.content[self.part] if not one["is_asked"]}
        codes = {one["number"]: one["code"] for one in self.content[self.part]}
        for one in self.content[self.part]:
            self.fields[one["code"]] = field_of(one, codes)

    def plain(self, name, value):
        if isinstance(value, Decimal):
            return as_text(value)
        return value.isoformat() if isinstance(value, date) else super().plain(name, value)

    def problems(self, name, text):
        return [] if name in self.unasked else super().problems(name, text)

    def said(self):
        return {name: self.plain(name, value) for name, value in self.cleaned_data.items()}


def field_of(one, codes):
    """`codes` {number: code}: what a condition depends on is found on the page by its code."""
    field = FIELDS[one["kind"]](one, label=label_of(one), help_text=help_of(one, codes), required=False)
    if one["only_if"]:
        on = {"data-only-if": f"id_{codes[one['only_if']['question']]}", "data-only-if-is": one["only_if"]["is"]}
        field.widget.attrs |= on
    return field


def label_of(one):
    label = f"{one['number']}. {one['question']}"
    return label if one["required"] else _("%(label)s (optional)") % {"label": label}


def help_of(one, codes):
    """What the officer wrote, what the answer is measured in, and on what it depends."""
    return " ".join(filter(None, [condition_of(one), one["help"], measure_of(one)]))


def condition_of(one):
    if not one["only_if"]:
        return ""
    answer = {"YES": _("Yes"), "NO": _("No")}.get(one["only_if"]["is"], one["only_if"]["is"])
    words = {"number": one["only_if"]["question"], "answer": answer}
    return _("Only if question %(number)d is answered “%(answer)s”.") % words


def measure_of(one):
    low, high, unit = one.get("lowest", ""), one.get("highest", ""), one.get("unit", "")
    if low and high:
        span = _("From %(low)s to %(high)s.") % {"low": low, "high": high}
    elif low:
        span = _("At least %(low)s.") % {"low": low}
    else:
        span = _("At most %(high)s.") % {"high": high} if high else ""
    return " ".join(filter(None, [_("In %(unit)s.") % {"unit": unit} if unit else "", span]))


def text_field(one, **options):
    if one["longest"] <= ONE_LINE:
        return CleanCharField(max_length=one["longest"], **options)
    return CleanTextField(max_length=one["longest"], rows=4 if one["longest"] <= 600 else 10, **options)


def number_field(one, **options):
    bounds = {"min_value": one["lowest"], "max_value": one["highest"]}
    bounds = {name: Decimal(bound) for name, bound in bounds.items() if bound}
    return DecimalField(max_digits=14, decimal_places=one["decimals"], **bounds, **options)


def choice_field(one, **options):
    return forms.ChoiceField(choices=[("", _("Choose one")), *choices_of(one)], **options)


def day_field(one, **options):
    return DayField(**options)


FIELDS = {
    Kind.TEXT: text_field, Kind.NUMBER: number_field, Kind.DATE: day_field, Kind.CHOICE: choice_field,
    Kind.YES_NO: choice_field,
}  # fmt: skip
