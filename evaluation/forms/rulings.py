"""Ruling on a conflict that the house found."""

from django import forms
from django.utils.translation import gettext_lazy

from evaluation.forms.judging import ReasonForm


class RulingForm(ReasonForm):
    verdict = forms.ChoiceField(
        label=gettext_lazy("What holds"), widget=forms.RadioSelect,
        choices=[
            ("lift", gettext_lazy("It is no conflict: the person may judge this application")),
            ("pin", gettext_lazy("It is one, and stays one even if the fact is gone later")),
        ],
    )  # fmt: skip
    field_order = ["verdict", "reason"]
