"""What is supposed of a list: all that the call announced, to be written over."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import CleanCharField, DecimalField, MoneyField
from evaluation.sureness import Supposed
from programmes.ties import AMOUNT, COMMITTEE, TIME, TOPIC

RULES = (TIME, AMOUNT, TOPIC, COMMITTEE)


class SupposingForm(forms.Form):
    overall = DecimalField(label=gettext_lazy("Overall threshold (points)"), min_value=0)
    budget = MoneyField(label=gettext_lazy("Budget (euro)"))
    ties = CleanCharField(
        label=gettext_lazy("Equal totals are decided by"), max_length=200,
        help_text=gettext_lazy("Codes of criteria and TIME, AMOUNT, TOPIC, COMMITTEE, with commas between."),
    )  # fmt: skip
    left_out = forms.MultipleChoiceField(
        label=gettext_lazy("Without these evaluators"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data, *, judged, terms):
        self.judged = judged
        super().__init__(data, initial=announced_of(judged, terms), label_suffix="")
        people = dict(sorted({one.evaluator: one.name for one in judged.given}.items(), key=lambda one: one[1]))
        self.fields["left_out"].choices = list(people.items())
        for one in judged.criteria:
            words = {"criterion": f"{one.code} {one.title}"}
            self.fields[f"weight_{one.code}"] = DecimalField(
                label=_("Weight of %(criterion)s") % words, min_value=0, max_value=1000
            )
            self.fields[f"least_{one.code}"] = DecimalField(
                label=_("Threshold of %(criterion)s (points)") % words, min_value=0, required=False
            )
        if not people:
            del self.fields["left_out"]
        last = [name for name in ("ties", "left_out") if name in self.fields]
        self.order_fields([name for name in self.fields if name not in last] + last)

    def clean_ties(self):
        said = tuple(word.strip() for word in self.cleaned_data["ties"].split(",") if word.strip())
        known = {one.code for one in self.judged.criteria} | set(RULES)
        if unknown := [word for word in said if word not in known]:
            words = {"unknown": ", ".join(unknown), "known": ", ".join(sorted(known))}
            raise forms.ValidationError(_("Nothing is called %(unknown)s here; there are %(known)s.") % words)
        return said

    def clean_left_out(self):
        said = self.cleaned_data["left_out"]
        if said and len(said) == len(self.fields["left_out"].choices):
            raise forms.ValidationError(_("Without any evaluator there is nothing to judge by: leave one in."))
        return said

    def supposed(self):
        said = self.cleaned_data
        factors = {one.code: (said[f"weight_{one.code}"], said[f"least_{one.code}"]) for one in self.judged.criteria}
        left_out = frozenset(said.get("left_out", ()))
        return Supposed(factors, said["ties"], said["overall"], said["budget"], left_out)


def announced_of(judged, terms):
    factors = {f"weight_{one.code}": one.weight for one in judged.criteria}
    factors |= {f"least_{one.code}": one.threshold for one in judged.criteria}
    return {**factors, "overall": judged.overall, "budget": judged.budget, "ties": ", ".join(terms.tie_break)}
