"""A form for each part of an application. Everything may stay empty: what is missing is said on the task list.

A form starts from the content (see `parts/`) and `said()` gives the part back in the same shape.
"""

from django import forms


class PartForm(forms.Form):
    """A part of an application; `content` is the whole as saved, `call` what it answers."""

    hide_optional = True
    part = ""

    def __init__(self, data=None, *, content, call):
        self.content, self.call = content, call
        super().__init__(data, initial=self.initial_of(content[self.part]))
        self.grow()

    def initial_of(self, said):
        return said if isinstance(said, dict) else {}

    def grow(self):
        """Fields that depend on the call or on the content."""

    def said(self):
        return self.cleaned_data
