"""Identity: what the action is called."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from applications.parts.base import Part, Writing, missing
from applications.parts.columns import set_fields
from applications.parts.forms.base import PartForm
from applications.parts.incoming import Words
from core.fields import CleanCharField
from core.formats import brussels_day


class IdentityForm(PartForm):
    part = "identity"
    acronym = CleanCharField(
        label=_("Acronym"), required=False, max_length=10, help_text=_("At most 10 characters."),
        widget=forms.TextInput(attrs={"data-size": "s"}),
    )  # fmt: skip
    title = CleanCharField(
        label=_("Title of the action"), required=False, max_length=250, help_text=_("As it will stand in letters.")
    )


class IdentitySerializer(serializers.Serializer):
    acronym = Words(max_length=10)
    title = Words(max_length=250)


class Identity(Part):
    name = "identity"
    label = _("Identity")
    place = 10
    is_decided_on = True
    empty = {"acronym": "", "title": ""}
    form = IdentityForm
    incoming = IdentitySerializer

    def read(self, application):
        return {"acronym": application.acronym, "title": application.title}

    def write(self, application, said, *, by, at):
        set_fields(application, self.name, said, ("acronym", "title"))
        return Writing()

    def gaps(self, content, call):
        said = content[self.name]
        return missing(
            acronym=(said["acronym"], _("Give the action an acronym.")),
            title=(said["title"], _("Give the action a title.")),
        )

    def shown(self, content, application):
        """With when it starts and how long it lasts, where the form asks for that."""
        said = content[self.name]
        facts = [
            (_("Applicant"), application.applicant.name),
            (_("Member State"), application.applicant.get_member_state_display()),
            (_("Acronym"), said["acronym"]),
            (_("Title"), said["title"]),
        ]
        return {"facts": facts + times_in(content)}


def times_in(content):
    said = content.get("timetable")
    if said is None:
        return []
    return [(_("Planned start"), day_in(said["starts_on"])), (_("Duration (months)"), said["months"])]


def day_in(text):
    return brussels_day(date.fromisoformat(text)) if text else ""


PART = Identity()
