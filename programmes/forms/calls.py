"""A call as the officer types it. A draft may hold anything that can be read; publishing asks for the rest."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.member_states import MEMBER_STATES
from core.fields import BrusselsDateTimeField, CleanCharField, CleanTextField, DecimalField, MoneyField
from programmes.attachments import Document
from programmes.form_parts import DOCUMENTS, form_of, names_in, offered, page_limits, with_page_limits
from programmes.form_questions import questions_in, with_questions
from programmes.forms.fields import (
    PAGES,
    codes_in,
    contact,
    day,
    pages_at_most,
    passages,
    percentage,
    questions_close,
    reference,
    states_of,
    whole,
)
from programmes.models import Fund, Passage
from programmes.shown.words import label_of


class PrepareForm(forms.Form):
    """The first step: the fund decides what a call of it starts from."""

    fund = forms.ModelChoiceField(label=_("Programme"), queryset=Fund.objects.order_by("-code"), to_field_name="code")
    reference = reference()
    title = CleanCharField(label=_("Title"), max_length=250)


class CallForm(forms.Form):
    LISTS = ("objectives", "actions")
    GROUPS = (
        (_("What the call is about"), ("reference", "title", "topic", "contact", "objectives", "actions")),
        (_("Times"), ("opens_at", "closes_at", "questions_close_at", "inform_by")),
        (_("What applicants fill in"), ("parts",)),
        (_("Who may apply"), ("eligible_states", "min_partners", "min_states", "required_attachments")),
        (_("Pages at most"), tuple(PAGES)),
        (_("Money"), ("budget", "min_contribution", "max_contribution", "max_rate", "indirect_rate", "max_months")),
        (
            _("Evaluation"),
            (
                "evaluators_wanted",
                "same_state_conflicts",
                "overall_threshold",
                "tie_break",
                "topic_order",
                "has_reserve",
                "reserve_until",
            ),
        ),
        (_("Letters"), ("read_after_days", "redress_days")),
    )  # fmt: skip

    reference = reference()
    title = CleanCharField(label=_("Title"), max_length=250)
    topic = CleanTextField(label=_("Topic"), max_length=20_000, required=False, rows=10)
    contact = contact()
    objectives = passages(_("Specific objectives"))
    actions = passages(_("Action types"))
    opens_at = BrusselsDateTimeField(label=_("Opens"), required=False)
    closes_at = BrusselsDateTimeField(label=_("Closes"), required=False)
    questions_close_at = questions_close()
    inform_by = day("inform_by", help_text=_("Planned; the law allows six months from the closing date."))
    eligible_states = forms.MultipleChoiceField(
        label=_("Eligible Member States"), required=False, widget=forms.CheckboxSelectMultiple
    )
    min_partners = whole("min_partners", highest=100)
    min_states = whole("min_states", highest=27)
    required_attachments = forms.MultipleChoiceField(
        label=_("Required attachments"), required=False, choices=Document.choices,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    parts = forms.MultipleChoiceField(
        label=label_of("parts"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("What is not ticked is neither asked nor shown. Publishing freezes the form."),
    )  # fmt: skip
    budget = MoneyField(label=_("Budget (EUR)"), required=False)
    min_contribution = MoneyField(label=label_of("min_contribution"), required=False)
    max_contribution = MoneyField(label=label_of("max_contribution"), required=False)
    max_rate = percentage("max_rate", highest=100)
    indirect_rate = percentage("indirect_rate", highest=25)
    max_months = whole("max_months", highest=120)
    evaluators_wanted = whole("evaluators_wanted", highest=9)
    same_state_conflicts = forms.BooleanField(label=label_of("same_state_conflicts"), required=False)
    overall_threshold = DecimalField(label=label_of("overall_threshold"), min_value=0, max_digits=6)
    tie_break = CleanCharField(
        label=_("Tie-break order"), required=False, max_length=200,
        help_text=_(
            "What decides between equal totals, the first decides first, separated by commas: codes of criteria, TIME "
            "(earlier submission), AMOUNT (smaller request), TOPIC (action type by priority) and, at the end, "
            "COMMITTEE. Example: REL, QUA, TIME, COMMITTEE."
        ),
    )  # fmt: skip
    topic_order = CleanCharField(
        label=label_of("topic_order"), required=False, max_length=200,
        help_text=_("Only with TOPIC: the codes of the action types, the most wanted first, separated by commas."),
    )  # fmt: skip
    has_reserve = forms.BooleanField(label=_("There is a reserve list"), required=False)
    reserve_until = day("reserve_until")
    read_after_days = whole("read_after_days", highest=90, lowest=0)
    redress_days = whole("redress_days", highest=365)

    def __init__(self, *args, fund, form=(), **kwargs):
        """`form`: the call's own, whose questions are written on another page."""
        super().__init__(*args, **kwargs)
        self.own_questions = questions_in(form)
        self.fields["eligible_states"].choices = [(code, MEMBER_STATES[code]) for code in states_of(fund)]
        for name, kind in PAGES.items():
            self.fields[name] = pages_at_most(kind, page_limits(form).get(kind))
        self.fields["parts"].choices = [(one.name, one.label) for one in offered()]
        self.fields["objectives"].queryset = fund.passages.filter(kind=Passage.Kind.SPECIFIC_OBJECTIVE)
        self.fields["actions"].queryset = fund.passages.filter(kind=Passage.Kind.ACTION_TYPE)

    def clean_tie_break(self):
        return codes_in(self.cleaned_data["tie_break"], upper=True)

    def clean_topic_order(self):
        return codes_in(self.cleaned_data["topic_order"])

    def clean_parts(self):
        return with_questions(form_of(self.cleaned_data["parts"]), self.own_questions)

    def clean(self):
        """The page limits are kept with the part of the form that asks for documents."""
        limits = {kind: self.cleaned_data.pop(name, None) for name, kind in PAGES.items()}
        if any(limits.values()) and DOCUMENTS not in names_in(self.cleaned_data.get("parts", [])):
            self.add_error("parts", _("Pages are limited, so the form must ask for attachments."))
        if "parts" in self.cleaned_data:
            set_ones = {kind: most for kind, most in limits.items() if most}
            self.cleaned_data["parts"] = with_page_limits(self.cleaned_data["parts"], set_ones)

    @property
    def groups(self):
        """The fields in groups, each with its heading."""
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS]

    @property
    def values(self):
        """Fields of the call itself."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.LISTS}

    @classmethod
    def start_of(cls, call):
        """What the form shows of a call."""
        start = {name: getattr(call, name) for name in cls.base_fields if name not in cls.LISTS}
        lists = {name: [passage.pk for passage in getattr(call, name).all()] for name in cls.LISTS}
        return {
            **start,
            **lists,
            "tie_break": ", ".join(call.tie_break),
            "topic_order": ", ".join(call.topic_order),
            "parts": names_in(call.parts),
        }


class CorrigendumForm(forms.Form):
    """What may still change after publication, and why it changes."""

    title = CleanCharField(label=_("Title"), max_length=250)
    topic = CleanTextField(label=_("Topic"), max_length=20_000, rows=8)
    budget = MoneyField(label=_("Budget (EUR)"))
    closes_at = BrusselsDateTimeField(label=_("Closes"))
    questions_close_at = questions_close()
    inform_by = day("inform_by")
    contact = contact()
    evaluators_wanted = whole("evaluators_wanted", highest=9)
    reserve_until = day("reserve_until")
    read_after_days = whole("read_after_days", highest=90, lowest=0)
    reason = CleanTextField(
        label=_("Reason for the change"), max_length=2000, rows=4,
        help_text=_("Everybody reads it beside the change."),
    )  # fmt: skip

    def changes_to(self, call):
        """Only what differs from what is published; the act refuses what is frozen."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        return {name: value for name, value in given.items() if value != to_the_second(getattr(call, name))}

    @classmethod
    def start_of(cls, call):
        return {name: getattr(call, name) for name in cls.base_fields if name != "reason"}


def to_the_second(value):
    """As the form shows a moment: what it cannot show, nobody can have changed."""
    return value.replace(microsecond=0) if isinstance(value, datetime) else value
