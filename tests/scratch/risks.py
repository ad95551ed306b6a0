"""Risks: what may go wrong, and what is done about it. A part without a table, as one file and its template."""

from django import forms
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from applications.parts.base import Part, missing
from applications.parts.forms.base import PartForm
from applications.parts.incoming import Words
from core.fields import CleanTextField

LIKELY = [("LOW", _("unlikely")), ("HIGH", _("likely"))]


class RisksForm(PartForm):
    part = "risks"
    overview = CleanTextField(label=_("What may go wrong"), required=False, rows=4)
    first = CleanTextField(label=_("The first risk"), required=False, rows=2)
    likely = forms.ChoiceField(label=_("How likely"), required=False, choices=LIKELY)

    def said(self):
        given = self.cleaned_data
        rows = [{"title": given["first"], "likely": given["likely"]}] if given["first"] else []
        return {"overview": given["overview"], "rows": rows}


class RiskSerializer(serializers.Serializer):
    title = Words(max_length=50, required=True, allow_blank=False)
    likely = serializers.ChoiceField(choices=LIKELY)


class RisksSerializer(serializers.Serializer):
    overview = Words(max_length=500)
    rows = RiskSerializer(many=True, required=False)


class Risks(Part):
    name = "risks"
    label = _("Risks")
    empty = {"overview": "", "rows": []}
    form = RisksForm
    incoming = RisksSerializer

    def gaps(self, content, call):
        return missing(overview=(content[self.name]["overview"], _("Say what may go wrong.")))


PART = Risks()
