"""Declarations: what the applicant declares on its honour."""

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from applications.declarations import Declaration
from applications.parts.base import Part, Writing
from applications.parts.forms.base import PartForm
from core.errors import Incomplete


class DeclarationsForm(PartForm):
    part = "declarations"
    declarations = forms.MultipleChoiceField(
        label=_("On behalf of the applicant I declare"), required=False, choices=Declaration.choices,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def initial_of(self, said):
        return {"declarations": said}

    def said(self):
        return self.cleaned_data["declarations"]


class Declarations(Part):
    name = "declarations"
    label = _("Declarations")
    place = 70
    empty = []
    form = DeclarationsForm
    why_not_copied = _("Declared for the other application; declare it anew.")

    def taken(self):
        return serializers.ListField(child=serializers.CharField(max_length=30), required=False)

    def read(self, application):
        return sorted(application.declarations)

    def write(self, application, said, *, by, at):
        if set(said) - set(Declaration.values):
            raise Incomplete({"declarations.declarations": say("Choose among the declarations of the form.")})
        application.declarations = sorted(set(said))
        return Writing()

    def gaps(self, content, call):
        return {
            code: _("Declare: “%(text)s”") % {"text": label}
            for code, label in Declaration.choices
            if code not in content[self.name]
        }

    def named(self, said):
        return [label for code, label in Declaration.choices if code in said]

    def shown(self, content, application):
        return {"texts": [label for code, label in Declaration.choices if code in content[self.name]]}

    def field_of(self, gap, content):
        return "declarations_0"


PART = Declarations()
