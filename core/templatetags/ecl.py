"""What templates need to write ECL markup: figures, moments, icons, the token of a form."""

from datetime import timedelta
from functools import cache
from uuid import uuid4

from django import template
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.middleware.csrf import get_token
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html

from core import formats
from core.cells import Cell
from core.forms import problems_of
from core.lists.drawn import rows_of

register = template.Library()
ECL = "vendor/ecl/styles/ecl-ec.css"

for written in (
    formats.euro,
    formats.points,
    formats.percent,
    formats.thousands,
    formats.brussels,
    formats.brussels_day,
    formats.brussels_clock,
    formats.milliseconds,
    formats.remaining,
):
    register.filter(written.__name__, written)


@register.filter
def urgency(moment):
    """How a deadline is coloured: past, soon (two days) or later."""
    if moment <= timezone.now():
        return "past"
    return "soon" if moment - timezone.now() < timedelta(days=2) else "later"


@register.filter
def iso(moment):
    """For scripts and <time>: a moment a machine can read."""
    return moment.isoformat() if moment else ""


@register.filter
def get(mapping, key):
    """`mapping|get:"data-size"`: a key a template cannot spell with a dot."""
    return mapping.get(key, "")


@register.filter
def as_links(items):
    """Sentences, some with an address: always pairs of (sentence, address or None)."""
    return [tuple(item) if isinstance(item, list | tuple) else (item, None) for item in items]


@register.filter
def as_cell(value):
    """A plain value is a cell without an address and a tone."""
    return value if isinstance(value, Cell) else Cell(value)


@register.filter
def problems(form):
    return problems_of(form)


@register.simple_tag
def icon(name):
    """A picture beside words: it never speaks for itself, so readers aloud skip it."""
    return format_html('<span class="gp-icon gp-icon--{}" aria-hidden="true"></span>', name)


@register.simple_tag(takes_context=True)
def csrf_field(context):
    """`csrf_token` is lost in an include with `only`; the request is not."""
    request = getattr(context, "request", None)
    if request is None:
        return ""
    token = get_token(request)
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)


@register.simple_tag(takes_context=True)
def sending_key(context):
    """A key of this very form: sent twice by an impatient finger, it makes one row. Kept when the form comes back."""
    request = getattr(context, "request", None)
    key = request.POST.get("key") if request else None
    return format_html('<input type="hidden" name="key" value="{}">', key or uuid4())


@register.simple_tag
@cache
def has_ecl():
    """Was the component library fetched? Without it the plain style sheet takes over."""
    collected = getattr(staticfiles_storage, "hashed_files", None)
    return ECL in collected if collected else finders.find(ECL) is not None


@register.filter
def own_page(step, row):
    """The address of a step's own page, or of its preview; a step that makes a new row has one without a row."""
    if step.preview:
        return reverse(step.preview, args=[row.pk, step.name])
    try:
        return reverse(step.page, args=[row.pk])
    except NoReverseMatch:
        return reverse(step.page)


@register.simple_tag
def list_rows(rows):
    return rows_of(rows)
