"""Inviting people to a call, and saying no."""

import json
from hashlib import sha256

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.errors import Incomplete
from core.fields import CleanTextField, DayField, WholeField
from core.forms import show_gaps
from evaluation.actions.pool import Reference, require_terms
from evaluation.actions.register import MOST_ASSESSMENTS

LONGEST = 4000


class InvitationForm(forms.Form):
    """Whom, and on what terms. `looked_at` is the mark of what was shown last: only that is confirmed."""

    people = forms.MultipleChoiceField(
        label=gettext_lazy("Whom you invite"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Those whom you found and who have not accepted yet."),
    )  # fmt: skip
    task = CleanTextField(
        label=gettext_lazy("What you ask"), max_length=LONGEST, rows=5,
        help_text=gettext_lazy("The terms of reference: what is assessed, how, where, and what is paid, if anything."),
    )  # fmt: skip
    most = WholeField(
        label=gettext_lazy("At most so many assessments each"), required=False, min_value=1, max_value=MOST_ASSESSMENTS,
        help_text=gettext_lazy("Nobody who accepts is assigned more in this call. Leave it empty for no limit."),
    )  # fmt: skip
    work_until = DayField(label=gettext_lazy("Assessments until"), required=False)
    answer_by = DayField(label=gettext_lazy("Last day to answer"))
    looked_at = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, people, **options):
        super().__init__(*args, **options)
        self.found = {str(one.pk): one for one in people}
        self.fields["people"].choices = [(pk, label_of(one)) for pk, one in self.found.items()]

    def clean(self):
        """What the act would refuse is said to whoever only looks as well."""
        if not self.errors:
            try:
                require_terms(self.terms, at=clock.now())
            except Incomplete as refusal:
                show_gaps(self, refusal.gaps)
        return self.cleaned_data

    @property
    def chosen(self):
        return [self.found[pk] for pk in self.cleaned_data["people"]]

    @property
    def terms(self):
        return Reference(**{name: self.cleaned_data[name] for name in ("task", "most", "work_until", "answer_by")})

    @cached_property
    def mark(self):
        """Of exactly what is typed now."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "looked_at"}
        return sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()

    @property
    def was_looked_at(self):
        return self.cleaned_data["looked_at"] == self.mark

    def show_mark(self):
        """The next sending of the same words confirms them."""
        self.data = self.data.copy()
        self.data["looked_at"] = self.mark


class DecliningForm(forms.Form):
    why = CleanTextField(
        label=gettext_lazy("Why, if you want to say it"), required=False, max_length=LONGEST, rows=3,
        help_text=gettext_lazy("Only the programme office and the auditors read it."),
    )  # fmt: skip


def label_of(person):
    return f"{person.name} – {person.organisation_name or person.entity or person.state or _('no entity')}"
