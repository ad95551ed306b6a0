"""The budget: a table of partners and cost categories, and who pays."""

from django.utils.translation import gettext_lazy as _

from applications.models import BudgetLine
from applications.parts.forms.base import PartForm
from core.fields import MoneyField


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
        for partner in self.content["partners"]:
            for category, label in BudgetLine.Category.choices:
                self.add_cell(partner, category, label, known.get((partner["id"], category)))
        for name in ("own_resources", "other_resources", "requested"):
            self.fields[name].widget.attrs["data-sum-group"] = "sources"

    def add_cell(self, partner, category, label, amount):
        field = MoneyField(label=f"{partner['name']}: {label}", required=False)
        field.initial = field.to_python(amount)
        field.widget.attrs["data-sum-group"] = f"direct partner-{partner['id']} category-{category}"
        self.fields[f"{partner['id']}-{category}"] = field

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
