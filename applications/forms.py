"""What an officer writes beside the automatic checks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField, CleanTextField


class ConditionForm(forms.Form):
    """An announced condition that no automatic check looks at."""

    criterion = CleanCharField(
        label=_("Announced condition"), max_length=300, help_text=_("In the words of the call; the letter repeats it.")
    )
    found = CleanTextField(label=_("What was found"), max_length=500, rows=3)
