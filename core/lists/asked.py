"""What the address of a list asks for, and what of it this list cannot do.

A page leaves out what it cannot do and says so. The API refuses it by name, a file what is out of date: they have no
room for a notice, and whoever takes more rows than were asked for would never know.
"""

from django import forms
from django.utils.translation import gettext as _

from core.errors import Unknown

OF_EVERY_LIST = {"sort", "page", "format"}


class Asked:
    """`params` is what is asked for and can be done. What cannot: {name: sentence} in `strange`, names that this list
    does not know, and in `wrong`, values that it does not know or does not know any more."""

    def __init__(self, params, *, filters, sorts, beside=()):
        self.filters = filters
        self.params = {key: value for key, value in params.items() if value != ""}
        self.strange = self.unknown({*OF_EVERY_LIST, *beside})
        self.form = self.make_form()
        self.wrong = {**self.unsorted(sorts), **self.unfit()}
        if self.left_out:
            self.params = {key: value for key, value in self.params.items() if key not in self.left_out}
            self.form = self.make_form()

    def make_form(self):
        form = forms.Form(self.params)
        form.fields.update({one.name: one.field() for one in self.filters})  # declared ones would be copied, deeply
        form.is_valid()
        return form

    def unknown(self, others):
        known = others | {one.name for one in self.filters}
        sentence = _("“%(name)s” is no filter of this list.")
        return {name: sentence % {"name": name[:40]} for name in self.params if name not in known}

    @property
    def left_out(self):
        return {**self.strange, **self.wrong}

    def unfit(self):
        return {name: f"{name}: {' '.join(why)}" for name, why in self.form.errors.items()}

    def unsorted(self, sorts):
        sort = self.params.get("sort", "")
        if not sort or sort.removeprefix("-") in sorts:
            return {}
        words = {"name": sort[:40], "sorts": ", ".join(sorts)}
        return {"sort": _("This list has no order by “%(name)s”; there are: %(sorts)s.") % words}

    def values(self):
        """(filter, value) of each filter in force."""
        found = [(one, self.form.cleaned_data.get(one.name)) for one in self.filters]
        return [(one, value) for one, value in found if value not in ("", None)]

    def forget(self, name, sentence):
        """What turned out to be out of date only when the rows were asked."""
        self.params.pop(name, None)
        self.wrong[name] = sentence

    def require_known(self):
        if self.left_out:
            raise Unknown(self.left_out, " ".join(map(str, self.left_out.values())))

    def require_fresh(self):
        if self.wrong:
            raise Unknown(self.wrong, " ".join(map(str, self.wrong.values())))
