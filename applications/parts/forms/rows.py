"""The parts that are lists of rows: partners and the timetable. All rows are fields of one form, without a script."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.member_states import by_name
from accounts.models import Organisation
from applications.parts.forms.base import PartForm
from core.changes import REMOVE, split
from core.fields import CleanCharField, DayField, WholeField

BLANK_ACTIVITIES = 3
PARTNER_ANSWERS = (
    "registered_as", "name", "country", "kind", "registration_number", "vat_number", "contact_name", "contact_email",
)  # fmt: skip
COSTS = "costs"  # no answer of this part: what hangs on a partner, so that nobody removes it unseen


class RowsForm(PartForm):
    """A part with rows, each with an id of its own from the first page on: saving twice does not make two."""

    blank_rows = 0

    def rows_of(self, known):
        """Ids of the rows that stand, and after them those that changes name, or fresh ones to be filled in."""
        fresh = [str(uuid4()) for _row in range(self.blank_rows)] if self.named_rows is None else self.named_rows
        return list(dict.fromkeys([*known, *fresh]))

    def is_kept(self, row):
        """A row in which nothing stands is none."""
        return any(value for name, value in self.kept_values.items() if split(name)[0] == row)

    def take(self, values):
        self.kept_values = values
        return super().take(values)

    def fields_of(self, row):
        return [self[name] for name in self.fields if split(name)[0] == row]


class ChosenField(forms.UUIDField):
    """Which registered organisation a partner is; its words stand in the other fields of the row."""

    widget = forms.HiddenInput
    is_picked = True

    def in_words(self, value):
        found = Organisation.objects.filter(pk=value).first() if value else None
        return found.name if found else _("none: typed")


class PartnersForm(RowsForm):
    """The coordinator's contact, a row for each partner, and one empty row."""

    part = "partners"
    blank_rows = 1

    def grow(self):
        self.lead = next(one for one in self.content["partners"] if one["is_coordinator"])
        self.known = {one["id"]: one for one in self.content["partners"] if not one["is_coordinator"]}
        self.row_ids = [row for row in self.rows_of(self.known) if row != self.lead["id"]]
        self.standing_rows = {self.lead["id"], *self.known}
        self.add_contact(self.lead["id"], self.lead)
        for place, key in enumerate(self.row_ids, 2):
            self.add_row(key, self.known.get(key, {}), place)

    def add_contact(self, key, said):
        self.fields[f"{key}-contact_name"] = CleanCharField(
            label=_("Contact person"), required=False, max_length=150, initial=said.get("contact_name")
        )
        email = forms.EmailField(
            label=_("Contact e-mail"), required=False, max_length=254, initial=said.get("contact_email")
        )
        email.widget.attrs.pop("maxlength")
        self.fields[f"{key}-contact_email"] = email

    def add_row(self, key, said, place):
        self.fields[f"{key}-registered_as"] = ChosenField(
            label=_("Registered organisation"), required=False, initial=said.get("registered_as") or None,
        )  # fmt: skip
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
        for name, label in (("registration_number", _("Registration number")), ("vat_number", _("VAT number"))):
            self.fields[f"{key}-{name}"] = CleanCharField(
                label=label, required=False, max_length=60, initial=said.get(name)
            )
        self.add_contact(key, said)
        if said or self.named_rows is not None:
            self.fields[f"{key}-{REMOVE}"] = forms.BooleanField(
                label=_("Remove this organisation, with its budget"), required=False
            )

    def is_kept(self, row):
        """Whoever empties the row of a chosen one means that nobody is there: the choice alone keeps none."""
        choice = f"{row}-registered_as"
        values, is_new = self.kept_values, self.kept_values.get(choice) != self.answers.get(choice)
        return any(value for name, value in values.items() if split(name)[0] == row and (is_new or name != choice))

    @property
    def standing(self):
        return super().standing | {f"{key}-{COSTS}": self.costs_of(key) for key in self.known}

    def costs_of(self, key):
        lines = self.content.get("budget", {}).get("lines", ())
        cells = {f"{key}-{one['category']}": one["amount"] for one in lines if one["partner"] == key}
        typed = self.all_typed.get("budget", {})
        cells |= {name: text for name, text in typed.items() if split(name)[0] == key}
        return "; ".join(f"{split(name)[1]} {amount}" for name, amount in sorted(cells.items()))

    def name_of(self, row):
        return self.known.get(row, self.lead)["name"] if row else ""

    def said(self):
        rows = [self.row_said(key, PARTNER_ANSWERS) for key in self.row_ids if self.is_kept(key)]
        return [self.row_said(self.lead["id"], ("contact_name", "contact_email")), *rows]

    def row_said(self, key, names):
        return {"id": key, **{name: self.cleaned_data[f"{key}-{name}"] for name in names}}

    @property
    def lead_fields(self):
        return self.fields_of(self.lead["id"])

    @property
    def rows(self):
        return [
            {"key": key, "fields": self.fields_of(key), "is_chosen": bool(self.known.get(key, {}).get("registered_as"))}
            for key in self.row_ids
        ]


class TimetableForm(RowsForm):
    part = "timetable"
    blank_rows = BLANK_ACTIVITIES
    starts_on = DayField(
        label=_("Planned start"), required=False, help_text=_("Not before the day on which you submit.")
    )
    months = WholeField(
        label=_("Duration in months"), required=False, min_value=1, max_value=120,
        widget=forms.NumberInput(attrs={"data-size": "s"}),
    )  # fmt: skip

    def grow(self):
        self.known = {one["id"]: one for one in self.content["timetable"]["milestones"]}
        self.row_ids, self.standing_rows = self.rows_of(self.known), set(self.known)
        for place, key in enumerate(self.row_ids, 1):
            self.add_row(key, self.known.get(key, {}), place)

    def add_row(self, key, said, place):
        self.fields[f"{key}-title"] = CleanCharField(
            label=_("Activity %(number)d") % {"number": place}, required=False, max_length=200,
            initial=said.get("title"),
        )  # fmt: skip
        for name, label in (("first_month", _("From month")), ("last_month", _("To month"))):
            self.fields[f"{key}-{name}"] = WholeField(
                label=label, required=False, min_value=1, max_value=120, initial=said.get(name),
                widget=forms.NumberInput(attrs={"data-size": "s"}),
            )  # fmt: skip

    def name_of(self, row):
        return self.known[row]["title"] if row in self.known else ""

    def said(self):
        rows = [self.row_said(key) for key in self.row_ids if self.is_kept(key)]
        return {name: self.cleaned_data[name] for name in TimetableForm.base_fields} | {"milestones": rows}

    def row_said(self, key):
        names = ("title", "first_month", "last_month")
        return {"id": key, **{name: self.cleaned_data[f"{key}-{name}"] for name in names}}

    @property
    def rows(self):
        return [self.fields_of(key) for key in self.row_ids]
