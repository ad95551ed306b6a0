"""Award criteria as the officer types them: one block each, a few empty ones at the end."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField, CleanTextField, DecimalField

FIELDS = ("code", "title", "question", "maximum", "step", "weight", "threshold")
ABOVE_ZERO = Decimal("0.01")


def points(label, **options):
    return DecimalField(label=label, max_digits=6, **options)


class CriterionForm(forms.Form):
    code = CleanCharField(label=_("Code"), max_length=10, widget=forms.TextInput(attrs={"data-size": "s"}))
    title = CleanCharField(label=_("Title"), max_length=120)
    question = CleanTextField(label=_("What is assessed"), max_length=2000, required=False, rows=3)
    maximum = points(_("Maximum (points)"), min_value=ABOVE_ZERO)
    step = points(_("Step (points)"), min_value=ABOVE_ZERO, initial=Decimal("0.5"))
    weight = points(_("Weight"), min_value=ABOVE_ZERO, initial=Decimal(1))
    threshold = points(_("Threshold (points)"), min_value=Decimal(0), required=False, help_text=_("Empty: none."))

    def clean_code(self):
        return self.cleaned_data["code"].upper()

    def clean(self):
        cleaned = super().clean()
        threshold, maximum = cleaned.get("threshold"), cleaned.get("maximum")
        if threshold is not None and maximum is not None and threshold > maximum:
            self.add_error("threshold", _("The threshold cannot be above the maximum."))
        return cleaned


class BaseCriterionFormSet(forms.BaseFormSet):
    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Delete this criterion")

    def clean(self):
        if not self.initial_form_count() == len(self.initial or []) <= self.total_form_count():
            raise ValidationError(_("The criteria of this page are not those of the draft. Load the page again."))
        codes = [form.cleaned_data["code"] for form in self.kept() if "code" in form.cleaned_data]
        if len(set(codes)) < len(codes):
            raise ValidationError(_("Two criteria have the same code. Give each its own."))

    def kept(self):
        """The criteria there were, touched or not, and the new blocks that were filled in; none to be deleted."""
        there = self.forms[: self.initial_form_count()] + [form for form in self.extra_forms if form.has_changed()]
        return [form for form in there if not self._should_delete_form(form)]

    def problems(self):
        """Every sentence with the address of its field, for the summary on top of the page."""
        found = [(sentence, None) for sentence in self.non_form_errors()]
        for number, form in enumerate(self.forms, start=1):
            found += [
                (_("Criterion %(number)s, %(field)s: %(sentence)s")
                 % {"number": number, "field": bound.label, "sentence": sentence}, f"#{bound.id_for_label}")
                for bound in form for sentence in bound.errors
            ]  # fmt: skip
        return found


CriterionFormSet = forms.formset_factory(
    CriterionForm, formset=BaseCriterionFormSet, extra=2, can_delete=True, max_num=30
)


def criteria_of(formset):
    """What the act takes: fields of each criterion, in their order."""
    return [{name: form.cleaned_data[name] for name in FIELDS} for form in formset.kept()]
