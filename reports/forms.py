"""Choosing what reports are about, and as of when; and what somebody kept of the trail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from audit import notes
from core.fields import BrusselsDateTimeField, CleanTextField
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


class KeptForm(forms.Form):
    """A checkpoint (`audit.notes.Head`), or the SHA-256 of a record (a text)."""

    kept = CleanTextField(
        label=_("What you kept"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The three lines of a checkpoint, or the SHA-256 of a record: 64 figures and letters from a to f."),
    )

    def clean_kept(self):
        text = self.cleaned_data["kept"]
        one = "".join(text.split()).lower()
        if len(one) == 64 and not set(one) - set("0123456789abcdef"):
            return one
        try:
            return notes.read("\n".join(line.strip() for line in text.splitlines()))
        except ValueError:
            raise forms.ValidationError(
                _("This is neither. Copy the lines of the checkpoint as they stand, or the whole SHA-256.")
            ) from None


def named(call):
    return f"{call.reference} – {call.title} ({call.get_status_display()})"
