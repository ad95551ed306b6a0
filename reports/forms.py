"""Choosing what reports are about, and as of when; and what somebody kept of the trail."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.member_states import by_name
from audit import notes
from core.fields import BrusselsDateTimeField, CleanCharField, CleanTextField, DayField, MoneyField, WholeField
from core.lists.columns import ended
from programmes.models import Call, Fund, Passage
from reports.about import CALL, FILTERS, STATUSES, About
from reports.models import Finding, ReportFile, Sample
from reports.withheld import LEFT_OUT


class RowField(forms.ModelChoiceField):
    def to_python(self, value):
        """What is no id at all is none of the choices either."""
        try:
            return super().to_python(value)
        except forms.ValidationError as refusal:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from refusal


class AboutForm(forms.Form):
    """The call, or none for all of them; what narrows it further; and as of when."""

    call = RowField(Call.objects.none(), label=_("Call"), empty_label=_("All calls"), required=False)
    at = BrusselsDateTimeField(
        label=_("As of"),
        required=False,
        help_text=_("Empty for now; else everything as the house knew it at that moment, in Brussels time."),
    )

    fund = forms.ModelChoiceField(Fund.objects.order_by("name"), label=_("Fund"), empty_label=_("All"), required=False)
    closed_from = DayField(label=_("Calls that closed from"), required=False)
    closed_until = DayField(label=_("Calls that closed until"), required=False)
    member_state = forms.ChoiceField(label=_("Member State of the applicant"), required=False)
    applicant = CleanCharField(
        label=_("Applicant"),
        required=False,
        max_length=100,
        help_text=_("Words of its name, its registration or its VAT number."),
        widget=ended(),
    )
    status = forms.ChoiceField(
        label=_("Status of the application"), required=False, choices=[("", _("All")), *STATUSES]
    )  # fmt: skip
    action = forms.ChoiceField(label=_("Action type"), required=False)

    def __init__(self, data, *, calls, **options):
        super().__init__(data, **options)
        self.fields["call"].queryset = calls
        self.fields["call"].label_from_instance = named
        self.fields["member_state"].choices = [("", _("All")), *by_name()]
        self.fields["action"].choices = [("", _("All")), *actions()]

    def clean(self):
        said = super().clean()
        if not self.errors:
            for name, sentence in self.about().flaws().items():
                self.add_error(name, sentence)
        return said

    @property
    def filters(self):
        return [self[name] for name in FILTERS]

    @property
    def is_narrowed(self):
        return self.is_bound and any(self.data.get(name) for name in FILTERS)

    @property
    def carried(self):
        """(name, value) of all that was chosen, for whatever is asked for next."""
        if not self.is_bound:
            call = self.initial.get(CALL)
            return [(CALL, call.pk)] if call else []
        return [(name, self.data[name]) for name in self.fields if self.data.get(name)]

    @property
    def query(self):
        return urlencode(self.carried)

    def about(self):
        return About(**{name: self.cleaned_data[name] for name in (CALL, *FILTERS)})


def actions():
    """The letters of the action types, each once, with the words of the first fund that has it."""
    kept = {}
    for one in Passage.objects.filter(kind=Passage.Kind.ACTION_TYPE).order_by("fund__name", "order"):
        kept.setdefault(one.code, str(one))
    return sorted((code, words[:90]) for code, words in kept.items())


class PackForm(forms.Form):
    """Of which call, of which of its applications, without what."""

    call = RowField(Call.objects.none(), label=_("Call"), empty_label=None)
    numbers = CleanTextField(
        label=_("Numbers of applications"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line: a single one, or your sample. Empty for all applications of the call."),
    )
    left_out = forms.MultipleChoiceField(
        label=_("Withhold"),
        required=False,
        choices=list(LEFT_OUT.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What is withheld stays in the pack with its hash; the rest can be proved all the same."),
    )
    documents_left_out = CleanTextField(
        label=_("Withhold these documents"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Their SHA-256 or their name in the pack, one on each line."),
    )

    def __init__(self, data, *, calls, **options):
        super().__init__(data, **options)
        self.fields["call"].queryset = calls
        self.fields["call"].label_from_instance = named

    def clean_numbers(self):
        return lines_in(self.cleaned_data["numbers"])

    def clean_documents_left_out(self):
        return lines_in(self.cleaned_data["documents_left_out"])


def lines_in(text):
    return list(dict.fromkeys(filter(None, (line.strip() for line in text.splitlines()))))


class FindingForm(forms.Form):
    """What was found, about what, for whom, until when. Whether that can be, the act says."""

    title = CleanCharField(label=_("Title"), max_length=200)
    text = CleanTextField(label=_("Finding"), max_length=20_000, rows=10)
    recommendation = CleanTextField(label=_("Recommendation"), max_length=8000, rows=6)
    severity = forms.ChoiceField(label=_("Severity"), choices=Finding.Severity.choices, widget=forms.RadioSelect)
    owner = forms.ChoiceField(label=_("Addressed to"), choices=Finding.Owner.choices, widget=forms.RadioSelect)
    due_on = DayField(label=_("To be implemented by"))
    application = CleanCharField(
        label=_("Application"), required=False, max_length=80, help_text=_("Its number, if the finding is about one.")
    )
    decision = CleanCharField(
        label=_("Award decision"), required=False, max_length=80, help_text=_("Its number, if it is about one.")
    )
    file = forms.ChoiceField(
        label=_("Report file as evidence"),
        required=False,
        help_text=_("One of your files of reports. Its name and its SHA-256 stand in the finding."),
    )

    def __init__(self, data, *, files, **options):
        super().__init__(data, **options)
        self.fields["file"].choices = [("", _("None")), *((one.sha256, one.name) for one in files)]


class MoreTimeForm(forms.Form):
    due_on = DayField(label=_("To be implemented by"))
    reason = CleanTextField(
        label=_("Reason"), max_length=4000, help_text=_("Whoever the finding is addressed to reads it.")
    )


class SampleForm(forms.Form):
    """From which population, how many, in which strata, and the auditor's own words."""

    file = forms.ModelChoiceField(
        ReportFile.objects.none(),
        label=_("Population"),
        empty_label=None,
        help_text=_("One of your files of report R39 as CSV: of a call, or narrowed as you asked for it."),
    )
    size = WholeField(label=_("Size of the sample"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    strata = forms.ChoiceField(
        label=_("Strata"), required=False, choices=Sample.Strata.choices, widget=forms.RadioSelect
    )
    bounds = CleanCharField(
        label=_("Bounds of the bands (EUR)"),
        required=False,
        max_length=400,
        help_text=_("For bands of the amount: where each begins, with semicolons between them: 250 000; 500 000"),
    )
    phrase = CleanCharField(
        label=_("Your words"),
        max_length=200,
        help_text=_("Any words: together with a checkpoint that is made afterwards they decide the seed."),
    )

    def __init__(self, data, *, files, **options):
        super().__init__(data, **options)
        self.fields["file"].queryset = files
        self.fields["file"].label_from_instance = lambda file: file.name

    def clean_bounds(self):
        return [MoneyField().clean(one) for one in self.cleaned_data["bounds"].split(";") if one.strip()]


class KeptForm(forms.Form):
    """A checkpoint (`audit.notes.Head`), or the SHA-256 of a record (a text)."""

    kept = CleanTextField(
        label=_("What you kept"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The three lines of a checkpoint, or the SHA-256 of a record: 64 figures and letters from a to f."),
    )

    def clean_kept(self):
        text = self.cleaned_data["kept"]
        one = "".join(text.split()).lower()
        if len(one) == 64 and not set(one) - set("0123456789abcdef"):
            return one
        try:
            return notes.read("\n".join(line.strip() for line in text.splitlines()))
        except ValueError:
            raise forms.ValidationError(
                _("This is neither. Copy the lines of the checkpoint as they stand, or the whole SHA-256.")
            ) from None


def named(call):
    return f"{call.reference} – {call.title} ({call.get_status_display()})"
