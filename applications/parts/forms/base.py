"""A form for each part of an application. Everything may stay empty, and what is not valid yet stays as it was typed.

A form is drawn from what stands (see `parts/`). What comes back are changes of single answers: `heard` gives them as
they can be compared with what stands, and after `take` the form says the part in the shape in which it is written.
"""

import json

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from applications.parts.forms.shapes import endless, shapeless, texts
from core.changes import REMOVE, AsTyped, Change, Seen, in_short, split
from core.errors import Incomplete

UNKEEPABLE = {"\x00", *map(chr, range(0xD800, 0xE000))}  # no database holds them


class PartForm(forms.Form):
    """A part of an application. `content` is what stands, `call` what it answers, `typed` what is no valid answer yet,
    {part: {name: text}}; `rows`: ids of rows that changes name, where none are to be offered for new ones."""

    hide_optional = True
    part = ""

    def __init__(self, *, content, call, typed=None, rows=None):
        self.content, self.call, self.all_typed, self.named_rows = content, call, typed or {}, rows
        super().__init__(initial=self.initial_of(content[self.part]))
        self.grow()
        self._errors, self.cleaned_data = ErrorDict(renderer=self.renderer), {}
        self.answers = self.valid_answers()

    def initial_of(self, said):
        return said if isinstance(said, dict) else {}

    def grow(self):
        """Fields that depend on the call or on the content."""

    def said(self):
        return self.cleaned_data

    # what stands

    standing_rows = frozenset()

    def name_of(self, row):
        """What a row is called, where the labels of its fields do not say so."""
        return ""

    @property
    def typed(self):
        return {name: text for name, text in self.all_typed.get(self.part, {}).items() if name in self.fields}

    def valid_answers(self):
        """{name: valid answer}, each in its one form."""
        return {
            name: self.plain(name, self.get_initial_for_field(field, name))
            for name, field in self.fields.items()
            if split(name)[1] != REMOVE
        }

    @property
    def standing(self):
        """{name: what stands}, as it was typed where it is no valid answer yet."""
        return self.answers | {name: self.hear(name, text) for name, text in self.typed.items()}

    def plain(self, name, value):
        """A cleaned value in the form in which it is compared and travels."""
        if isinstance(value, list | tuple):
            return frozenset(map(str, value))
        return "" if value is None else str(value)

    # what is drawn

    only_names = None

    def only(self, names):
        """For somebody who writes these answers alone: nothing else is on the page, not even unseen."""
        self.fields = {name: field for name, field in self.fields.items() if name in names}
        self.answers = {name: value for name, value in self.answers.items() if name in names}
        self.only_names = names
        return self

    redrawn = ""  # with what a page that comes again was drawn the first time

    @property
    def drawn(self):
        """What the page was drawn with, for it to send back as the base of what is changed on it."""
        names = [name for name in self.standing if self.only_names is None or name in self.only_names]
        return self.redrawn or json.dumps({name: self.drawn_at(name) for name in names})

    def drawn_at(self, name):
        return in_short(self.shown_as(name, self.standing.get(name, "")))

    def shown_as(self, name, value):
        """What stands, as the page shows it: a program may compare the two letter by letter."""
        return raw(value)

    def show_typed(self):
        """What is no valid answer yet, as it was typed, with the sentence that says why."""
        for name, text in self.typed.items():
            self.show(name, text)
            if sentences := self.problems(name, text):
                self.add_error(name, sentences)
        return self

    @property
    def is_kept_as_typed(self):
        """Nothing was refused: what is wrong here is kept, and waits to be put right."""
        return not hasattr(self, "refused_status")

    def show(self, name, text):
        self.initial[name] = text
        if isinstance(self.fields[name].widget, forms.DateInput):
            self.fields[name].widget.input_type = "text"  # a calendar shows days only

    def problems(self, name, text):
        try:
            self.fields[name].clean(text)
        except ValidationError as error:
            return error.messages
        return []

    # what is heard

    def heard(self, sent):
        """A change as it travels, {"name", "base", "sent", "value"}, so that it can be merged."""
        name, value = sent["name"], sent.get("value", "")
        row, own = split(name)
        if own == REMOVE:
            seen = sent.get("base") if isinstance(sent.get("base"), dict) else {}
            base = {field: self.hear_base(f"{row}-{field}", said) for field, said in seen.items()}
            return Change(name, (base,), "on" if value else "")
        bases = [sent.get("base", ""), *sent.get("sent", ())]
        return Change(name, tuple(self.hear_base(name, base) for base in bases), self.hear_new(name, value))

    def hear(self, name, text):
        """A valid answer in its one form, or the text as it was typed."""
        try:
            return self.plain(name, self.fields[name].clean(text))
        except ValidationError:
            return AsTyped(", ".join(text) if isinstance(text, list) else str(text))

    def hear_base(self, name, base):
        if isinstance(base, dict):
            return Seen(str(base.get("sha256")))
        base = texts(base)
        return self.hear(name, base) if name in self.fields else base

    def hear_new(self, name, value):
        if sentence := shapeless(self.fields[name], value):
            raise Incomplete({f"{self.part}.{name}": sentence})
        value = texts(value)
        heard = self.hear(name, value)
        if isinstance(heard, AsTyped) and (sentence := endless(self.fields[name], heard.text)):
            raise Incomplete({f"{self.part}.{name}": sentence})
        is_picked = getattr(self.fields[name], "is_picked", isinstance(self.fields[name], forms.ChoiceField))
        if isinstance(heard, AsTyped) and (is_picked or UNKEEPABLE & set(heard.text)):
            raise Incomplete({f"{self.part}.{name}": " ".join(self.problems(name, value))})
        return heard

    # what is to be

    def take(self, values):
        """Clean what stands after a merge; an answer that is not valid yet leaves the last valid one in its place."""
        for name, field in self.fields.items():
            value, before = values.get(name, ""), self.answers.get(name, "")
            value = before if isinstance(value, AsTyped) else value
            is_as_before = value == before and value
            initial = self.get_initial_for_field(field, name)
            self.cleaned_data[name] = initial if is_as_before else field.clean(raw(value))
        return self

    def refuse_unknown(self, names):
        if unknown := sorted(name for name in names if name not in self.fields):
            sentence = _("The application has no such answer; load the page again.")
            raise Incomplete({f"{self.part}.{name}": sentence for name in unknown})


def raw(value):
    """As it travels: text, or a list of codes."""
    if isinstance(value, AsTyped):
        return value.text
    return sorted(value) if isinstance(value, frozenset) else value
