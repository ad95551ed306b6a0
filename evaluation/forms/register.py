"""What an evaluator says of oneself."""

from datetime import date

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.languages import languages_by_name
from core.fields import CleanTextField, DayField, WholeField
from evaluation.actions.register import MOST_ABSENCES, MOST_ASSESSMENTS

SPANS = range(1, MOST_ABSENCES + 1)
OFFERED = 40  # words that others use


class EntryForm(forms.Form):
    """One's own entry in the register of evaluators. `used`: the keywords of others; `today`: what is over before it
    is not shown, and stays in the earlier versions of the entry."""

    keywords = CleanTextField(
        label=gettext_lazy("Keywords"), required=False, max_length=1500, rows=5,
        help_text=gettext_lazy("What you know well, one keyword a line: as it would stand in the title or the summary "
                               "of an application, for example “digital forensics”."),
    )  # fmt: skip
    offered = forms.MultipleChoiceField(
        label=gettext_lazy("Keywords that others use"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tick those that are yours too: one spelling finds more."),
    )  # fmt: skip
    actions = forms.MultipleChoiceField(
        label=gettext_lazy("Action types"), required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=languages_by_name, help_text=gettext_lazy("Those in which you can judge an application."),
    )  # fmt: skip
    most = WholeField(
        label=gettext_lazy("At most so many assessments in one call"), required=False,
        min_value=1, max_value=MOST_ASSESSMENTS,
        help_text=gettext_lazy("Leave it empty for no limit. Nobody can assign you more; what is assigned stays."),
    )  # fmt: skip

    def __init__(self, *args, entry, used, actions, today, **options):
        own = {word.casefold() for word in entry.keywords}
        spans = [one for one in entry.absences if date.fromisoformat(one.split("/")[1]) >= today]
        initial = {
            "keywords": "\n".join(entry.keywords), "actions": entry.actions, "languages": entry.languages,
            "most": entry.most,
        }  # fmt: skip
        for number, one in zip(SPANS, spans, strict=False):
            initial[f"from_{number}"], initial[f"until_{number}"] = one.split("/")
        super().__init__(*args, initial=initial, **options)
        self.fields["actions"].choices = actions
        self.fields["offered"].choices = [(word, word) for word in used if word.casefold() not in own][:OFFERED]
        if not self.fields["offered"].choices:
            del self.fields["offered"]
        for number in SPANS:
            words = {"number": number}
            self.fields[f"from_{number}"] = DayField(label=_("Absence %(number)d, first day") % words, required=False)
            self.fields[f"until_{number}"] = DayField(label=_("Absence %(number)d, last day") % words, required=False)

    def clean(self):
        cleaned = super().clean()
        for number in SPANS:
            first, last = (f"from_{number}", f"until_{number}")
            for name, other in ((first, last), (last, first)):
                if cleaned.get(name) and not cleaned.get(other) and other not in self.errors:
                    self.add_error(other, _("Give both days of an absence."))
        return cleaned

    @cached_property
    def said(self):
        """What the act takes."""
        cleaned = self.cleaned_data
        spans = ((cleaned.get(f"from_{number}"), cleaned.get(f"until_{number}")) for number in SPANS)
        return {
            "keywords": [*cleaned["keywords"].splitlines(), *cleaned.get("offered", ())],
            "actions": cleaned["actions"], "languages": cleaned["languages"], "most": cleaned["most"],
            "absences": [f"{first.isoformat()}/{last.isoformat()}" for first, last in spans if first],
        }  # fmt: skip
