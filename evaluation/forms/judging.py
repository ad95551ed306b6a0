"""Forms of assigning, judging, agreeing and ranking."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.languages import languages_by_name
from core.fields import BrusselsDateTimeField, CleanTextField, DecimalField, WholeField
from evaluation.scoring import figure

LONGEST = 4000


def field_name(criterion, what):
    return f"{criterion.code}_{what}"


def lot():
    """The field for the number that decides between equals, in whatever is proposed."""
    return WholeField(
        label=gettext_lazy("Number of the lot"), min_value=0, max_value=999_999, initial=1,
        help_text=gettext_lazy("It decides between equals: the same number gives the same proposal again."),
    )  # fmt: skip


class PointsForm(forms.Form):
    """Points and texts for each criterion of a call, any of them still empty, and a remark on the whole."""

    texts = ()  # (name, label, rows)
    hide_optional = True  # everything may be left for later
    remark = CleanTextField(label=gettext_lazy("General remark"), required=False, max_length=LONGEST, rows=4)
    stamp = WholeField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, criteria, **options):
        super().__init__(*args, **options)
        self.criteria = list(criteria)
        for one in self.criteria:
            self.fields[field_name(one, "points")] = points_field(one)
            for name, label, rows in self.texts:
                self.fields[field_name(one, name)] = CleanTextField(
                    label=f"{label}: {one.code}", required=False, max_length=LONGEST, rows=rows
                )
        self.fields["remark"] = self.fields.pop("remark")  # last, as on the page

    @property
    def given(self):
        """What the act takes: {code: {"points": …, "comment": …}}."""
        names = ["points", *(name for name, _label, _rows in self.texts)]
        return {
            one.code: {name: self.cleaned_data.get(field_name(one, name)) for name in names} for one in self.criteria
        }

    @property
    def blocks(self):
        """(criterion, its fields bound), in order: the page shows criterion by criterion."""
        names = ["points", *(name for name, _label, _rows in self.texts)]
        return [(one, [self[field_name(one, name)] for name in names]) for one in self.criteria]


def points_field(criterion):
    words = {"maximum": figure(criterion.maximum), "step": figure(criterion.step)}
    help_text = _("0 to %(maximum)s, in steps of %(step)s.") % words
    if criterion.threshold is not None:
        help_text += " " + _("Threshold: %(threshold)s.") % {"threshold": figure(criterion.threshold)}
    return DecimalField(
        label=_("Points: %(code)s") % {"code": criterion.code}, required=False, max_digits=6, help_text=help_text
    )


def initial_of(row, criteria, *, texts):
    """What is kept, as the form's first values."""
    kept = {score.criterion_id: score for score in row.scores.all()}
    initial = {"remark": row.remark, "stamp": row.stamp}
    for one in criteria:
        score = kept.get(one.pk)
        if score is not None:
            initial[field_name(one, "points")] = None if score.points is None else figure(score.points)
            initial |= {field_name(one, name): getattr(score, name) for name in texts}
    return initial


class AssessmentForm(PointsForm):
    texts = (("comment", gettext_lazy("Comment"), 6),)


class ConsensusForm(PointsForm):
    texts = (
        ("comment", gettext_lazy("Comment for the applicant"), 6),
        ("deviation", gettext_lazy("Why outside the evaluators' own points"), 2),
    )


class DueForm(forms.Form):
    due_at = BrusselsDateTimeField(label=gettext_lazy("To be signed by"))


class TermsForm(forms.Form):
    """On what terms a distribution is proposed."""

    wanted = WholeField(label=gettext_lazy("Evaluators for each application"), min_value=1, max_value=20)
    limit = WholeField(
        label=gettext_lazy("At most so many assessments for one evaluator"), required=False, min_value=1,
        help_text=gettext_lazy("In this call, with those assigned already. Leave it empty for no limit."),
    )  # fmt: skip
    apart = forms.BooleanField(
        label=gettext_lazy("Never two of one organisation or entity on one application"), required=False
    )
    officers = forms.BooleanField(label=gettext_lazy("Ask officers too"), required=False)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages that everybody must read"), required=False, choices=languages_by_name,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Only those are asked whose entry in the register names all of them."),
    )  # fmt: skip
    seed = lot()


