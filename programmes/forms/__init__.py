"""What comes in from pages about funds and calls, cleaned; the acts judge it."""

from programmes.forms.allocation import WhatIfForm
from programmes.forms.calls import CallForm, CorrigendumForm, PrepareForm
from programmes.forms.criteria import CriterionFormSet, criteria_of

__all__ = ["CallForm", "CorrigendumForm", "CriterionFormSet", "PrepareForm", "WhatIfForm", "criteria_of"]
