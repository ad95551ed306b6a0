"""What is supposed of a list: all that the call announced, to be written over; the name under which it is kept."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import CleanCharField, CleanTextField, DecimalField, MoneyField
from core.formats import brussels, euro
from evaluation.sureness import Supposed
from programmes.ties import AMOUNT, COMMITTEE, TIME, TOPIC

RULES = (TIME, AMOUNT, TOPIC, COMMITTEE)
MOST_BESIDE = 3  # scenarios side by side: more columns than that nobody compares


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

    is_partial = forms.BooleanField(label=gettext_lazy("Partial funding"), required=False)

    def __init__(self, data, *, judged, terms, least):
        """`least`: what a grant of this call is at least."""
        self.judged, self.least = judged, least
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
        self.fields["is_partial"].help_text = partial_words(least)
        last = [name for name in ("ties", "is_partial", "left_out") if name in self.fields]
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

    def clean(self):
        """Where nothing counts, everybody has nothing, and the tie-break alone would make a list."""
        said = super().clean()
        names = [f"weight_{one.code}" for one in self.judged.criteria]
        if names and all(name in said and not said[name] for name in names):
            self.add_error(names[0], _("With all weights at 0 nothing counts: give one criterion a weight above 0."))
        return said

    def supposed(self):
        said = self.cleaned_data
        factors = {one.code: (said[f"weight_{one.code}"], said[f"least_{one.code}"]) for one in self.judged.criteria}
        left_out = frozenset(said.get("left_out", ()))
        part_from = self.least if said["is_partial"] else None
        return Supposed(factors, said["ties"], said["overall"], said["budget"], left_out, part_from)


def partial_words(least):
    if not least:
        return _("The first that does not fit into the budget gets what is left.")
    words = {"least": euro(least)}
    return _("The first that does not fit into the budget gets what is left, if that is the minimum of the call, %(least)s, or more.") % words  # fmt: skip  # noqa: E501


def announced_of(judged, terms):
    factors = {f"weight_{one.code}": one.weight for one in judged.criteria}
    factors |= {f"least_{one.code}": one.threshold for one in judged.criteria}
    return {**factors, "overall": judged.overall, "budget": judged.budget, "ties": ", ".join(terms.tie_break)}


class SavingForm(forms.Form):
    """`seen`: the digest of the outcome on the page that is saved from."""

    name = CleanCharField(label=gettext_lazy("Name of the scenario"), max_length=80)
    note = CleanTextField(
        label=gettext_lazy("Note"), required=False, max_length=2000, rows=3,
        help_text=gettext_lazy("What it is to show. Everybody reads it who may see how sure the list is."),
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def look_at(self, digest):
        """Only what the page shows is saved by the next sending."""
        if self.is_bound:
            self.data = {**self.data.dict(), "seen": digest}
        else:
            self.initial["seen"] = digest


class BesideForm(forms.Form):
    """Which scenarios stand side by side."""

    scenario = forms.MultipleChoiceField(
        label=gettext_lazy("Scenarios side by side"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Two or three of the same list."),
    )  # fmt: skip

    def __init__(self, *args, scenarios, **options):
        super().__init__(*args, label_suffix="", **options)
        self.known = {str(one.pk): one for one in scenarios}
        self.fields["scenario"].choices = [(pk, label_of(one)) for pk, one in self.known.items()]

    def clean_scenario(self):
        chosen = [self.known[pk] for pk in dict.fromkeys(self.cleaned_data["scenario"])]
        if not 2 <= len(chosen) <= MOST_BESIDE:
            raise forms.ValidationError(_("Choose two or three scenarios."))
        if len({one.ranked_list_id for one in chosen}) > 1:
            raise forms.ValidationError(_("These rest on different ranked lists, so their places cannot be compared: compute the older one anew on the list of the other."))  # fmt: skip  # noqa: E501
        return chosen


def label_of(scenario):
    words = {"name": scenario.name, "at": brussels(scenario.ranked_list.drawn_at)}
    return _("%(name)s – of the list drawn up on %(at)s") % words
