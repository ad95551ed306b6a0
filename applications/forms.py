"""What an officer writes beside the automatic checks, and what a holder of a receipt asks."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.member_states import by_name
from applications.models import Hearing
from applications.models.duties import LONGEST_LINE
from applications.models.remarks import LONGEST_REMARK
from core.fields import CleanCharField, CleanTextField, DayField, ManyFiles
from core.formats import brussels_day


class ReceiptCheckForm(forms.Form):
    """What a holder of a receipt reads from it."""

    number = CleanCharField(label=_("Number of the application"), max_length=80)
    sha256 = CleanCharField(
        label=_("SHA-256"), max_length=200,
        help_text=_("Of the content, of the receipt as a PDF, or of a file that was attached: 64 letters and figures."),
    )  # fmt: skip

    def clean_sha256(self):
        """As people copy it: in capitals, with blanks."""
        text = "".join(self.cleaned_data["sha256"].split()).lower()
        if len(text) != 64 or set(text) - set("0123456789abcdef"):
            raise forms.ValidationError(_("A SHA-256 has 64 figures and letters from a to f."))
        return text


class CopyForm(forms.Form):
    """Which application of one's own to copy from; `sources` are those that there are."""

    source = forms.ModelChoiceField(
        queryset=None, label=_("Copy from"), empty_label=_("Choose one"),
        help_text=_("Nothing that you have written is overwritten: where the two differ, you decide."),
    )  # fmt: skip

    def __init__(self, *args, sources, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources
        self.fields["source"].label_from_instance = called


class StartForm(CopyForm):
    """With what a new draft may begin."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        source = self.fields["source"]
        source.required, source.label, source.empty_label = False, _("Begin with"), _("An empty draft")
        source.help_text = _("What fits this call is copied; what does not is listed afterwards.")


def called(application):
    """As its owner knows it: its number or acronym, its title, its call."""
    return " – ".join(filter(None, (str(application), application.title, application.call.reference)))


class PartnerSearchForm(forms.Form):
    """Whom to look for among the registered organisations."""

    q = CleanCharField(
        label=_("Name, registration number or VAT number"), min_length=2, max_length=100,
        help_text=_("Part of the name is enough, in either alphabet; a number however it is written."),
    )  # fmt: skip
    member_state = forms.ChoiceField(
        label=_("Member State"), required=False, choices=lambda: [("", _("All")), *by_name()]
    )

    def wanted(self):
        return {"text": self.cleaned_data["q"], "member_state": self.cleaned_data["member_state"]}


class MandateForm(forms.Form):
    """What binds a partner is ticked by somebody with a name. That it is ticked, the act requires."""

    mandate = forms.BooleanField(required=False)

    def __init__(self, *args, words, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mandate"].label = words


class ClarificationForm(forms.Form):
    """What an officer asks, and until when."""

    text = CleanTextField(
        label=_("Question"), max_length=4000, rows=6,
        help_text=_("Ask about what was received. An answer explains the application; it cannot change it."),
    )  # fmt: skip
    due_on = DayField(label=_("To be answered by"), help_text=_("The whole day counts, in Brussels."))


class ExtensionForm(forms.Form):
    due_on = DayField(label=_("To be answered by"), help_text=_("A later day than before."))
    reason = CleanTextField(label=_("Reason"), max_length=2000, rows=3, help_text=_("The applicant reads it."))


class HearingForm(forms.Form):
    """What the office intends, the facts it rests on, and until when the applicant may say something to it."""

    measure = forms.ChoiceField(label=_("What is intended"), choices=Hearing.Measure)
    text = CleanTextField(
        label=_("Facts"), max_length=4000, rows=6,
        help_text=_("What was found, and where it stands. The applicant can only answer what it is told."),
    )  # fmt: skip
    intended = CleanTextField(
        label=_("Intended decision"), max_length=4000, rows=4,
        help_text=_("What would be decided if nothing speaks against it, and the rule it follows from."),
    )  # fmt: skip
    due_on = DayField(label=_("Observations until"))

    def __init__(self, *args, first, **kwargs):
        super().__init__(*args, **kwargs)
        words = {"day": brussels_day(first)}
        self.fields["due_on"].help_text = (
            _("The whole day counts, in Brussels. Not before %(day)s: a notice that nobody opens counts as read first.")
            % words
        )


class ObservationsForm(forms.Form):
    text = CleanTextField(label=_("Your observations"), max_length=10_000, rows=10)
    files = ManyFiles(
        label=_("Documents"), required=False, allow_empty_file=True, max_length=None,
        help_text=_("PDF, DOCX, XLSX, ODT, ODS, PNG or JPEG, at most 10 MB each. They do not become part of it."),
    )  # fmt: skip


class BudgetFileForm(forms.Form):
    file = forms.FileField(label=_("The workbook (XLSX)"), help_text=_("As it was taken from here and filled in."))


class ReplyForm(forms.Form):
    text = CleanTextField(label=_("Your answer"), max_length=10_000, rows=10)
    files = ManyFiles(
        label=_("Documents"), required=False, allow_empty_file=True, max_length=None,
        help_text=_("PDF, DOCX, XLSX, ODT, ODS, PNG or JPEG, at most 10 MB each. They do not become part of it."),
    )  # fmt: skip


class RemarkForm(forms.Form):
    """A comment beside a part: on one of its answers or the whole, or an answer to another comment."""

    name = CleanCharField(required=False, max_length=80)
    thread = forms.UUIDField(required=False)
    text = CleanTextField(label=_("Comment"), max_length=LONGEST_REMARK, rows=3)


class ConditionForm(forms.Form):
    """An announced condition that no automatic check looks at."""

    criterion = CleanCharField(
        label=_("Announced condition"), max_length=300, help_text=_("In the words of the call; the letter repeats it.")
    )
    found = CleanTextField(label=_("What was found"), max_length=500, rows=3)


def named_with(organisations, person):
    """Each by name and organisation: of partners there may be people whom nobody here knows."""
    names = [organisations[pk] for pk in sorted(person.organisation_ids & organisations.keys())]
    return _("%(name)s (%(organisation)s)") % {"name": person.name, "organisation": ", ".join(names)}


class DutiesForm(forms.Form):
    """Which parts are given to whom. `seen` says of each part which version of it the page showed."""

    parts = forms.MultipleChoiceField(label=_("Parts"), widget=forms.CheckboxSelectMultiple)
    person = forms.ModelChoiceField(queryset=None, label=_("Given to"), empty_label=_("Choose one"))
    due_on = DayField(
        label=_("Until"), help_text=_("The whole day counts, in Brussels. When it is over, nothing is shut.")
    )
    line = CleanCharField(
        label=_("What is wanted"), required=False, max_length=LONGEST_LINE,
        help_text=_("A line for whoever gets it; you who write the application read it, nobody else."),
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, places, people, organisations, **kwargs):
        """`organisations`: {id: name} of those whose people they are."""
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = places
        person = self.fields["person"]
        person.queryset, person.label_from_instance = people, partial(named_with, organisations)

    def stamp_seen(self, key):
        """None where nobody had it."""
        pairs = (one.partition("=") for one in self.cleaned_data["seen"].split())
        return {name: stamp for name, _sign, stamp in pairs}.get(key)
