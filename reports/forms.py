"""Choosing the call that reports are about."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.models import Call


class CallForm(forms.Form):
    call = forms.ModelChoiceField(Call.objects.none(), label=_("Call"), empty_label=None)

    def __init__(self, data, *, calls, **options):
        super().__init__(data, **options)
        self.fields["call"].queryset = calls
        self.fields["call"].label_from_instance = named


def named(call):
    return f"{call.reference} – {call.title} ({call.get_status_display()})"
