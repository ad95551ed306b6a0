"""Objectives and description: what the action is for, in the applicant's own words."""

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from rest_framework import serializers

from applications.parts.base import Part, Writing, missing
from applications.parts.columns import set_fields
from applications.parts.forms.base import PartForm
from applications.parts.incoming import Words
from core.errors import Incomplete
from core.fields import CleanTextField

LONGEST_SUMMARY, LONGEST_DESCRIPTION = 2_000, 50_000


class ContentForm(PartForm):
    part = "content"
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


class ContentSerializer(serializers.Serializer):
    summary = Words()
    description = Words()
    objectives = serializers.ListField(child=Words(max_length=10), required=False)
    actions = serializers.ListField(child=Words(max_length=10), required=False)


class Content(Part):
    name = "content"
    label = _("Objectives and description")
    place = 30
    empty = {"summary": "", "description": "", "objectives": [], "actions": []}
    form = ContentForm
    incoming = ContentSerializer

    def read(self, application):
        return {
            "summary": application.summary,
            "description": application.description,
            "objectives": sorted(passage.code for passage in application.objectives.all()),
            "actions": sorted(passage.code for passage in application.actions.all()),
        }

    def write(self, application, said, *, by, at):
        set_fields(application, self.name, said, ("summary", "description"))
        writing = Writing()
        for name in ("objectives", "actions"):
            if name in said:
                choose_passages(writing, application, name, said[name])
        return writing

    def gaps(self, content, call):
        said = content[self.name]
        gaps = missing(
            summary=(said["summary"], _("Write the summary.")),
            description=(said["description"], _("Describe the action.")),
            objectives=(said["objectives"], _("Choose at least one specific objective.")),
            actions=(said["actions"], _("Choose at least one action type.")),
        )
        return gaps | too_long(said, summary=LONGEST_SUMMARY, description=LONGEST_DESCRIPTION)

    def shown(self, content, application):
        said = content[self.name]
        return {
            "objectives": texts_of(application.call.objectives.all(), said["objectives"]),
            "actions": texts_of(application.call.actions.all(), said["actions"]),
            "texts": [(_("Summary"), said["summary"]), (_("Description of the action"), said["description"])],
        }

    def field_of(self, gap, content):
        return f"{gap}_0" if gap in {"objectives", "actions"} else gap


def choose_passages(writing, application, name, codes):
    """Passages of the kinds the call names; a call's corrigendum cannot make a submitted code unreadable."""
    offered = getattr(application.call, name)
    kinds = set(offered.values_list("kind", flat=True))
    passages = application.call.fund.passages.filter(kind__in=kinds, code__in=codes)
    unknown = set(codes) - {passage.code for passage in passages}
    if unknown:
        words = {"codes": ", ".join(sorted(unknown))}
        raise Incomplete({f"content.{name}": say("The call has no %(codes)s; choose from its list.") % words})
    before = sorted(passage.code for passage in getattr(application, name).all())
    writing.chosen[name] = passages
    if before != sorted(codes):
        writing.changes[name] = [before, sorted(codes)]


def too_long(said, **limits):
    over = {name: len(said[name]) - limit for name, limit in limits.items() if len(said[name]) > limit}
    return {
        name: ngettext("Shorten it by %(number)d character.", "Shorten it by %(number)d characters.", number)
        % {"number": number}
        for name, number in over.items()
    }


def texts_of(passages, codes):
    """The texts of the codes; one that the call names no longer stands as its code."""
    known = {passage.code: str(passage) for passage in passages}
    return [known.get(code, code) for code in codes]


PART = Content()
