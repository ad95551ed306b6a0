"""Choosing what reports are about, and as of when."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import BrusselsDateTimeField
from programmes.models import Call


class AboutForm(forms.Form):
    call = forms.ModelChoiceField(Call.objects.none(), label=_("Call"), empty_label=None, required=False)
    at = BrusselsDateTimeField(
        label=_("As of"),
        required=False,
        help_text=_("Empty for now; else everything as the house knew it at that moment, in Brussels time."),
    )

    def __init__(self, data, *, calls, **options):
        super().__init__(data, **options)
        self.fields["call"].queryset = calls
        self.fields["call"].label_from_instance = named


def named(call):
    return f"{call.reference} – {call.title} ({call.get_status_display()})"
