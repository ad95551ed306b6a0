"""The budget: a table of partners and cost categories, and who pays."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from applications.models import BudgetLine
from applications.parts.forms.base import PartForm, raw
from core.fields import MoneyField

NEVER_OPEN = {"own_resources", "other_resources"}


class BudgetForm(PartForm):
    part = "budget"
    requested = MoneyField(label=_("Requested EU contribution (EUR)"), required=False)
    own_resources = MoneyField(label=_("Contribution of the beneficiaries (EUR)"), required=False)
    other_resources = MoneyField(label=_("Other contributions and income (EUR)"), required=False)

    def initial_of(self, said):
        return {
            name: BudgetForm.base_fields[name].to_python(said[name])
            for name in ("requested", "own_resources", "other_resources")
        }

    def grow(self):
        known = {(line["partner"], line["category"]): line["amount"] for line in self.content["budget"]["lines"]}
        self.standing_rows = {partner["id"] for partner in self.content["partners"]}
        gone = [{"id": row, "name": ""} for row in self.named_rows or () if row not in self.standing_rows]
        for partner in [*self.content["partners"], *gone]:
            for category, label in BudgetLine.Category.choices:
                self.add_cell(partner, category, label, known.get((partner["id"], category)))
        for name in ("own_resources", "other_resources", "requested"):
            self.fields[name].widget.attrs["data-sum-group"] = f"sources {name}"

    def add_cell(self, partner, category, label, amount):
        field = MoneyField(label=f"{partner['name']}: {label}", required=False)
        field.initial = field.to_python(amount)
        field.widget.attrs["data-sum-group"] = f"direct partner-{partner['id']} category-{category}"
        self.fields[f"{partner['id']}-{category}"] = field

    def plain(self, name, value):
        """A cell of nothing is empty; of the sources, only what is requested may be left open."""
        if value is None or (not value and name not in BudgetForm.base_fields):
            return "" if name not in NEVER_OPEN else "0.00"
        return f"{value:.2f}"

    def shown_as(self, name, value):
        is_amount = isinstance(value, str) and value
        return self.fields[name].prepare_value(Decimal(value)) if is_amount else raw(value)

    def said(self):
        lines = [
            {"partner": partner["id"], "category": category, "amount": amount}
            for partner in self.content["partners"]
            for category in BudgetLine.Category.values
            if (amount := self.cleaned_data.get(f"{partner['id']}-{category}"))
        ]
        return {**{name: self.cleaned_data[name] for name in BudgetForm.base_fields}, "lines": lines}

    @property
    def rows(self):
        """(partner, its five cells) for the table."""
        return [
            (partner, [self[f"{partner['id']}-{category}"] for category in BudgetLine.Category.values])
            for partner in self.content["partners"]
        ]

    @property
    def sources(self):
        return [self[name] for name in BudgetForm.base_fields]
