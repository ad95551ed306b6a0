"""What is asked about a call, and what is published of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import LONGEST_REASON, CleanTextField


class QuestionForm(forms.Form):
    text = CleanTextField(
        label=_("Your question"), max_length=4000, rows=8,
        help_text=_("Only the programme office reads it with your name. Everybody reads the answer, not who asked."),
    )  # fmt: skip


class ReplyForm(forms.Form):
    asked = CleanTextField(
        label=_("The question as everybody reads it"), max_length=4000, rows=5,
        help_text=_("In your own words: nothing in it may tell who asked."),
    )  # fmt: skip
    text = CleanTextField(label=_("Answer"), max_length=10_000, rows=10)


class CorrectionForm(ReplyForm):
    reason = CleanTextField(
        label=_("Why it is corrected"), max_length=LONGEST_REASON, rows=3,
        help_text=_("Everybody reads it beside the new answer; the one before stays to be read."),
    )  # fmt: skip
