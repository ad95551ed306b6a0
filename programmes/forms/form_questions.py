"""The questions of a call's form as the officer types them: one block each, a few empty ones at the end."""

import json
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField, CleanTextField, WholeField
from programmes.form_questions import (
    LONGEST_ANSWER,
    LONGEST_BOUND,
    LONGEST_HELP,
    LONGEST_QUESTION,
    LONGEST_UNIT,
    MOST,
    OWN,
    Kind,
    choices_of,
)

TIE = re.compile(r'\[([1-9][0-9]?), "(?:[^"\\\x00-\x1f]|\\u(?!d)[0-9a-f]{4}|\\["\\])*"\]')  # as `tie_of` writes it
SMALL = {"data-size": "s"}


def bound(label):
    attrs = SMALL | {"inputmode": "decimal"}
    return CleanCharField(label=label, required=False, max_length=LONGEST_BOUND, widget=forms.TextInput(attrs=attrs))


class FormQuestionsForm(forms.Form):
    """The page as a whole: what the act refuses of it."""


class FormQuestionForm(forms.Form):
    """A block; what its kind has no use for is left out of the question."""

    place = WholeField(
        label=_("Place"), min_value=1, max_value=MOST, widget=forms.NumberInput(attrs=SMALL), required=False,
        help_text=_("Its place among the questions; left empty, it comes last."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=[("", _("Choose one")), *Kind.choices])
    question = CleanCharField(label=_("Question"), max_length=LONGEST_QUESTION)
    help = CleanTextField(label=_("Help text"), max_length=LONGEST_HELP, required=False, rows=2)
    required = forms.BooleanField(label=_("An answer is required to submit"), required=False)
    longest = WholeField(
        label=_("Most characters"), min_value=1, max_value=LONGEST_ANSWER, required=False,
        widget=forms.NumberInput(attrs=SMALL), help_text=_("Of a text."),
    )  # fmt: skip
    unit = CleanCharField(
        label=_("Unit"), max_length=LONGEST_UNIT, required=False, widget=forms.TextInput(attrs=SMALL),
        help_text=_("Of a number, e.g. officers."),
    )  # fmt: skip
    lowest = bound(_("Lowest number"))
    highest = bound(_("Highest number"))
    decimals = forms.TypedChoiceField(
        label=_("Decimals"), choices=[(0, "0"), (1, "1"), (2, "2")], coerce=int, empty_value=0, initial=0,
        required=False,
    )  # fmt: skip
    options = CleanTextField(
        label=_("Answers to choose from"), required=False, rows=4, help_text=_("One a line; of a choice.")
    )
    only_if = forms.ChoiceField(
        label=_("Asked only if"), required=False, help_text=_("An earlier question that has answers to choose from.")
    )

    def __init__(self, *args, standing=(), **options):
        super().__init__(*args, **options)
        self.fields["only_if"].choices = [("", _("always"))] + [
            (tie_of(number, answer), f"{number}. {one['question']} – {words}")
            for number, one in enumerate(standing, 1)
            for answer, words in choices_of(one)
        ]
        self.keep_tie()

    def keep_tie(self):
        """On an answer that is offered no more it stays, for the act to refuse in words."""
        tie, choices = self.data.get(self.add_prefix("only_if"), ""), self.fields["only_if"].choices
        found = TIE.fullmatch(tie)
        if found and tie not in dict(choices):
            self.fields["only_if"].choices = [*choices, (tie, f"{found[1]}. – {json.loads(tie)[1]}")]

    @property
    def headline(self):
        """What stands over the block while it is folded: the question, and what is asked of its answer."""
        kind = dict(self.fields["kind"].choices).get(self["kind"].value() or "-", "")
        tie = dict(self.fields["only_if"].choices).get(self["only_if"].value() or "-", "")
        told = [kind, _("required") if self["required"].value() else "", tie and _("only if %(tie)s") % {"tie": tie}]
        return self["question"].value() or "", " · ".join(str(one) for one in told if one)

    @property
    def is_unfolded(self):
        return self.is_next or (self.is_bound and (bool(self.errors) or self.has_changed()))

    def said(self):
        """The question as data; its condition still by the number it had on the page."""
        given = self.cleaned_data
        tie = json.loads(given["only_if"]) if given["only_if"] else None
        own = {name: given[name] for name in OWN[given["kind"]] if given[name] is not None}
        if "options" in own:
            own["options"] = lines_of(own["options"])
        every = {name: given[name] for name in ("kind", "question", "help", "required")}
        return {**every, **own, "only_if": tie and {"question": tie[0], "is": tie[1]}}


class BaseFormQuestionFormSet(forms.BaseFormSet):
    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Take this question out")
        form.is_next = index == self.initial_form_count()  # the first of the empty ones

    def clean(self):
        """How many there are in the draft now, the stamp tells: what was typed on an older page is not lost."""
        if self.initial_form_count() > self.total_form_count():
            raise ValidationError(_("The questions of this page are not whole. Load the page again."))

    def kept(self):
        """[(its number on this page, form)] of what there was and the new blocks filled in, none to be taken out."""
        there = list(enumerate(self.forms, 1))
        known, new = there[: self.initial_form_count()], there[self.initial_form_count() :]
        kept = known + [(number, form) for number, form in new if form.has_changed()]
        return [(number, form) for number, form in kept if not self._should_delete_form(form)]

    def problems(self):
        """Every sentence with the address of its field, for the summary on top of the page."""
        found = [(sentence, None) for sentence in self.non_form_errors()]
        for number, form in enumerate(self.forms, start=1):
            found += [
                (_("Question %(number)s, %(field)s: %(sentence)s")
                 % {"number": number, "field": bound.label, "sentence": sentence}, f"#{bound.id_for_label}")
                for bound in form for sentence in bound.errors
            ]  # fmt: skip
        return found


FormQuestionFormSet = forms.formset_factory(
    FormQuestionForm, formset=BaseFormQuestionFormSet, extra=2, can_delete=True, max_num=MOST
)


def tie_of(number, answer):
    return json.dumps([number, answer])


def standing_on(posted):
    """The questions as the page has them, whose numbers its conditions name."""
    places = range(MOST)
    blocks = [
        {name: posted.get(f"questions-{n}-{name}", "") for name in ("kind", "question", "options")} for n in places
    ]
    return [one | {"options": lines_of(one["options"]) if one["kind"] == Kind.CHOICE else []} for one in blocks]


def lines_of(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


def start_of(questions):
    """What the page shows of the questions that there are."""
    return [
        {
            **one, "place": number, "options": "\n".join(one.get("options", [])),
            "only_if": tie_of(one["only_if"]["question"], one["only_if"]["is"]) if one["only_if"] else "",
        }
        for number, one in enumerate(questions, 1)
    ]  # fmt: skip


def form_questions_of(formset):
    """What the act takes: the questions in the order of their places, and what depends on one follows it there."""
    kept = sorted(formset.kept(), key=lambda one: (one[1].cleaned_data["place"] or MOST + 1, one[0]))
    now = {number: place for place, (number, _form) in enumerate(kept, 1)}
    return [moved(form.said(), now) for _number, form in kept]


def moved(question, now):
    """A condition on what was taken out names no question, and is refused by the act."""
    if not question["only_if"]:
        return question
    return {**question, "only_if": {**question["only_if"], "question": now.get(question["only_if"]["question"], 0)}}
