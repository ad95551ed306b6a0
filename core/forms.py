"""How every form is drawn: `{{ form }}` gives ECL markup, errors on top and at the field."""

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.renderers import TemplatesSetting


class EclRenderer(TemplatesSetting):
    form_template_name = "django/forms/ecl_form.html"
    field_template_name = "django/forms/ecl_field.html"


def show_difference(form, refusal):
    """Why it was not done at all, and what is different since: nothing to put right in a field, so all of it on top."""
    form.is_refused = True
    for sentence in [str(refusal.sentence), *refusal.gaps.values()]:
        form.add_error(NON_FIELD_ERRORS, sentence)


def show_gaps(form, gaps):
    """Put what an act found missing on the form; what is no field of it goes on top."""
    for name, sentence in gaps.items():
        form.add_error(name if name in form.fields else NON_FIELD_ERRORS, sentence)


def problems_of(form):
    """What is wrong with a form, each sentence with the address of its field on the page."""
    on_top = [(sentence, None) for sentence in form.non_field_errors()]
    at_fields = [
        (f"{plain(bound.label)}: {sentence}", address_of(bound)) for bound in form for sentence in bound.errors
    ]
    return on_top + at_fields


def plain(label):
    """A label that ends a sentence (a declaration to tick) does so no longer before a colon."""
    return str(label).rstrip(".:?")


def address_of(bound):
    """A group of choices has no id to jump to; its first choice has."""
    if bound.is_hidden:
        return None
    return f"#{bound.id_for_label or bound.auto_id + '_0'}"