class RapporteurTermsForm(forms.Form):
    """On what terms rapporteurs are proposed."""

    limit = WholeField(
        label=gettext_lazy("At most so many reports for one person"), required=False, min_value=1,
        help_text=gettext_lazy("In this call, with those at hand already. Leave it empty for no limit."),
    )  # fmt: skip
    seed = lot()


class NothingMoreForm(forms.Form):
    """For an act that asks for no more than a yes; what refuses it is shown above the button."""


class AssignmentsFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV file or workbook (XLSX)"),
        help_text=gettext_lazy(
            "With the heads “application” and “evaluator”: the number of the application and the evaluator's e-mail "
            "address, one pair a line. All lines are taken, or none."
        ),
    )


class ReasonForm(forms.Form):
    reason = CleanTextField(label=gettext_lazy("Your reason"), max_length=LONGEST, rows=4)


class SeatForm(forms.Form):
    member = forms.ModelChoiceField(None, label=gettext_lazy("Member"), empty_label=gettext_lazy("Choose a person"))
    under_authorising_officer = forms.TypedChoiceField(
        label=gettext_lazy("Under the authorising officer responsible?"),
        choices=[("yes", gettext_lazy("yes")), ("no", gettext_lazy("no: of another department or institution"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, people, **options):
        super().__init__(*args, **options)
        self.fields["member"].queryset = people
        self.fields["member"].label_from_instance = lambda person: f"{person.name} – {person.entity or _('no entity')}"


class DrawUpForm(forms.Form):
    """Nothing to fill in: the reports say everything."""


class PersonForm(ReasonForm):
    """One of these people, and why."""

    who = ""  # the field's name
    label = ""

    def __init__(self, *args, people, **options):
        super().__init__(*args, **options)
        self.fields[self.who] = forms.ModelChoiceField(
            people, label=self.label, empty_label=gettext_lazy("Choose a person")
        )
        self.order_fields([self.who])


class HandOnForm(PersonForm):
    who, label = "rapporteur", gettext_lazy("The new rapporteur")


class PassOverForm(PersonForm):
    who, label = "evaluator", gettext_lazy("Go on without")
    opinion = CleanTextField(
        label=gettext_lazy("Minority opinion"), required=False, max_length=LONGEST, rows=6,
        help_text=gettext_lazy("What this evaluator holds against the report. It stays with the report."),
    )  # fmt: skip


class BarForm(PersonForm):
    who, label = "person", gettext_lazy("Who is in conflict")


class TieForm(ReasonForm):
    """A place for each of those who are equal, and the committee's reason."""

    def __init__(self, *args, applications, **options):
        super().__init__(*args, **options)
        self.applications = list(applications)
        places = [(place, str(place)) for place in range(1, len(self.applications) + 1)]
        for one in self.applications:
            self.fields[str(one.pk)] = forms.TypedChoiceField(
                label=f"{one.reference} {one.title} ({one.applicant})", choices=[("", _("Choose a place")), *places],
                coerce=int,
            )  # fmt: skip
        self.fields["reason"] = self.fields.pop("reason")  # last, as it is given
        self.fields["reason"].label = _("The committee's reason")

    @property
    def order(self):
        """The ids in the order that was chosen; two in one place leave one out, which the act refuses."""
        chosen = {self.cleaned_data[str(one.pk)]: str(one.pk) for one in self.applications}
        return [chosen[place] for place in sorted(chosen)]


class AgainForm(ReasonForm):
    """Which applications are judged anew, for what cause and why."""

    applications = forms.ModelMultipleChoiceField(
        None, label=gettext_lazy("Applications"), widget=forms.CheckboxSelectMultiple
    )
    cause = forms.ChoiceField(label=gettext_lazy("Cause"))
    field_order = ["applications", "cause", "reason"]

    def __init__(self, *args, applications, causes, **options):
        super().__init__(*args, **options)
        self.fields["applications"].queryset = applications
        self.fields["applications"].label_from_instance = lambda one: f"{one.reference} {one.acronym}: {one.title}"
        self.fields["cause"].choices = causes
