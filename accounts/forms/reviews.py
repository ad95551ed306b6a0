"""What comes in about a review of access, cleaned."""

import re

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import ClosingForm
from core.fields import DayField
from core.formats import brief

SEEN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} [0-9]{1,9}-[0-9a-f]{16}")  # a line, and its mark


class AccessReviewForm(forms.Form):
    decide_by = DayField(
        label=_("To be decided by"),
        help_text=_("On the evening of this day administrators are told what is not decided. Nothing ends by itself."),
    )


class EndingAccessForm(ClosingForm):
    """`mark`: what the page had shown of the line and its person."""

    mark = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)


class SeenField(forms.MultipleChoiceField):
    """Lines with the mark of what was seen of each; whether that still holds is the act's matter."""

    def validate(self, value):
        forms.Field.validate(self, value)
        if not all(SEEN.fullmatch(one) for one in value):
            raise forms.ValidationError(gettext("Choose from those that are shown. Load the page again."))


class KeepingForm(forms.Form):
    """Whose access stays; beside each, what was seen of it."""

    lines = SeenField(
        label=_("Whose access is kept"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Take out whoever is not to keep it, or whom somebody else should look at."),
    )  # fmt: skip

    def __init__(self, *args, lines, **options):
        super().__init__(*args, **options)
        self.fields["lines"].choices = [(f"{one.pk} {one.mark}", seen_of(one)) for one in lines]
        self.fields["lines"].initial = [value for value, _words in self.fields["lines"].choices]

    def marks(self):
        """{line's id: what was seen}"""
        return dict(one.split(" ") for one in self.cleaned_data["lines"])


def seen_of(line):
    """“Anna Kowalczyk, a.k@example.eu – programme officer, HOME.E.1 – last signed in never”"""
    moment = brief(line.signed_in_at) or gettext("never")
    words = {"name": line.name, "email": line.email, "role": line.words, "moment": moment}
    said = gettext("%(name)s, %(email)s – %(role)s – last signed in: %(moment)s") % words
    return said if line.has_factor else f"{said} – {gettext('no second factor')}"
