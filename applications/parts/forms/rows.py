"""The parts that are lists of rows: partners and the timetable. All rows are fields of one form, without a script."""

from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.member_states import by_name
from accounts.models import Organisation
from applications.parts.forms.base import PartForm
from core.fields import CleanCharField, DayField

BLANK_ACTIVITIES = 3
MOST_ROWS = 200  # more than the act allows, so that it can say so


class PartnersForm(PartForm):
    """The coordinator's contact, a row for each partner, and one empty row. A row keeps its id from the first page on,
    so that saving twice does not make two partners."""

    part = "partners"

    def grow(self):
        self.lead = next(one for one in self.content["partners"] if one["is_coordinator"])
        self.known = {one["id"]: one for one in self.content["partners"] if not one["is_coordinator"]}
        self.add_contact(self.lead["id"], self.lead)
        self.row_ids = self.sent_ids() if self.is_bound else [*self.known, str(uuid4())]
        for place, key in enumerate(self.row_ids, 2):
            self.add_row(key, self.known.get(key, {}), place)

    def sent_ids(self):
        """Ids as the page wrote them; what is no id was not ours."""
        found = []
        for text in self.data.getlist("row") if hasattr(self.data, "getlist") else self.data.get("row", []):
            try:
                found.append(str(UUID(text)))
            except ValueError:
                continue
        return list(dict.fromkeys(found))

    def add_contact(self, key, said):
        self.fields[f"{key}-contact_name"] = CleanCharField(
            label=_("Contact person"), required=False, max_length=150, initial=said.get("contact_name")
        )
        self.fields[f"{key}-contact_email"] = forms.EmailField(
            label=_("Contact e-mail"), required=False, initial=said.get("contact_email")
        )

    def add_row(self, key, said, place):
        self.fields[f"{key}-name"] = CleanCharField(
            label=_("Official name of organisation %(place)d") % {"place": place}, required=False, max_length=250,
            initial=said.get("name"),
        )  # fmt: skip
        self.fields[f"{key}-country"] = forms.ChoiceField(
            label=_("Member State"), required=False, choices=[("", _("Choose one")), *by_name()],
            initial=said.get("country"),
        )  # fmt: skip
        self.fields[f"{key}-kind"] = forms.ChoiceField(
            label=_("Kind of organisation"), required=False, initial=said.get("kind"),
            choices=[("", _("Choose one")), *Organisation.Kind.choices],
        )  # fmt: skip
        self.add_contact(key, said)
        if said:
            self.fields[f"{key}-remove"] = forms.BooleanField(
                label=_("Remove this organisation, with its budget"), required=False
            )

    def clean(self):
        for key in self.row_ids:
            if self.is_kept(key):
                self.require_row(key)

    def is_kept(self, key):
        """An empty row is no partner; one whose box is ticked is none any more."""
        words = [self.cleaned_data.get(f"{key}-{name}") for name in ("name", "contact_name", "contact_email")]
        return (any(words) or key in self.known) and not self.cleaned_data.get(f"{key}-remove")

    def require_row(self, key):
        """A partner without name, Member State or kind cannot be stored: a budget line could not name it."""
        for name, sentence in (
            ("name", _("Give the official name.")),
            ("country", _("Choose the Member State.")),
            ("kind", _("Choose the kind of organisation.")),
        ):
            if f"{key}-{name}" not in self.errors and not self.cleaned_data.get(f"{key}-{name}"):
                self.add_error(f"{key}-{name}", sentence)

    def said(self):
        rows = [self.row_said(key, ("name", "country", "kind")) for key in self.row_ids if self.is_kept(key)]
        return [self.row_said(self.lead["id"], ()), *rows]

    def row_said(self, key, names):
        return {"id": key, **{n: self.cleaned_data[f"{key}-{n}"] for n in (*names, "contact_name", "contact_email")}}

    @property
    def lead_fields(self):
        return [self[f"{self.lead['id']}-{name}"] for name in ("contact_name", "contact_email")]

    @property
    def rows(self):
        return [(key, [self[name] for name in self.fields if name.startswith(key)]) for key in self.row_ids]


class TimetableForm(PartForm):
    part = "timetable"
    starts_on = DayField(
        label=_("Planned start"), required=False, help_text=_("Not before the day on which you submit.")
    )
    months = forms.IntegerField(
        label=_("Duration in months"), required=False, min_value=1, max_value=120,
        widget=forms.NumberInput(attrs={"data-size": "s"}),
    )  # fmt: skip

    def grow(self):
        known = self.content["timetable"]["milestones"]
        self.number = self.sent_number() if self.is_bound else len(known) + BLANK_ACTIVITIES
        for place in range(self.number):
            self.add_row(place, known[place] if place < len(known) else {})

    def sent_number(self):
        text = str(self.data.get("rows", "0"))
        return min(int(text), MOST_ROWS) if text.isascii() and text.isdigit() and len(text) < 5 else 0

    def add_row(self, place, said):
        self.fields[f"m{place}-title"] = CleanCharField(
            label=_("Activity %(number)d") % {"number": place + 1}, required=False, max_length=200,
            initial=said.get("title"),
        )  # fmt: skip
        for name, label in (("first_month", _("From month")), ("last_month", _("To month"))):
            self.fields[f"m{place}-{name}"] = forms.IntegerField(
                label=label, required=False, min_value=1, max_value=120, initial=said.get(name),
                widget=forms.NumberInput(attrs={"data-size": "s"}),
            )  # fmt: skip

    def clean(self):
        for place in range(self.number):
            said = self.row_said(place)
            if any(said.values()):
                self.require_row(place, said)

    def require_row(self, place, said):
        for name, sentence in (
            ("title", _("Name the activity.")),
            ("first_month", _("Say in which month it begins.")),
            ("last_month", _("Say in which month it ends.")),
        ):
            if not said[name] and f"m{place}-{name}" not in self.errors:
                self.add_error(f"m{place}-{name}", sentence)
        if said["first_month"] and said["last_month"] and said["last_month"] < said["first_month"]:
            self.add_error(f"m{place}-last_month", _("It ends before it begins: change one of the months."))

    def row_said(self, place):
        names = ("title", "first_month", "last_month")
        return {name: self.cleaned_data.get(f"m{place}-{name}") for name in names}

    def said(self):
        rows = (self.row_said(place) for place in range(self.number))
        return {
            "starts_on": self.cleaned_data["starts_on"],
            "months": self.cleaned_data["months"],
            "milestones": [row for row in rows if any(row.values())],
        }

    @property
    def rows(self):
        return [[self[f"m{place}-{name}"] for name in ("title", "first_month", "last_month")]
                for place in range(self.number)]  # fmt: skip
