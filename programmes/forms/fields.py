"""The fields that the forms of a call are made of."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.member_states import MEMBER_STATES
from core.fields import BrusselsDateTimeField, CleanCharField, DayField, DecimalField, WholeField
from programmes.attachments import Document
from programmes.form_parts import MOST_PAGES
from programmes.models import Criterion, Passage
from programmes.shown.words import label_of

NUMBER = {"widget": forms.NumberInput(attrs={"data-size": "s", "inputmode": "numeric"})}
DAY = forms.DateInput(attrs={"type": "date", "data-size": "s"}, format="%Y-%m-%d")
PAGES = {f"pages_{kind}": kind for kind in Document.values}  # a field for each kind of document
LONGEST_CODE = Criterion._meta.get_field("code").max_length


def whole(name, *, highest, lowest=1, **options):
    return WholeField(label=label_of(name), min_value=lowest, max_value=highest, **NUMBER, **options)


def percentage(name, *, highest):
    return DecimalField(label=label_of(name), min_value=0, max_value=highest, max_digits=5)


def day(name, **options):
    return DayField(label=label_of(name), required=False, widget=DAY, **options)


def reference():
    return CleanCharField(
        label=_("Reference"), max_length=60, help_text=_("As it will be published, e.g. ISF-2026-TF2-AG-CYBER.")
    )


def contact():
    return CleanCharField(
        label=label_of("contact"), max_length=200, required=False,
        help_text=_("A functional mailbox or a telephone number that everybody reads; nobody's own."),
    )  # fmt: skip


def questions_close():
    return BrusselsDateTimeField(
        label=label_of("questions_close_at"), required=False,
        help_text=_("Brussels time, to the second. Left empty: until the call closes."),
    )  # fmt: skip


class PassageChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, passage):
        return str(passage)


def passages(label):
    return PassageChoice(
        label=label, queryset=Passage.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )


def states_of(fund):
    """Who takes part in the fund; where its law names nobody, every Member State of today."""
    named = list(fund.allocations.values_list("member_state", flat=True))
    return named or [code for code in MEMBER_STATES if code != "UK"]


def codes_in(typed, *, upper=False):
    """Codes as they are typed, with commas between them."""
    codes = [code.strip() for code in typed.split(",") if code.strip()]
    if any(len(code) > LONGEST_CODE for code in codes):
        raise ValidationError(_("Give codes, separated by commas, e.g. REL, QUA, TIME, COMMITTEE."))
    return [code.upper() for code in codes] if upper else codes


def pages_at_most(kind, most):
    return WholeField(
        label=Document(kind).label, required=False, min_value=1, max_value=MOST_PAGES, initial=most,
        help_text=_("Empty: as many as they like. All files of the kind are counted together; they must be PDFs then."),
        widget=forms.NumberInput(attrs={"data-size": "s"}),
    )  # fmt: skip
