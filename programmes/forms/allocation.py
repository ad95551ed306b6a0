"""A what-if: one Member State's inputs, changed by the reader and never saved."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import DecimalField
from programmes.allocation import INPUT_NAMES

LABELS = {
    "population": _("Population"),
    "territory_km2": _("Territory (km²)"),
    "passengers_air": _("Passengers by air"),
    "passengers_sea": _("Passengers by sea"),
    "cargo_air_t": _("Cargo by air (tonnes)"),
    "cargo_sea_t": _("Cargo by sea (tonnes)"),
    "gdp_per_capita": _("Gross domestic product per inhabitant (EUR)"),
}
HIGHEST = Decimal(10) ** 13


class WhatIfForm(forms.Form):
    """One field for each input of the key; what is left out stays as it is."""

    def __init__(self, data=None, *, state, inputs):
        published = {"state": state, **inputs}
        super().__init__({**published, **data.dict()} if data else None, initial=published)
        self.fields["state"] = forms.CharField(widget=forms.HiddenInput)
        for name in INPUT_NAMES:
            lowest = Decimal("0.01") if name == "gdp_per_capita" else Decimal(0)
            self.fields[name] = DecimalField(
                label=LABELS[name], required=False, min_value=lowest, max_value=HIGHEST, max_digits=16
            )

    @property
    def changes(self):
        """What differs from the published inputs."""
        return {
            name: value
            for name in INPUT_NAMES
            if (value := self.cleaned_data.get(name)) is not None and value != self.initial[name]
        }
