"""What comes in about awards, cleaned. Whether it is possible, the acts say."""

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import Decision, DecisionLine, Redress
from core.fields import CleanTextField, MoneyField


class DeviationForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=DecisionLine.Outcome.choices, widget=forms.RadioSelect)
    contribution = MoneyField(
        label=_("Maximum grant (EUR)"),
        required=False,
        help_text=_("For an award. Left empty: the amount asked for, at most the maximum of the call."),
    )
    stage = forms.ChoiceField(
        label=_("Stage"),
        required=False,
        choices=[("", "–"), *[choice for choice in DecisionLine.Stage.choices if choice[0]]],
        help_text=_("For a rejection: where the application failed."),
    )
    reason = CleanTextField(
        label=_("Reason"),
        max_length=4000,
        help_text=_(
            "Name the announced condition or criterion it rests on. The applicant reads this reason in the letter."
        ),
    )


class LaterDecisionForm(forms.Form):
    """`lines`: what is in force on each application of the call."""

    cause = forms.ChoiceField(
        label=_("Cause"), choices=[one for one in Decision.Cause.choices if one[0] != Decision.Cause.INITIAL]
    )
    lines = forms.ModelMultipleChoiceField(None, label=_("Applications"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, lines, **options):
        super().__init__(*args, **options)
        self.fields["lines"].queryset = lines
        self.fields["lines"].label_from_instance = lambda line: f"{line.rank or '–'}. {line}"


class RedressForm(forms.Form):
    ground = forms.ChoiceField(label=_("Ground"), choices=Redress.Ground.choices, widget=forms.RadioSelect)
    text = CleanTextField(
        label=_("What you contest, and why"),
        max_length=8000,
        rows=12,
        help_text=_(
            "Name the point of the letter or the report, and what shows the error. The merits are not reviewed."
        ),
    )
