"""The parts that are words and choices."""

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.completeness import LONGEST_DESCRIPTION, LONGEST_SUMMARY
from applications.declarations import Declaration
from applications.forms.base import SectionForm
from applications.models import Attachment
from core.fields import CleanCharField, CleanTextField


class IdentityForm(SectionForm):
    section = "identity"
    acronym = CleanCharField(
        label=_("Acronym"), required=False, max_length=10, help_text=_("At most 10 characters."),
        widget=forms.TextInput(attrs={"data-size": "s"}),
    )  # fmt: skip
    title = CleanCharField(
        label=_("Title of the action"), required=False, max_length=250, help_text=_("As it will stand in letters.")
    )


class ContentForm(SectionForm):
    section = "content"
    objectives = forms.MultipleChoiceField(
        label=_("Specific objectives"), required=False, widget=forms.CheckboxSelectMultiple
    )
    actions = forms.MultipleChoiceField(label=_("Action types"), required=False, widget=forms.CheckboxSelectMultiple)
    summary = CleanTextField(
        label=_("Summary"), required=False, rows=8, help_text=_("Plain words; it is published after an award."),
    )  # fmt: skip
    description = CleanTextField(
        label=_("Description of the action"), required=False, rows=18,
        help_text=_("Needs, activities, expected results, how they will be measured and kept alive."),
    )  # fmt: skip

    def grow(self):
        self.fields["summary"].widget.attrs["data-counter"] = LONGEST_SUMMARY
        self.fields["description"].widget.attrs["data-counter"] = LONGEST_DESCRIPTION
        for name in ("objectives", "actions"):
            passages = getattr(self.call, name).all()
            self.fields[name].choices = [(passage.code, str(passage)) for passage in passages]


class DeclarationsForm(SectionForm):
    section = "declarations"
    declarations = forms.MultipleChoiceField(
        label=_("On behalf of the applicant I declare"), required=False, choices=Declaration.choices,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def initial_of(self, said):
        return {"declarations": said}

    def said(self):
        return self.cleaned_data["declarations"]


class AttachmentForm(forms.Form):
    """One file; what it really is, its bytes say."""

    kind = forms.ChoiceField(label=_("Kind of document"), choices=[("", _("Choose one")), *Attachment.Kind.choices])
    file = forms.FileField(
        label=_("File"), allow_empty_file=True, max_length=None,
        help_text=_("PDF, DOCX, XLSX, ODT, ODS, PNG or JPEG, at most 10 MB."),
    )  # fmt: skip


class ConditionForm(forms.Form):
    """An announced condition that no automatic check looks at."""

    criterion = CleanCharField(
        label=_("Announced condition"), max_length=300, help_text=_("In the words of the call; the letter repeats it.")
    )
    found = CleanTextField(label=_("What was found"), max_length=500, rows=3)
